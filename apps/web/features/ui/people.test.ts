import { expect, it } from 'vitest'
import {
  calledPerson,
  hasAllItWants,
  lookOf,
  markInWords,
  numberOfMark,
  percentOfPerson,
  personName,
  wantsPart,
} from './people'

it('gives forty people forty looks', () => {
  const looks = Array.from({ length: 40 }, (_, index) => JSON.stringify(lookOf(index + 1)))
  expect(new Set(looks).size).toBe(40)
})

it('gives a person the same look every time', () => expect(lookOf(3)).toEqual(lookOf(3)))

it('starts over after forty', () => expect(lookOf(41)).toEqual(lookOf(1)))

it('calls people as their devices do, or by number', () => {
  expect(calledPerson({ number: 3, name: 'Ana’s phone' })).toBe('Ana’s phone')
  expect(calledPerson({ number: 3 })).toBe('Person 3')
})

it('names people by number', () => expect(personName(3)).toBe('Person 3'))

it('knows how far somebody is with what they chose, however little of the whole that is', () => {
  const part = { complete: false, chunksHeld: 3, chunksChosen: 4 }
  expect([percentOfPerson(part), hasAllItWants(part), wantsPart(part, 80)]).toEqual([75, false, true])
  const done = { ...part, chunksHeld: 4 }
  expect([percentOfPerson(done), hasAllItWants(done)]).toEqual([100, true])
  const fresh = { complete: false, chunksHeld: 0, chunksChosen: 0 }
  expect([percentOfPerson(fresh), hasAllItWants(fresh), wantsPart(fresh, 80)]).toEqual([0, false, false])
  const all = { complete: true, chunksHeld: 80, chunksChosen: 80 }
  expect([percentOfPerson(all), hasAllItWants(all), wantsPart(all, 80)]).toEqual([100, true, false])
})

it('the first 35 marks of a class all look different, and each has words that are right on light and dark pages', () => {
  const marks = Array.from({ length: 35 }, (_, index) => index + 1)
  expect(new Set(marks.map((mark) => JSON.stringify(lookOf(numberOfMark(mark))))).size).toBe(35)
  expect(new Set(marks.map(markInWords)).size).toBe(35)
  expect(marks.map((mark) => lookOf(numberOfMark(mark)).colour)).not.toContain('ink')
  expect([1, 2, 8].map(markInWords)).toEqual(['blue circle', 'orange square', 'blue diamond'])
})

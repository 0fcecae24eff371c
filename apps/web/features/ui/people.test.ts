import { expect, it } from 'vitest'
import { lookOf, personName } from './people'

it('gives forty people forty looks', () => {
  const looks = Array.from({ length: 40 }, (_, index) => JSON.stringify(lookOf(index + 1)))
  expect(new Set(looks).size).toBe(40)
})

it('gives a person the same look every time', () => expect(lookOf(3)).toEqual(lookOf(3)))

it('starts over after forty', () => expect(lookOf(41)).toEqual(lookOf(1)))

it('names people by number', () => expect(personName(3)).toBe('Person 3'))

import { describe, expect, it } from 'vitest'
import { fromThem, servingWords, toThem, whoHasIt } from './people-words'

const idle = {
  amChoking: true,
  peerChoking: true,
  amInterested: false,
  peerInterested: false,
  optimistic: false,
  paused: false,
}
const empty = { complete: false, chunksHeld: 0, chunksChosen: 80 }
const partial = { complete: false, chunksHeld: 7, chunksChosen: 80 }
const seed = { complete: true, chunksHeld: 80, chunksChosen: 80 }

describe('from them', () => {
  it('says when they have nothing for us', () => expect(fromThem(idle)).toBe('has nothing you need'))
  it('says when it is we who want nothing', () => {
    expect(fromThem(idle, 'downloading')).toBe('has nothing you need')
    expect(fromThem(idle, 'paused')).toBe('you have paused')
    expect(fromThem(idle, 'complete')).toBe('you have everything')
  })
  it('says when they choke us', () => expect(fromThem({ ...idle, amInterested: true })).toBe('chokes you'))
  it('says when we download', () =>
    expect(fromThem({ ...idle, amInterested: true, peerChoking: false })).toBe('downloading from'))
})

describe('to them', () => {
  const wanting = { ...idle, ...partial, peerInterested: true, uploadRate: 5 }
  it('says when they want nothing', () => {
    expect(toThem({ ...idle, ...partial })).toBe('needs nothing from you')
    expect(toThem({ ...idle, ...seed })).toBe('has everything')
  })
  it('says when we choke them', () => expect(toThem(wanting)).toBe('choked by you'))
  it('says when we upload, and when they have a turn and nothing goes', () => {
    expect(toThem({ ...wanting, amChoking: false })).toBe('uploading to')
    expect(toThem({ ...wanting, amChoking: false, uploadRate: 0 })).toBe('waiting to send')
  })
  it('says when it is the random turn', () =>
    expect(toThem({ ...wanting, amChoking: false, optimistic: true })).toBe('uploading to, optimistic'))
})

it('names a pause on every page', () => {
  const paused = { ...idle, ...partial, amInterested: true, peerChoking: false, paused: true }
  expect([fromThem(paused), toThem(paused), servingWords(paused)]).toEqual(['paused', 'paused', 'Paused'])
})

describe('for the sender', () => {
  it('follows a person from opening the link to having everything', () => {
    expect(servingWords({ ...idle, ...empty })).toBe('Has opened the link')
    expect(servingWords({ ...idle, ...empty, peerInterested: true })).toBe('Waiting for a turn')
    expect(servingWords({ ...idle, ...partial, peerInterested: true, amChoking: false })).toBe('Getting it from you')
    expect(servingWords({ ...idle, ...partial })).toBe('Getting it from others')
    expect(servingWords({ ...idle, ...partial, chunksChosen: 7 })).toBe('Has the files they chose')
    expect(servingWords({ ...idle, ...seed })).toBe('Has everything')
  })
})

describe('who has it', () => {
  it('counts the whole and the parts apart', () => {
    expect(whoHasIt([])).toBe('Nobody who has it is online')
    expect(whoHasIt([], 'Somebody is there, but …')).toBe('Cannot connect to the others yet')
    expect(whoHasIt([empty])).toBe('Nobody who has it is online')
    expect(whoHasIt([partial])).toBe('1 person has parts of it')
    expect(whoHasIt([seed, seed, empty])).toBe('2 people have it')
    expect(whoHasIt([seed, partial, partial])).toBe('1 person has it, 2 have parts')
  })
})

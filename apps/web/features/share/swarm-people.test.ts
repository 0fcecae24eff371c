import type { NeighbourSnapshot } from '@swarmdrop/peer'
import { describe, expect, it } from 'vitest'
import { bytesFromOthers, shortWords, sourceWords, withThoseGone } from './swarm-people'

const plain = (text: string) => text.replaceAll('\u00a0', ' ')
const person = (number: number, chunksHeld: number, facts: Partial<NeighbourSnapshot> = {}) =>
  ({
    id: `p${number}`,
    number,
    chunksHeld,
    chunksChosen: 10,
    complete: chunksHeld === 10,
    peerInterested: true,
    paused: false,
    uploadRate: 5,
    uploadedBytes: 0,
    ...facts,
  }) as NeighbourSnapshot

describe('who is in the picture', () => {
  it('keeps those who go with all of it, in their places, and nobody else', () => {
    const before = withThoseGone([], [person(1, 10), person(2, 4), person(3, 10)])
    const after = withThoseGone(before, [person(3, 10), person(4, 0)])
    expect(after.map(({ number, hasGone = false }) => [number, hasGone])).toEqual([
      [1, true],
      [3, false],
      [4, false],
    ])
    expect(after[0]?.uploadRate).toBe(0)
    expect(withThoseGone(after, [person(1, 10)]).map(({ number, hasGone = false }) => [number, hasGone])).toEqual([
      [1, false],
      [3, true],
    ])
  })

  it('keeps no more of them than the picture holds', () => {
    const all = Array.from({ length: 50 }, (_, i) => person(i + 1, 10))
    const gone = withThoseGone(all, [])
    expect([gone.length, gone[0]?.number]).toEqual([30, 21])
  })
})

describe('in words', () => {
  it('says of each what is to be known at a glance', () => {
    const words = [
      person(1, 0, { peerInterested: false }),
      person(1, 0),
      person(1, 4),
      person(1, 4, { paused: true }),
      person(1, 4, { chunksChosen: 4 }),
      person(1, 10),
      { ...person(1, 10), hasGone: true as const },
    ].map((one) => plain(shortWords(one)))
    expect(words).toEqual([
      'has opened it',
      '0 %',
      '40 %',
      'paused at 40 %',
      'has what they chose',
      'has it',
      'has it, and has left',
    ])
  })

  it('says what people got from each other', () => {
    const people = [person(1, 10, { uploadedBytes: 600 }), person(2, 5, { uploadedBytes: 600 })]
    const fromOthers = bytesFromOthers(people, { bytes: 1_000, chunkCount: 10 })
    expect(fromOthers).toBe(400)
    expect(plain(sourceWords(1_200, fromOthers))).toBe('1.2 kB from you, 400 B from each other.')
    expect(plain(sourceWords(1_200, 0))).toBe('1.2 kB from you.')
    expect(sourceWords(0, 400)).toBe('')
    expect(bytesFromOthers(people, { bytes: 0, chunkCount: 0 })).toBe(0)
  })
})

import type { NeighbourSnapshot, TransferSnapshot } from '@swarmdrop/peer'
import { describe, expect, it } from 'vitest'
import { aloneSeconds, bytesLeft, countFetching, paceLine, peoplePaceLine } from './pace-words'

const plain = (text: string) => text.replaceAll('\u00a0', ' ')
const person = (chunksHeld: number, facts: Partial<NeighbourSnapshot> = {}) =>
  ({ chunksHeld, chunksChosen: 10, complete: chunksHeld === 10, peerInterested: true, ...facts }) as NeighbourSnapshot
const swarm = (neighbours: NeighbourSnapshot[], facts: Partial<TransferSnapshot> = {}) =>
  ({
    role: 'sender',
    bytes: 1_000,
    bytesChosen: 1_000,
    chunkCount: 10,
    chunksHeld: 10,
    chunksChosen: 10,
    neighbours,
    distribution: { bounds: { serverUploadBytesPerSecond: 10 } },
    ...facts,
  }) as TransferSnapshot

describe('what is left', () => {
  it('is what all lack who are fetching, oneself too', () => {
    expect(bytesLeft(swarm([person(4), person(9), person(10)]))).toBe(700)
    expect(bytesLeft(swarm([person(4)], { role: 'receiver', chunksHeld: 2 }))).toBe(1_400)
  })

  it('leaves out who has paused, who has only opened the link, and what nobody chose', () => {
    const others = [person(4, { paused: true }), person(0, { peerInterested: false })]
    expect(bytesLeft(swarm(others))).toBe(0)
    expect(countFetching(swarm(others))).toBe(0)
    expect(bytesLeft(swarm([person(3, { chunksChosen: 5 })]))).toBe(200)
    expect(countFetching(swarm([person(3), person(0), person(10)]))).toBe(2)
  })

  it('takes the sender alone as long as its upload needs for each copy', () =>
    expect(aloneSeconds(swarm([person(4), person(9)]))).toBe(70))
})

describe('the line above', () => {
  it('says how long it still takes, and how long alone where that is longer', () => {
    expect(plain(paceLine(38, 104))).toBe('About 40 s to go; alone you would need 1 min 50 s.')
    expect(plain(paceLine(38, 39))).toBe('About 40 s to go.')
    expect(plain(paceLine(38, undefined))).toBe('About 40 s to go.')
    expect(paceLine(undefined, 104)).toBe('')
  })

  it('counts people for the sender', () => {
    expect(plain(peoplePaceLine(3, 38, 104))).toBe('3 people, about 40 s to go; alone you would need 1 min 50 s.')
    expect(plain(peoplePaceLine(1, undefined, undefined))).toBe('1 person downloading.')
  })
})

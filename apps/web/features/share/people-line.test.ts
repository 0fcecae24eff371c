import type { NeighbourSnapshot, TransferSnapshot } from '@swarmdrop/peer'
import { expect, it } from 'vitest'
import { peopleLine } from './people-line'

const person = (chunksHeld: number, facts: Partial<NeighbourSnapshot> = {}) =>
  ({
    chunksHeld,
    chunksChosen: 10,
    complete: chunksHeld === 10,
    peerInterested: chunksHeld < 10,
    ...facts,
  }) as NeighbourSnapshot
const line = (neighbours: NeighbourSnapshot[], secondsLeft?: number) =>
  peopleLine(
    {
      role: 'sender',
      bytes: 1_000,
      chunkCount: 10,
      chunksHeld: 10,
      chunksChosen: 10,
      neighbours,
      distribution: { bounds: { serverUploadBytesPerSecond: 10 } },
    } as TransferSnapshot,
    secondsLeft,
  ).replaceAll('\u00a0', ' ')

it('follows people from opening the link to having it', () => {
  expect(line([])).toBe('')
  expect(line([person(0, { peerInterested: false })])).toBe('1 person has opened the link.')
  expect(line([person(2), person(0)], 40)).toBe('2 people, about 40 s to go; alone you would need 3 min.')
  expect(line([person(10), person(4, { paused: true })])).toBe('1 person has paused.')
  expect(line([person(10), person(10)])).toBe('2 people have it.')
  expect(line([person(10), person(0, { peerInterested: false })])).toBe('1 person has it.')
})

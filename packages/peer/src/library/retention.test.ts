import { describe, expect, it } from 'vitest'
import type { KeptTransfer } from './kept-transfer'
import { expired, makingRoom, mayMakeRoom } from './retention'

const DAY_MS = 86_400_000
const NOW_MS = 100 * DAY_MS

const received = (id: string, daysAgo: number, facts: Partial<Extract<KeptTransfer, { role: 'receiver' }>> = {}) =>
  ({
    id,
    name: id,
    bytes: 1_000,
    openedAtMs: NOW_MS - daysAgo * DAY_MS,
    role: 'receiver',
    place: 'files',
    stage: 'complete',
    heldBytes: 1_000,
    saved: true,
    ...facts,
  }) satisfies KeptTransfer
const shared = (id: string, daysAgo: number): KeptTransfer => ({
  id,
  name: id,
  bytes: 1_000,
  openedAtMs: NOW_MS - daysAgo * DAY_MS,
  role: 'sender',
  lone: true,
  handles: [],
})
const ids = (transfers: KeptTransfer[]) => transfers.map(({ id }) => id)

describe('what goes by itself', () => {
  it('is what nobody has opened for 14 days', () => {
    const transfers = [received('new', 13.9), received('old', 14.1), shared('shared old', 15)]
    expect(ids(expired(transfers, NOW_MS))).toEqual(['old', 'shared old'])
  })

  it('is all but the latest ten that were shared from here', () => {
    const many = Array.from({ length: 12 }, (_, day) => shared(`day ${day}`, day))
    expect(ids(expired(many.toReversed(), NOW_MS))).toEqual(['day 11', 'day 10'])
  })
})

describe('what goes to make room', () => {
  it('is what is saved as well: the one opened longest ago first, and no more than needed', () => {
    const transfers = [received('today', 0), received('week', 7), received('yesterday', 1)]
    expect(ids(makingRoom(transfers, 1))).toEqual(['week'])
    expect(ids(makingRoom(transfers, 1_001))).toEqual(['week', 'yesterday'])
    expect(ids(makingRoom(transfers, 0))).toEqual([])
  })

  it('is never what is here only, nor what takes no space', () => {
    const transfers = [
      received('half', 9, { stage: 'paused', saved: false }),
      received('unsaved', 9, { saved: false }),
      shared('shared', 9),
    ]
    expect(makingRoom(transfers, 1e9)).toEqual([])
  })

  it('is what was handed to the browser only if the person agrees, and only where it is enough', () => {
    const transfers = [
      received('certain', 9),
      received('handed', 3, { saved: false, handedOver: true }),
      received('earlier', 8, { saved: false, handedOver: true }),
      received('half', 9, { saved: false, handedOver: true, stage: 'paused' }),
      received('unsaved', 9, { saved: false }),
    ]
    expect(ids(makingRoom(transfers, 1e9))).toEqual(['certain'])
    expect(ids(mayMakeRoom(transfers, 1_000))).toEqual(['earlier'])
    expect(ids(mayMakeRoom(transfers, 2_000))).toEqual(['earlier', 'handed'])
    expect(ids(mayMakeRoom(transfers, 2_001))).toEqual([])
  })
})

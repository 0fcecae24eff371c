// Records are read with distrust: they may be of another version, or damaged.
import { describe, expect, it } from 'vitest'
import { readTransfer, takenBytes } from './kept-transfer'

const received = {
  id: 'A'.repeat(43),
  name: 'a.bin',
  bytes: 1_000,
  openedAtMs: 5,
  role: 'receiver',
  place: 'database',
  stage: 'fetching',
  heldBytes: 250,
  saved: false,
}
const shared = { ...received, role: 'sender', lone: true, handles: [{ kind: 'file', name: 'a.bin' }] }

describe('a stored record', () => {
  it('is read as it was written', () => expect(readTransfer(received)).toEqual(received))

  it('keeps whatever the runtime gave to find its files again', () =>
    expect(readTransfer(shared)).toMatchObject({ role: 'sender', handles: [{ name: 'a.bin' }] }))

  it.each([
    ['nothing', undefined],
    ['a text', 'a.bin'],
    ['an id that is no link', { ...received, id: '../../etc' }],
    ['a size below nothing', { ...received, bytes: -1 }],
    ['no number', { ...received, heldBytes: Number.NaN }],
    ['an unknown place', { ...received, place: 'cloud' }],
    ['a role that does not exist', { ...received, role: 'tracker' }],
    ['fields that are missing', { id: received.id, role: 'receiver' }],
  ])('is none: %s', (_what, stored) => expect(readTransfer(stored)).toBeUndefined())

  it('that says “saved” from before it was known what that is worth was handed over, and no more', () => {
    expect(readTransfer({ ...received, saved: true })).toMatchObject({ saved: false, handedOver: true })
    const known = { ...received, saved: true, handedOver: false }
    expect(readTransfer(known)).toEqual(known)
  })

  it('takes what its place takes: files are as long as they will be, a database holds what has come', () => {
    const inDatabase = readTransfer(received)
    const inFiles = readTransfer({ ...received, place: 'files' })
    expect([inDatabase, inFiles].map((transfer) => transfer && takenBytes(transfer))).toEqual([250, 1_000])
  })
})

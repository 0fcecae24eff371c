import type { TransferSnapshot } from '@swarmdrop/peer'
import { describe, expect, it } from 'vitest'
import { PasswordChange } from './password-change'

const ID = 'A'.repeat(43)
const keyOf = (typed: string) => new TextEncoder().encode(typed)

/** A page's transfer, and keys that are ready when the test says so. */
function page(role: 'sender' | 'receiver', about: Partial<TransferSnapshot> = {}) {
  let snapshot = { link: `https://drop.test/#${ID}`, role, neighbours: [], ...about } as unknown as TransferSnapshot
  const listeners = new Set<() => void>()
  const kept = new Map<string, Uint8Array | undefined>()
  const gates: unknown[] = []
  const working: { typed: string; ready: () => void; fail: () => void }[] = []
  const session = {
    getSnapshot: () => snapshot,
    subscribe: (onChange: () => void) => {
      listeners.add(onChange)
      return () => void listeners.delete(onChange)
    },
    setGate: (gate: unknown) => void gates.push(gate),
  }
  const change = new PasswordChange({
    keyFor: (typed) =>
      new Promise((resolve, reject) =>
        working.push({ typed, ready: () => resolve(keyOf(typed)), fail: () => reject(new RangeError('no memory')) }),
      ),
    keep: (id, key) => void kept.set(id, key),
    newGate: (key) => new TextDecoder().decode(key) as never,
    changed: () => {},
  })
  const show = (next: Partial<TransferSnapshot>) => {
    snapshot = { ...snapshot, ...next }
    for (const listener of [...listeners]) listener()
  }
  return { session, change, working, kept, gates, show, listeners }
}

const people = (count: number) =>
  Array.from({ length: count }, (_, at) => ({ id: `p${at}` })) as unknown as TransferSnapshot['neighbours']

describe('a password in this page', () => {
  it('that is typed while another is worked out is the one that holds, whichever is ready first', async () => {
    const { session, change, working, gates, kept } = page('sender')
    const both = [change.set(session, 'first'), change.set(session, 'second')]
    working[1]?.ready()
    await both[1]
    working[0]?.ready()
    await both[0]
    expect(gates).toEqual(['second'])
    expect(kept.get(ID)).toEqual(keyOf('second'))
  })

  it('that is taken off while it is worked out is not set afterwards', async () => {
    const { session, change, working, gates, kept } = page('sender')
    const setting = change.set(session, 'first')
    change.remove(session)
    working[0]?.ready()
    await setting
    expect(gates).toEqual([undefined])
    expect(kept.get(ID)).toBeUndefined()
  })

  it('for which there is no memory says so, and leaves all as it was', async () => {
    const { session, change, working, gates, kept } = page('sender')
    const setting = change.set(session, 'first')
    working[0]?.fail()
    await expect(setting).rejects.toThrow('too little free memory')
    expect([gates, kept.size]).toEqual([[], 0])
    const again = change.set(session, 'first')
    working[1]?.ready()
    await again
    expect(gates).toHaveLength(1)
  })
})

describe('what a receiver types', () => {
  it('is kept when somebody lets it in, and not before: this browser may be the sender’s', async () => {
    const { session, change, working, kept, show, listeners } = page('receiver')
    const wrong = change.set(session, 'wrong')
    working[0]?.ready()
    await wrong
    show({ password: 'set' })
    show({ password: 'wrong' })
    expect(kept.size).toBe(0)
    const right = change.set(session, 'right')
    working[1]?.ready()
    await right
    show({ password: 'set' })
    show({ password: 'set', neighbours: people(1) })
    expect(kept.get(ID)).toEqual(keyOf('right'))
    expect(listeners.size).toBe(0)
  })
})

import { describe, expect, it } from 'vitest'
import { defaultLimits } from './limits'
import { SignalGate } from './signal-gate'

const [offer, candidate, large] = ['o'.repeat(8_000), 'c'.repeat(400), 'x'.repeat(65_536)] as const
const open = (change = {}) => new SignalGate({ ...defaultLimits, ...change })

/** How many of so many are let through. */
function admitted(
  gate: SignalGate,
  from: string,
  sealed: string,
  count: number,
  { unread = 0, now = 0, to = 'victim' } = {},
) {
  return Array.from({ length: count }, () => gate.admits(from, to, sealed, unread, now)).filter(Boolean).length
}

describe('[SIGNAL-7] a receiver', () => {
  it('is sent what one sender needs to connect, twice over, and no flood of it', () => {
    const gate = open()
    for (let attempt = 0; attempt < 2; attempt++)
      expect([admitted(gate, 'a', offer, 1), admitted(gate, 'a', candidate, 20)]).toEqual([1, 20])
    expect(admitted(gate, 'b', large, 84)).toBe(2)
  })

  it('is sent more of it when time has passed', () => {
    const gate = open()
    admitted(gate, 'a', large, 84)
    expect([admitted(gate, 'a', large, 1, { now: 1_000 }), admitted(gate, 'a', large, 1, { now: 10_000 })]).toEqual([
      0, 1,
    ])
  })

  it('is sent the first words of each sender, whatever others have used up', () => {
    const gate = open({ signalsFromAll: { capacity: 100, perSecond: 0 } })
    for (let i = 0; i < 20; i++) admitted(gate, `flood ${i}`, candidate, 100)
    expect([admitted(gate, 'late', offer, 1), admitted(gate, 'late', candidate, 50)]).toEqual([1, 32])
  })

  it('is sent nothing while it leaves too much unread', () => {
    const gate = open()
    expect(admitted(gate, 'a', candidate, 5, { unread: defaultLimits.unreadFromOthersBytes + 1 })).toBe(0)
    expect(admitted(gate, 'a', candidate, 5, { unread: defaultLimits.unreadFromOthersBytes })).toBe(5)
  })

  it('and another do not share what they may be sent', () => {
    const gate = open()
    admitted(gate, 'a', large, 10)
    expect(admitted(gate, 'a', offer, 1, { to: 'other' })).toBe(1)
  })
})

it('remembers pairs no longer than they matter', () => {
  const gate = open()
  for (let i = 0; i < 1_000; i++) admitted(gate, `${i}`, candidate, 1, { now: i * 1_000 })
  expect(gate.size).toBeLessThan(10)
})

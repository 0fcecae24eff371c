import { describe, expect, it } from 'vitest'
import { fromStep, type Scale, stepsOf, toStep } from './scale'

const rate: Scale = { from: 1e3, to: 1e8 }
const peers: Scale = { from: 1, to: 100, isEven: true }

describe('a slider', () => {
  it('reaches from end to end, and 0 where that may be', () => {
    expect(fromStep(0, rate, 0)).toBe(0)
    expect(fromStep(0, rate, 100)).toBe(1e3)
    expect(fromStep(stepsOf(rate), rate, 0)).toBe(1e8)
    expect([fromStep(0, peers, 1), fromStep(stepsOf(peers), peers, 1)]).toEqual([1, 100])
  })

  it('stands where its value is, or at the end that is nearest', () => {
    for (const step of [1, 250, 999]) expect(Math.abs(toStep(fromStep(step, rate, 0), rate) - step)).toBeLessThan(9)
    for (const n of [1, 2, 50, 100]) expect(fromStep(toStep(n, peers), peers, 1)).toBe(n)
    expect([toStep(1e15, rate), toStep(1, rate), toStep(0, rate)]).toEqual([stepsOf(rate), 0, 0])
    expect(toStep(1_000, peers)).toBe(stepsOf(peers))
  })
})

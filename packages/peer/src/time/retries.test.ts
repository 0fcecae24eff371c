import { describe, expect, it } from 'vitest'
import { VirtualTime } from '../testing/virtual-time'
import { Retries } from './retries'

/** When each of `tries` refused ones ran, in milliseconds after the one before. */
function waits(uniform: number, tries: number): number[] {
  const time = new VirtualTime()
  const retries = new Retries({ time, random: { uniform: () => uniform } })
  const ranAt = [0]
  const attempt = () => {
    ranAt.push(time.now())
    retries.later(attempt)
  }
  retries.later(attempt)
  while (ranAt.length <= tries) time.pass(1_000)
  return ranAt.slice(1).map((at, i) => at - (ranAt[i] ?? 0))
}

describe('retries', () => {
  it('wait longer each time, to a bound, and spread out', () => {
    expect(waits(0.5, 6)).toEqual([2_000, 4_000, 8_000, 16_000, 20_000, 20_000])
    expect(waits(0, 6)).toEqual([1_000, 2_000, 4_000, 8_000, 10_000, 10_000])
    expect(waits(0.999, 1)[0]).toBeCloseTo(2_998)
  })

  it('run what was said last, and nothing that was stopped; after a success they wait shortly again', () => {
    const time = new VirtualTime()
    const retries = new Retries({ time, random: { uniform: () => 0.5 } })
    const ran: string[] = []
    retries.later(() => ran.push('first'))
    retries.later(() => ran.push('second'))
    time.pass(60_000)
    retries.later(() => ran.push('stopped'))
    retries.stop()
    time.pass(60_000)
    expect(ran).toEqual(['second'])
    retries.later(() => ran.push('after a success'))
    retries.reset()
    time.pass(60_000)
    retries.later(() => ran.push('soon'))
    time.pass(2_000)
    expect(ran).toEqual(['second', 'soon'])
  })
})

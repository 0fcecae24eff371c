import fc from 'fast-check'
import { expect, it } from 'vitest'
import { Throttle } from './throttle'

it('lets the first change pass at once, and the next when the interval is over', () => {
  const throttle = new Throttle(200)
  expect(throttle.waitMs(1_000)).toBe(0)
  throttle.passed(1_000)
  expect(throttle.waitMs(1_000)).toBe(200)
  expect(throttle.waitMs(1_150)).toBe(50)
  expect(throttle.waitMs(1_200)).toBe(0)
  expect(throttle.waitMs(9_000)).toBe(0)
})

it('holds nothing back where the interval is 0', () => {
  const throttle = new Throttle(0)
  throttle.passed(5)
  expect(throttle.waitMs(5)).toBe(0)
})

it('passes no two changes within an interval, and the last one within an interval of its coming', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 500 }), fc.array(fc.nat(700), { minLength: 1 }), (intervalMs, gaps) => {
      const throttle = new Throttle(intervalMs)
      const passedAt: number[] = []
      let now = 0
      let waiting: number | undefined // when the change that waits may pass
      const pass = (at: number) => {
        throttle.passed(at)
        passedAt.push(at)
        waiting = undefined
      }
      for (const gap of gaps) {
        now += gap
        if (waiting !== undefined && waiting <= now) pass(waiting)
        const wait = throttle.waitMs(now)
        if (wait === 0) pass(now)
        else waiting = now + wait
      }
      if (waiting !== undefined) pass(waiting)
      passedAt.forEach((at, i) => {
        if (i > 0) expect(at - (passedAt[i - 1] ?? 0)).toBeGreaterThanOrEqual(intervalMs)
      })
      const last = passedAt.at(-1) ?? Number.NaN
      expect(last).toBeGreaterThanOrEqual(now)
      expect(last).toBeLessThanOrEqual(now + intervalMs)
    }),
  )
})

import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { SharedClock } from './clocks'

// The page's own timers stand still: what rings is the clock.
beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

/** A clock that is moved by hand. */
function handClock() {
  let now = 0
  let alarm: { atMs: number; ring: () => void } | undefined
  return {
    clock: {
      now: () => now,
      setAlarm: (atMs: number, ring: () => void) => {
        alarm = { atMs, ring }
      },
      clearAlarm: () => {
        alarm = undefined
      },
    },
    advanceTo(ms: number) {
      while (alarm && alarm.atMs <= ms) {
        const { atMs, ring } = alarm
        now = Math.max(now, atMs)
        alarm = undefined
        ring()
      }
      now = ms
    },
  }
}

it('rings each alarm once, at its time, in whatever order they were set', () => {
  const { clock, advanceTo } = handClock()
  const shared = new SharedClock(clock)
  const rung: string[] = []
  const [a, b, c] = [shared.open(), shared.open(), shared.open()]
  a.setAlarm(30, () => rung.push(`a ${clock.now()}`))
  b.setAlarm(10, () => {
    rung.push(`b ${clock.now()}`)
    b.setAlarm(20, () => rung.push(`b again ${clock.now()}`))
  })
  c.setAlarm(15, () => rung.push('c'))
  c.clearAlarm()
  advanceTo(100)
  expect(rung).toEqual(['b 10', 'b again 20', 'a 30'])
})

it('rings at the later time only, when an alarm is set again', () => {
  const { clock, advanceTo } = handClock()
  const own = new SharedClock(clock).open()
  const rung: number[] = []
  own.setAlarm(10, () => rung.push(10))
  own.setAlarm(50, () => rung.push(clock.now()))
  advanceTo(100)
  expect(rung).toEqual([50])
})

it('rings by the page’s own timer where that comes first, and then not again', () => {
  const { clock, advanceTo } = handClock()
  const rung: string[] = []
  new SharedClock({ ...clock, now: () => performance.now() })
    .open()
    .setAlarm(performance.now() + 10, () => rung.push('once'))
  vi.advanceTimersByTime(20)
  expect(rung).toEqual(['once'])
  advanceTo(performance.now() + 1_000)
  expect(rung).toEqual(['once'])
})

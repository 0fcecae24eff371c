// Rings the clock without a browser: its worker is a fake, and time is vitest's.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { AlarmClock } from './alarm-clock'
import type { AlarmRequest } from './alarm-clock.worker'

class FakeWorker extends EventTarget {
  static made: FakeWorker[] = []
  readonly requests: AlarmRequest[] = []
  terminated = false
  constructor() {
    super()
    FakeWorker.made.push(this)
  }
  postMessage(request: AlarmRequest): void {
    this.requests.push(request)
  }
  terminate(): void {
    this.terminated = true
  }
  ring(id: number): void {
    this.dispatchEvent(new MessageEvent('message', { data: id }))
  }
}

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  // First of all: what a spy puts back later would be the fake timer that it spied on.
  vi.restoreAllMocks()
  vi.useRealTimers()
  vi.unstubAllGlobals()
  FakeWorker.made = []
})

describe('an alarm clock with a worker', () => {
  function start() {
    vi.stubGlobal('Worker', FakeWorker)
    const clock = new AlarmClock()
    const worker = FakeWorker.made[0]
    if (!worker) throw new Error('no worker was started')
    return { clock, worker }
  }

  it('rings once, by the page’s own timer or by the worker, whichever comes first', () => {
    const { clock, worker } = start()
    const ring = vi.fn()
    clock.setAlarm(clock.now() + 10, ring)
    vi.advanceTimersByTime(10)
    worker.ring(0)
    expect(ring).toHaveBeenCalledTimes(1)
  })

  it('rings by itself when the worker cannot start', () => {
    const { clock, worker } = start()
    const ring = vi.fn()
    clock.setAlarm(clock.now() + 50, ring)
    worker.dispatchEvent(new Event('error'))
    vi.advanceTimersByTime(49)
    expect(ring).not.toHaveBeenCalled()
    vi.advanceTimersByTime(1)
    expect(ring).toHaveBeenCalledTimes(1)
    expect(worker.terminated).toBe(true)
  })

  it('ends its worker when it is closed', () => {
    const { clock, worker } = start()
    clock.close()
    expect(worker.terminated).toBe(true)
  })

  describe('in a hidden page, whose own timers stand still', () => {
    function startHidden() {
      const started = start()
      vi.spyOn(globalThis, 'setTimeout').mockReturnValue(0 as never)
      return started
    }

    it('leaves the waiting to it, and never asks it to ring early', () => {
      const { clock, worker } = startHidden()
      const ring = vi.fn()
      clock.setAlarm(clock.now() + 99.2, ring)
      expect(worker.requests).toEqual([{ id: 0, delayMs: 100 }])
      vi.advanceTimersByTime(100)
      worker.ring(0)
      expect(ring).toHaveBeenCalledTimes(1)
    })

    it('asks it for an earlier time only, and for the rest of a later one when it rings', () => {
      const { clock, worker } = startHidden()
      const [first, later, earlier] = [vi.fn(), vi.fn(), vi.fn()]
      clock.setAlarm(clock.now() + 20, first)
      for (let again = 0; again < 1_000; again++) clock.setAlarm(clock.now() + 30, later)
      expect(worker.requests).toEqual([{ id: 0, delayMs: 20 }])
      vi.advanceTimersByTime(20)
      worker.ring(0)
      expect(worker.requests.at(-1)).toEqual({ id: 1, delayMs: 10 })
      clock.setAlarm(clock.now() + 5, earlier)
      expect(worker.requests.at(-1)).toEqual({ id: 2, delayMs: 5 })
      vi.advanceTimersByTime(5)
      worker.ring(1)
      expect(earlier).not.toHaveBeenCalled()
      worker.ring(2)
      expect(earlier).toHaveBeenCalledTimes(1)
      expect([first, later].flatMap(({ mock }) => mock.calls)).toEqual([])
    })

    it('does not ring an alarm that was replaced or cleared while its ring was on the way', () => {
      const { clock, worker } = startHidden()
      const [first, second] = [vi.fn(), vi.fn()]
      clock.setAlarm(clock.now() + 10, first)
      clock.setAlarm(clock.now() + 20, second)
      vi.advanceTimersByTime(10)
      worker.ring(0)
      expect(first).not.toHaveBeenCalled()
      clock.clearAlarm()
      vi.advanceTimersByTime(10)
      worker.ring(1)
      expect(second).not.toHaveBeenCalled()
      expect(worker.requests.at(-1)).toBe('clear')
    })
  })
})

describe('an alarm clock without workers', () => {
  it('rings the alarm that was set last, once, and may be set again from its ring', () => {
    vi.stubGlobal('Worker', undefined)
    const clock = new AlarmClock()
    const rings: string[] = []
    clock.setAlarm(clock.now() + 10, () => rings.push('replaced'))
    clock.setAlarm(clock.now() + 20, () => {
      rings.push('first')
      clock.setAlarm(clock.now() + 20, () => rings.push('second'))
    })
    vi.advanceTimersByTime(100)
    expect(rings).toEqual(['first', 'second'])
  })
})

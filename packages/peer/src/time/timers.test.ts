import { describe, expect, it } from 'vitest'
import { VirtualTime } from '../testing/virtual-time'
import { Throttle } from './throttle'
import { Timers } from './timers'

describe('timers', () => {
  it('ring each alarm once, at its time, in whatever order they were set', () => {
    const time = new VirtualTime()
    const rung: string[] = []
    const [a, b, c] = [time.alarm(), time.alarm(), time.alarm()]
    a.setAlarm(30, () => rung.push(`a ${time.now()}`))
    b.setAlarm(10, () => {
      rung.push(`b ${time.now()}`)
      b.setAlarm(20, () => rung.push(`b again ${time.now()}`))
    })
    c.setAlarm(15, () => rung.push('c'))
    c.clearAlarm()
    time.pass(100)
    expect(rung).toEqual(['b 10', 'b again 20', 'a 30'])
  })

  it('ring in the order of their times where the clock comes late for all of them', () => {
    let nowMs = 0
    let ringClock = () => {}
    const clock = {
      now: () => nowMs,
      wallMs: () => nowMs,
      setAlarm: (_: number, ring: () => void) => {
        ringClock = ring
      },
      clearAlarm: () => {},
    }
    const timers = new Timers(clock)
    const rung: string[] = []
    for (const [name, ms] of [
      ['third', 30],
      ['first', 10],
      ['second', 20],
    ] as const)
      timers.after(ms, () => rung.push(name))
    nowMs = 1_000
    ringClock()
    expect(rung).toEqual(['first', 'second', 'third'])
  })

  it('ring at the later time only, when an alarm is set again', () => {
    const time = new VirtualTime()
    const own = time.alarm()
    const rung: number[] = []
    own.setAlarm(10, () => rung.push(10))
    own.setAlarm(50, () => rung.push(time.now()))
    time.pass(100)
    expect(rung).toEqual([50])
  })

  it('go on with the others when one of them fails', () => {
    const time = new VirtualTime()
    const rung: string[] = []
    time.after(10, () => {
      throw new Error('broken')
    })
    time.after(20, () => rung.push('later'))
    expect(() => time.pass(10)).toThrow('broken')
    time.pass(20)
    expect(rung).toEqual(['later'])
  })

  it('do not run what was cancelled, nor what another one cancels at the same moment', () => {
    const time = new VirtualTime()
    const rung: string[] = []
    const cancelFirst = time.after(10, () => rung.push('first'))
    let cancelThird = () => {}
    time.after(20, () => cancelThird())
    cancelThird = time.after(20, () => rung.push('third'))
    cancelFirst()
    time.pass(50)
    expect(rung).toEqual([])
  })

  it('leave the clock in peace when none is left', () => {
    const time = new VirtualTime()
    const own = time.alarm()
    own.setAlarm(1_000, () => {})
    const cancel = time.after(2_000, () => {})
    own.clearAlarm()
    cancel()
    time.pass(10_000)
    expect(time.rung).toBe(0)
  })

  it('beat until they are stopped', () => {
    const time = new VirtualTime()
    let beats = 0
    const stop = time.every(100, () => beats++)
    time.pass(350)
    stop()
    time.pass(1_000)
    expect(beats).toBe(3)
  })
})

describe('a throttle', () => {
  const throttled = (ms: number) => {
    const time = new VirtualTime()
    const ran: number[] = []
    return { time, ran, throttle: new Throttle(time, ms, () => ran.push(time.now())) }
  }

  it('runs soon after the first call, then at most once in each interval, and never loses the last call', () => {
    const { time, ran, throttle } = throttled(100)
    throttle.call()
    expect(ran).toEqual([])
    time.pass(0)
    for (let i = 0; i < 25; i++) {
      throttle.call()
      time.pass(10)
    }
    time.pass(1_000)
    expect(ran).toEqual([0, 100, 200, 300])
  })

  it('hurries when it is told to, and once for many calls at one moment', () => {
    const { time, ran, throttle } = throttled(100)
    throttle.call()
    time.pass(10)
    throttle.call()
    throttle.hurry()
    throttle.hurry()
    throttle.call()
    time.pass(0)
    expect(ran).toEqual([0, 10])
    time.pass(500)
    expect(ran).toEqual([0, 10])
  })

  it('runs no more for calls from before it was cancelled', () => {
    const { time, ran, throttle } = throttled(100)
    throttle.call()
    throttle.cancel()
    time.pass(500)
    expect(ran).toEqual([])
    expect(throttle.isWaiting).toBe(false)
  })
})

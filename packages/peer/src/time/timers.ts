// Many alarms on a clock that has one. Knows nothing of what they are for.
import type { ClockPort } from '@swarmdrop/core'
import type { Clock } from '../ports'

type Alarm = { atMs: number; ring: () => void }

/** Lets time pass, and can be told not to wait for it. What a throttle needs, in a page or in a worker. */
export interface Waiting {
  now(): number
  /** Gives the way to cancel it. */
  after(ms: number, run: () => void): () => void
}

export class Timers implements Waiting {
  readonly #clock: Clock
  readonly #alarms = new Map<object, Alarm>()
  #setForMs = Number.POSITIVE_INFINITY

  constructor(clock: Clock) {
    this.#clock = clock
  }

  now(): number {
    return this.#clock.now()
  }

  wallMs(): number {
    return this.#clock.wallMs()
  }

  /** A clock with one alarm of its own. */
  alarm(): ClockPort {
    const key = {}
    return {
      now: () => this.#clock.now(),
      setAlarm: (atMs, ring) => this.#add(key, { atMs, ring }),
      clearAlarm: () => this.#remove(key),
    }
  }

  after(ms: number, run: () => void): () => void {
    const key = {}
    this.#add(key, { atMs: this.#clock.now() + ms, ring: run })
    return () => this.#remove(key)
  }

  /** Gives the way to stop it. A beat that comes late moves those after it. */
  every(ms: number, run: () => void): () => void {
    const own = this.alarm()
    const beat = () => {
      own.setAlarm(own.now() + ms, beat)
      run()
    }
    own.setAlarm(own.now() + ms, beat)
    return () => own.clearAlarm()
  }

  #add(key: object, alarm: Alarm): void {
    this.#alarms.set(key, alarm)
    if (alarm.atMs < this.#setForMs) this.#set(alarm.atMs)
  }

  /** The last one that is not waited for any more leaves the clock in peace: a process may end. */
  #remove(key: object): void {
    if (!this.#alarms.delete(key) || this.#alarms.size > 0) return
    this.#setForMs = Number.POSITIVE_INFINITY
    this.#clock.clearAlarm()
  }

  #set(atMs: number): void {
    this.#setForMs = atMs
    this.#clock.setAlarm(atMs, () => this.#ring())
  }

  /**
   * An alarm that was moved back rings the clock for nothing once; that costs less than looking at all at every change.
   */
  #ring(): void {
    this.#setForMs = Number.POSITIVE_INFINITY
    const now = this.#clock.now()
    const due = [...this.#alarms].filter(([, { atMs }]) => atMs <= now).sort(([, a], [, b]) => a.atMs - b.atMs)
    try {
      for (const [key, alarm] of due) {
        if (this.#alarms.get(key) !== alarm) continue
        this.#alarms.delete(key)
        alarm.ring()
      }
    } finally {
      let next = Number.POSITIVE_INFINITY
      for (const { atMs } of this.#alarms.values()) next = Math.min(next, atMs)
      if (next < this.#setForMs) this.#set(next)
    }
  }
}

// One alarm clock for all the peers in a page: a worker each would be thirty workers. A page in front also sets a timer of its own,
// as a worker's ring takes a turn of another thread, which a busy machine gives late. Knows nothing of what the alarms are for.
import type { ClockPort } from '@swarmdrop/core'

type Alarm = { atMs: number; ring: () => void }

export class SharedClock {
  readonly #clock: ClockPort
  readonly #alarms = new Map<object, Alarm>()
  #setForMs = Number.POSITIVE_INFINITY
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor(clock: ClockPort) {
    this.#clock = clock
  }

  now(): number {
    return this.#clock.now()
  }

  /** A clock with one alarm of its own. */
  open(): ClockPort {
    const key = {}
    return {
      now: () => this.#clock.now(),
      setAlarm: (atMs, ring) => {
        this.#alarms.set(key, { atMs, ring })
        if (atMs < this.#setForMs) this.#set(atMs)
      },
      clearAlarm: () => void this.#alarms.delete(key),
    }
  }

  #set(atMs: number): void {
    this.#setForMs = atMs
    const ring = () => this.#ring()
    this.#clock.setAlarm(atMs, ring)
    clearTimeout(this.#timer)
    this.#timer = setTimeout(ring, Math.max(0, atMs - this.#clock.now()))
  }

  /** An alarm that was moved back rings the clock for nothing once; that costs less than looking at all at every change. */
  #ring(): void {
    clearTimeout(this.#timer)
    this.#setForMs = Number.POSITIVE_INFINITY
    const now = this.#clock.now()
    for (const [key, alarm] of [...this.#alarms]) {
      if (alarm.atMs > now || this.#alarms.get(key) !== alarm) continue
      this.#alarms.delete(key)
      alarm.ring()
    }
    let next = Number.POSITIVE_INFINITY
    for (const { atMs } of this.#alarms.values()) next = Math.min(next, atMs)
    if (next < this.#setForMs) this.#set(next)
  }
}

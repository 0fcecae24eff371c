// Time that passes only when a test says so. Promises that are ready go on between two alarms.
import type { Clock } from '../ports'
import { Timers } from '../time/timers'

/**
 * The time by the wall at first: after 1970, so that no wall clock is mistaken for a monotonic one; and after the first
 * version of this program.
 */
const WALL_MS = 1_800_000_000_000

export class VirtualClock implements Clock {
  ms = 0
  alarm: { atMs: number; ring: () => void } | undefined

  now(): number {
    return this.ms
  }
  wallMs(): number {
    return WALL_MS + this.ms
  }
  setAlarm(atMs: number, ring: () => void): void {
    this.alarm = { atMs, ring }
  }
  clearAlarm(): void {
    this.alarm = undefined
  }
}

export class VirtualTime extends Timers {
  readonly #clock: VirtualClock
  #rung = 0

  constructor() {
    const clock = new VirtualClock()
    super(clock)
    this.#clock = clock
  }

  /** Alarms that have rung so far. */
  get rung(): number {
    return this.#rung
  }

  /** Lets `ms` pass at a stroke, for what needs no promises. */
  pass(ms: number): void {
    const untilMs = this.#clock.ms + ms
    while (this.#ringFirst(untilMs));
    this.#clock.ms = untilMs
  }

  /** Lets `ms` pass, or until `done`; whether it was. Anyone who waits for a promise goes on in between. */
  async run(ms: number, done: () => boolean = () => false): Promise<boolean> {
    const untilMs = this.#clock.ms + ms
    await settled()
    while (!done() && this.#ringFirst(untilMs)) await settled()
    if (done()) return true
    this.#clock.ms = untilMs
    await settled()
    return done()
  }

  #ringFirst(untilMs: number): boolean {
    const { alarm } = this.#clock
    if (!alarm || alarm.atMs > untilMs) return false
    this.#clock.ms = Math.max(this.#clock.ms, alarm.atMs)
    this.#clock.alarm = undefined
    this.#rung++
    alarm.ring()
    return true
  }
}

/** Every promise that is ready, and those that follow from it, have gone on. */
const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

// The driver's clock in a browser: one alarm, on time even while the tab is hidden. Knows nothing of what it is for.
import type { ClockPort } from '@swarmdrop/core'
import type { AlarmOrder } from './alarm-clock.worker'

type Alarm = { id: number; atMs: number; ring: () => void }

export class AlarmClock implements ClockPort {
  #worker: Worker | undefined
  #timer: ReturnType<typeof setTimeout> | undefined
  #alarm: Alarm | undefined
  #nextId = 0

  constructor() {
    if (typeof Worker === 'undefined') return
    this.#worker = new Worker(new URL('./alarm-clock.worker.ts', import.meta.url), { type: 'module' })
    this.#worker.addEventListener('message', ({ data: id }: MessageEvent<number>) => this.#rang(id))
    this.#worker.addEventListener('error', () => this.#goOnWithoutWorker())
  }

  now(): number {
    return performance.now()
  }

  setAlarm(atMs: number, ring: () => void): void {
    this.#alarm = { id: this.#nextId++, atMs, ring }
    this.#arm(this.#alarm)
  }

  clearAlarm(): void {
    this.#alarm = undefined
    clearTimeout(this.#timer)
    this.#order('clear')
  }

  /** Rings no more. */
  close(): void {
    this.clearAlarm()
    this.#worker?.terminate()
    this.#worker = undefined
  }

  #arm({ id, atMs }: Alarm): void {
    // Rounded up: an alarm that rings before its time would only have to be set again.
    const delayMs = Math.max(0, Math.ceil(atMs - this.now()))
    if (this.#worker) {
      this.#order({ id, delayMs })
    } else {
      clearTimeout(this.#timer)
      this.#timer = setTimeout(() => this.#rang(id), delayMs)
    }
  }

  #order(order: AlarmOrder): void {
    this.#worker?.postMessage(order)
  }

  /** An alarm that was replaced while its ring was on the way is not rung. */
  #rang(id: number): void {
    if (this.#alarm?.id !== id) return
    const { ring } = this.#alarm
    this.#alarm = undefined
    ring()
  }

  #goOnWithoutWorker(): void {
    this.#worker?.terminate()
    this.#worker = undefined
    if (this.#alarm) this.#arm(this.#alarm)
  }
}

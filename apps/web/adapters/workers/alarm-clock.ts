// The peer's clock in a browser: one alarm, on time even while the tab is hidden. A worker rings it then; a page in
// front is mostly quicker by itself, as a worker's ring takes a turn of another thread, which a busy machine gives
// late. Knows nothing of what it is for.
import './own-scripts'
import type { Clock } from '@swarmdrop/peer'
import type { AlarmRequest } from './alarm-clock.worker'

type Alarm = { atMs: number; ring: () => void }

export class AlarmClock implements Clock {
  #worker: Worker | undefined
  #timer: ReturnType<typeof setTimeout> | undefined
  #alarm: Alarm | undefined
  /** The alarm that the worker waits for: no later than ours, which is looked at when it comes. */
  #armed: { id: number; atMs: number } | undefined
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

  wallMs(): number {
    return Date.now()
  }

  /**
   * Sets the alarm, as happens after every event, most often for the same time or a later one: the worker hears only of
   * earlier ones.
   */
  setAlarm(atMs: number, ring: () => void): void {
    this.#alarm = { atMs, ring }
    if (!this.#armed || atMs < this.#armed.atMs) this.#arm(atMs)
  }

  clearAlarm(): void {
    this.#alarm = undefined
    this.#armed = undefined
    clearTimeout(this.#timer)
    this.#request('clear')
  }

  /** Rings no more. */
  close(): void {
    this.clearAlarm()
    this.#worker?.terminate()
    this.#worker = undefined
  }

  #arm(atMs: number): void {
    const id = this.#nextId++
    this.#armed = { id, atMs }
    // Rounded up: an alarm that rings before its time would only have to be set again.
    const delayMs = Math.max(0, Math.ceil(atMs - this.now()))
    this.#request({ id, delayMs })
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => this.#rang(id), delayMs)
  }

  #request(request: AlarmRequest): void {
    this.#worker?.postMessage(request)
  }

  /**
   * The second ring of the two, and one that was on its way while an earlier time was asked for, is not the one that is
   * waited for.
   */
  #rang(id: number): void {
    if (this.#armed?.id !== id) return
    this.#armed = undefined
    const alarm = this.#alarm
    if (!alarm) return
    if (alarm.atMs > this.now()) return this.#arm(alarm.atMs)
    this.#alarm = undefined
    alarm.ring()
  }

  /** The page's own timer is set already. */
  #goOnWithoutWorker(): void {
    this.#worker?.terminate()
    this.#worker = undefined
  }
}

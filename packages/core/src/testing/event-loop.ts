// Virtual time for tests: what is put in happens in its order. Knows nothing of what happens.
import { EventQueue } from '../simulation/event-queue'
import type { Schedule } from '../simulation/pipe'

export class EventLoop implements Schedule {
  now = 0
  private readonly events = new EventQueue<() => void>()

  at(at: number, run: () => void): void {
    this.events.push(at, run)
  }

  get isIdle(): boolean {
    return this.events.size === 0
  }

  /** Runs until the condition holds; false if virtual time passes `untilMs` first. */
  run(untilMs: number, condition: () => boolean = () => false): boolean {
    while (!condition()) {
      if (this.events.nextAt > untilMs) {
        this.now = untilMs
        return condition()
      }
      this.now = this.events.nextAt
      this.events.pop()()
    }
    return true
  }
}

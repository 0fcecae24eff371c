// Time as a window or a worker has it by itself. In a hidden window its timers run once a second.
import type { Waiting } from '@swarmdrop/peer'

export const ownTimers: Waiting = {
  now: () => performance.now(),
  after(ms, run) {
    const timer = setTimeout(run, ms)
    return () => clearTimeout(timer)
  },
}

// When a host tries what its device can carry: once a visit, when what is set could be too much for one and nothing else goes on.

import type { Waiting } from '../time/timers'
import type { Load } from './device-load'
import type { DeviceTrial } from './device-trial'

/** Whoever still types, or adds peers, is not disturbed. */
const QUIET_MS = 800

/** `capacity`: in bytes a second, once it is known. */
export type TrialState = { isTrying: boolean; capacity: number | undefined }

export class HostTrial {
  readonly #time: Waiting
  readonly #newTrial: () => DeviceTrial
  readonly #changed: (state: TrialState) => void
  #trial: DeviceTrial | undefined
  #capacity: number | undefined
  #stopWaiting = () => {}

  constructor(time: Waiting, newTrial: () => DeviceTrial, changed: (state: TrialState) => void) {
    this.#time = time
    this.#newTrial = newTrial
    this.#changed = changed
  }

  /** What would go through the page now. `isIdle`: no run is under way, and there is a room. */
  consider({ isWorthATrial }: Load, isIdle: boolean): void {
    this.#stopWaiting()
    if (!isIdle || !isWorthATrial || this.#trial || this.#capacity !== undefined) return
    this.#stopWaiting = this.#time.after(QUIET_MS, () => void this.#try())
  }

  /** Something else needs the device now. */
  stop(): void {
    this.#stopWaiting()
    this.#trial?.stop()
    this.#trial = undefined
  }

  async #try(): Promise<void> {
    const trial = this.#newTrial()
    this.#trial = trial
    this.#changed({ isTrying: true, capacity: undefined })
    // What fails is as good as unknown: the run's verdict will tell.
    const capacity = await trial.measure().catch(() => undefined)
    if (this.#trial === trial) this.#trial = undefined
    this.#capacity ??= capacity
    this.#changed({ isTrying: this.#trial !== undefined, capacity: this.#capacity })
  }
}

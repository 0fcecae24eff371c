// When a host tries what its device can carry: when what is set could be too much for one and nothing else goes on;
// once a visit, and again with more peers.

import type { Waiting } from '../time/timers'
import type { Load } from './device-load'
import { type DeviceTrial, TRIAL_PEERS } from './device-trial'

/** The time without a change after which a trial begins: somebody who still types, or adds peers, is not disturbed. */
const QUIET_MS = 800

/** `capacity`: in bytes a second, once it is known. */
export type TrialState = { isTrying: boolean; capacity: number | undefined }

export class HostTrial {
  readonly #time: Waiting
  readonly #newTrial: (peers: number) => DeviceTrial
  readonly #changed: (state: TrialState) => void
  #trial: DeviceTrial | undefined
  #capacity: number | undefined
  /** The number of peers for which the capacity is known. */
  #triedWith = 0
  #stopWaiting = () => {}

  constructor(time: Waiting, newTrial: (peers: number) => DeviceTrial, changed: (state: TrialState) => void) {
    this.#time = time
    this.#newTrial = newTrial
    this.#changed = changed
  }

  /** Considers what would go through the page now. `isIdle`: no run is under way, and there is a room. */
  consider({ isWorthATrial }: Load, isIdle: boolean, pagePeers: number): void {
    this.#stopWaiting()
    const peers = Math.max(TRIAL_PEERS.least, Math.min(TRIAL_PEERS.most, pagePeers))
    if (!isIdle || !isWorthATrial || this.#trial || peers <= this.#triedWith) return
    this.#stopWaiting = this.#time.after(QUIET_MS, () => void this.#try(peers))
  }

  /** Something else needs the device now. */
  stop(): void {
    this.#stopWaiting()
    this.#trial?.stop()
    this.#trial = undefined
  }

  close(): void {
    this.#stopWaiting()
    this.#trial?.close()
    this.#trial = undefined
  }

  async #try(peers: number): Promise<void> {
    const trial = this.#newTrial(peers)
    this.#trial = trial
    this.#changed({ isTrying: true, capacity: this.#capacity })
    // What fails is as good as unknown: the run's verdict will tell.
    const capacity = await trial.measure().catch(() => undefined)
    if (this.#trial === trial) this.#trial = undefined
    if (capacity !== undefined) {
      this.#capacity = capacity
      this.#triedWith = peers
    }
    this.#changed({ isTrying: this.#trial !== undefined, capacity: this.#capacity })
  }
}

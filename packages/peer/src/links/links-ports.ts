// What the links of a swarm need of the runtime. Makes none.
import type { OpenLink, Random, RelayChoice } from '../ports'
import type { Timers } from '../time/timers'

export type LinksPorts = {
  time: Timers
  random: Random
  openLink: OpenLink
  relay: RelayChoice
  /** Takes a line for a log: a person can do nothing about it. */
  log(message: string): void
}

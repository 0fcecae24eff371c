// What a swarm's connection is told, needs and tells. Connects to nobody.
import type { Failure } from '../links/failures'
import type { LinksPorts } from '../links/links-ports'
import type { Line, TurnOutcome } from '../ports'

export type ConnectionPlan = {
  /** How many the tracker shall name each time; they are offered a link. 0: only those who ask are met. */
  wants: number
  /** The most links; absent: the links' own bound. */
  maxLinks?: number
}

const WANTS = 30
export const meetEverybody: ConnectionPlan = { wants: WANTS }

/** The ports by which every peer of this runtime connects. */
export type SwarmPorts = LinksPorts & {
  /** A new line to the tracker, not yet open. */
  newLine(): Line
  /**
   * The host under which the tracker is reached, as it stands in a URL: its own STUN server is there. Left out: none is
   * asked.
   */
  trackerHost?: string
  /**
   * The name of this device, told under the seal to those who are connected to. Absent, or undefined: nothing is said.
   */
  deviceName?: () => string | undefined
}

export type SwarmConnectionHandlers = {
  /** `dialled`: we asked for it. */
  peerJoined(peer: string, dialled: boolean): void
  peerLeft(peer: string): void
  frame(peer: string, frame: Uint8Array, lane: number): void
  /** A further connection to a peer is open, where somebody asked for some. */
  laneOpened?(peer: string, lane: number): void
  lanesRefused?(peer: string): void
  laneLost?(peer: string, lane: number): void
  drained(peer: string, bufferedBytes: number): void
  changed(): void
}

/**
 * `failures`: one for each of those whom we could not reach. `server`: whether it carries frames. `turn`: how TURN
 * servers answered.
 */
export type Trouble = {
  failures: Failure[]
  server: 'none' | 'full' | 'carries'
  turn?: TurnOutcome | undefined
  hidesAddress: boolean
}

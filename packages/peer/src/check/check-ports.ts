// What a connection check needs of the runtime. Probes none of it.
import type { Transport } from '../line/transports'
import type { Line, LinkConfiguration, OpenLink, Random, RelayChoice } from '../ports'
import type { Timers } from '../time/timers'
import type { StorageFact, WebAnswer, WebRtcFact } from './facts'

export type { Transport } from '../line/transports'

/** The addresses that WebRTC tells when it is asked to gather them. */
export type Gathered = {
  /** Addresses of this device itself. Names of mDNS end in `.local`. */
  host: string[]
  /** Addresses of this device as a STUN server sees them. */
  reflexive: string[]
  relayed: string[]
  /** Servers that did not do what was asked, by STUN's error code; 701: no answer at all. */
  errorCodes: number[]
  /** Whether the gathering came to its own end in the time that there was. */
  finished: boolean
}

export type CheckPorts = {
  time: Timers
  random: Random
  relay: RelayChoice
  /** The host name that the tracker is reached by, as in an address: `[::1]`. */
  host: string
  /** A new line to the tracker that goes one way alone, not yet open. */
  newLine(transport: Transport): Line
  /** A plain request to the tracker. `wallMs`: its clock's time, to the second. */
  askWeb(): Promise<{ answer: WebAnswer; wallMs?: number }>
  /** The HTTP status of a first request for polling; undefined where nothing answers. */
  pollingStatus(): Promise<number | undefined>
  webRtc(): WebRtcFact
  /** Opens a link; used only where `webRtc` says that there is WebRTC. */
  openLink: OpenLink
  /** Gathers addresses for `withinMs` at most. */
  gather(configuration: LinkConfiguration, withinMs: number): Promise<Gathered>
  storage(): Promise<StorageFact>
}

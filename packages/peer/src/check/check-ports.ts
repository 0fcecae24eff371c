// What a connection check needs of the runtime. Probes none of it.
import type { Transport } from '../line/transports'
import type { Line, LinkConfiguration, OpenLink, Random, RelayChoice } from '../ports'
import type { Timers } from '../time/timers'
import type { StorageFact, WebAnswer, WebRtcFact } from './facts'

export type { Transport } from '../line/transports'

/** What WebRTC tells of addresses when it is asked to gather them. */
export type Gathered = {
  /** Of this device itself. Names of mDNS end in `.local`. */
  host: string[]
  /** Of this device as a STUN server sees it. */
  reflexive: string[]
  relayed: string[]
  /** Servers that did not do what was asked, by STUN's error code; 701: no answer at all. */
  errorCodes: number[]
  /** Whether it came to its own end in the time that there was. */
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
  /** Only where `webRtc` says that it is there. */
  openLink: OpenLink
  /** For no longer than `withinMs`. */
  gather(configuration: LinkConfiguration, withinMs: number): Promise<Gathered>
  storage(): Promise<StorageFact>
}

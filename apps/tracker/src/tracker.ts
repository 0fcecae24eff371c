// What a tracker is asked to be, and what it is to those who started it. Does nothing.
import type { Logger } from 'pino'
import type { IceConfig } from './ice'
import type { Limits } from './limits'
import type { MessagePath } from './message-path'

export type TrackerOptions = {
  /** The exported web app. */
  webRoot: string
  /** 0: any free one. */
  port?: number
  /** `::`: all addresses, those of IPv4 too. */
  host?: string
  ice?: IceConfig
  /** The port of its STUN server; 0: any free one; absent: there is none. */
  stunPort?: number | undefined
  /**
   * The address of the Redis that all nodes share, or several of a Redis Cluster, comma-separated. Left out: this is
   * the only node, and all is in its memory.
   */
  redisUrl?: string | undefined
  /** The port of `/metrics`; 0: any free one; absent: there are none. */
  metricsPort?: number | undefined
  metricsHost?: string
  /** Proxies in front whose X-Forwarded-For is believed. */
  trustedProxies?: number
  /** The path below which a proxy passes requests on, as `/drop`. */
  basePath?: string
  /** The address at which people open the page, if that is elsewhere than here. */
  publicUrl?: string | undefined
  limits?: Partial<Limits>
  /** The rate of all that is carried between peers that find no other way to each other; 0 or absent: nothing is. */
  relayBytesPerSecond?: number
  /** A half-open socket is gone after the sum of both. */
  pingIntervalMs?: number
  pingTimeoutMs?: number
  /** How long requests under way may take to end when the tracker closes. */
  closeGraceMs?: number
  /** Left out: the fastest that works here. */
  messagePath?: MessagePath
  log?: Logger
}

/**
 * What it holds, by kind. When everybody has gone, only `rooms` and `remembered` are left, for as long as they are
 * kept.
 */
export type TrackerCounts = Record<
  'connections' | 'sockets' | 'swarms' | 'members' | 'rooms' | 'seated' | 'codes' | 'remembered' | 'relayed',
  number
>

export type Tracker = {
  url: string
  port: number
  /**
   * The port of its STUN server. `failed`: what the system says of the port that was wanted. Undefined: none was
   * wanted.
   */
  stun: { port: number } | { failed: unknown } | undefined
  /** The port of its metrics; undefined: there are none. */
  metricsPort: number | undefined
  /** The addresses at which others can open the page, the likeliest first. */
  readonly addresses: string[]
  readonly counts: TrackerCounts
  /** Sends nobody here any more, and those who are here away, over this time. Then it can be closed. */
  drain(overMs: number): Promise<void>
  close(): Promise<void>
}

// What Prometheus reads of a tracker. Has no swarm's id and nobody's address, and costs nothing until it is read.
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import type { Tally } from './tally'

/** What the tracker holds now, by the name of its metric and what it is. */
const held = {
  connections: 'TCP connections that are open',
  sockets: 'Peers that have a line, by WebSocket or by polls',
  swarms: 'Swarms with a member on this node',
  members: 'Memberships of peers on this node in swarms',
  rooms: 'Rooms of the laboratory that this node holds',
  seated: 'Sockets that are in one of them',
  codes: 'Codes and exchanges that this node holds',
  relayed: 'Pairs between which this node carries sealed frames',
} as const

export type MetricsSources = {
  counts: () => Record<keyof typeof held, number>
  tally: Tally
  /** Whether there is a Redis, and it answers; undefined: none is wanted. */
  hasRedis: () => boolean | undefined
}

export type Metrics = {
  /** The metrics in Prometheus' text format, and its content type. */
  read(): Promise<string>
  readonly contentType: string
  /** Counts a question to Redis, by the time from asking to its answer. */
  redisAnswered(seconds: number): void
  close(): void
}

/** Event loops that stand still are seen in the highest; the rest is noise. */
const SECONDS = [0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5]
const NANOSECONDS = 1e9
/** The timer by which the event loop's delay is measured. */
const RESOLUTION_MS = 10

export function createMetrics({ counts, tally, hasRedis }: MetricsSources): Metrics {
  const registers = [new Registry()] as [Registry]
  collectDefaultMetrics({ register: registers[0] })
  for (const [name, help] of Object.entries(held) as [keyof typeof held, string][])
    new Gauge({
      name: `swarmdrop_${name}`,
      help,
      registers,
      collect() {
        this.set(counts()[name])
      },
    })

  const counter = (name: string, help: string, now: () => number) =>
    new Counter({
      name: `swarmdrop_${name}_total`,
      help,
      registers,
      collect() {
        this.reset()
        this.inc(now())
      },
    })
  counter('joins', 'Joins that were answered with peers', () => tally.joins)
  counter('signals', 'Signals that were handed to a receiver', () => tally.signals)
  counter('relay_bytes', 'Bytes carried between people who find no other way', () => tally.relayedBytes)
  new Counter({
    name: 'swarmdrop_refusals_total',
    help: 'Messages that were refused, by the code that the peer is told',
    labelNames: ['code'],
    registers,
    collect() {
      this.reset()
      for (const [code, count] of tally.refusals) this.inc({ code }, count)
    },
  })

  const delay = monitorEventLoopDelay({ resolution: RESOLUTION_MS })
  delay.enable()
  new Gauge({
    name: 'swarmdrop_event_loop_delay_seconds',
    help: 'How late the event loop was since the last reading, beyond its timer of 10 ms',
    labelNames: ['quantile'],
    registers,
    collect() {
      for (const quantile of [0.5, 0.99, 1]) {
        const late = delay.percentile(100 * quantile) / NANOSECONDS - RESOLUTION_MS / 1_000
        this.set({ quantile: String(quantile) }, Math.max(0, late))
      }
      delay.reset()
    },
  })

  if (hasRedis() !== undefined)
    new Gauge({
      name: 'swarmdrop_redis_up',
      help: '1 while Redis answers; at 0 this node serves only its own members',
      registers,
      collect() {
        this.set(hasRedis() ? 1 : 0)
      },
    })
  const roundTrip = new Histogram({
    name: 'swarmdrop_redis_round_trip_seconds',
    help: 'How long Redis took to answer a question about members',
    buckets: SECONDS,
    registers: hasRedis() === undefined ? [] : registers,
  })

  return {
    read: () => registers[0].metrics(),
    contentType: registers[0].contentType,
    redisAnswered: (seconds) => roundTrip.observe(seconds),
    close: () => void delay.disable(),
  }
}

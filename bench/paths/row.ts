// A row of the table of paths: by what name it is asked for, and what it fills in. Knows no single row.

import { median } from '../../tooling/figures'
import type { PathShape } from '../../tooling/long-path/long-path'
import type { PathProbe } from '../../tooling/long-path/probe'

export const columns = [
  'path',
  'TCP cubic',
  'bare channels',
  'Swarmdrop',
  'ratio',
  'slowest',
  'wanted',
  'ping idle',
  'ping beside',
  'a frame takes',
] as const
export type Line = Partial<Record<(typeof columns)[number], string>>
export type PathRow = { name: string; run: () => Promise<Line> }

/** PATH_ROUNDS: fewer, for a look at one change. */
export const ROUNDS = Number(process.env.PATH_ROUNDS ?? 5)

const IDLE_MS = 1_500

/** Megabytes a second, and the median of the pings meanwhile in milliseconds. */
export type Round = { rate: number; ping: number }

export const rates = (rounds: readonly Round[]) => rounds.map(({ rate }) => rate)
export const pings = (rounds: readonly Round[]) => rounds.map(({ ping }) => ping)
export const ofMegabytes = (rounds: readonly Round[]) => `${median(rates(rounds)).toPrecision(3)} MB/s`

/** Milliseconds, of a ping while nothing else is on the path. */
export async function idlePing(probe: PathProbe): Promise<number> {
  probe.takeRoundTripsMs()
  await new Promise((resolve) => setTimeout(resolve, IDLE_MS))
  return median(probe.takeRoundTripsMs())
}

/** Prints the round as it is, too. `measure` gives seconds. */
export async function timed(probe: PathProbe, bytes: number, measure: () => Promise<number>): Promise<Round> {
  probe.takeRoundTripsMs()
  probe.takeDropped()
  const seconds = await measure()
  const round = { rate: bytes / 1e6 / seconds, ping: median(probe.takeRoundTripsMs()) }
  process.stdout.write(`${round.rate.toPrecision(3)} (${round.ping.toFixed(0)} ms, ${probe.takeDropped()}) `)
  return round
}

/** The columns of the ping, as wanted of a transfer that does not fill the path's queue. */
export const pingColumns = (idle: number, beside: number): Line => ({
  'ping idle': `${idle.toFixed(0)} ms`,
  'ping beside': `${beside.toFixed(0)} ms (wanted under ${(2 * idle + 50).toFixed(0)})`,
})

export const described = ({ oneWayMs, bytesPerSecond, queueBytes, lossPerMillion }: PathShape): string =>
  [
    `${oneWayMs} ms`,
    `${bytesPerSecond / 1e6} MB/s`,
    `${queueBytes / 1e3} kB`,
    ...(lossPerMillion > 0 ? [`${lossPerMillion / 1e4} % lost`] : []),
  ].join(', ')

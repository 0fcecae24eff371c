// The paths that are measured from one end to the other: as between two homes, over loss, and over a slow mobile
// uplink.
import { MIB } from '../../tooling/files'
import type { PathShape } from '../../tooling/long-path/long-path'
import type { ChannelUse } from './windowed-channel'

export type PathCase = {
  name: string
  shape: PathShape
  bytes: number
  /** The use of bare channels that brings most on this path: found by trying. */
  bare: ChannelUse
  /** Which of the two is a Firefox; both are Chromium otherwise. */
  firefox?: 'fetches' | 'sends'
  /** How much at least of what TCP brings, or of what bare channels do; of the slowest round too, where it is said. */
  wanted?: { of: 'TCP' | 'bare'; ratio: number; slowest?: number }
}

const home = (oneWayMs: number, lossPerMillion = 0): PathShape => ({
  oneWayMs,
  bytesPerSecond: 2_500_000,
  queueBytes: 250_000,
  lossPerMillion,
})
const one = (windowBytes: number): ChannelUse => ({ connections: 1, windowBytes })
const four = (windowBytes: number): ChannelUse => ({ connections: 4, windowBytes })

export const pathCases: readonly PathCase[] = [
  {
    name: '20ms',
    shape: home(20),
    bytes: 16 * MIB,
    bare: one(200_000),
    wanted: { of: 'TCP', ratio: 0.9, slowest: 0.85 },
  },
  {
    name: '50ms',
    shape: home(50),
    bytes: 16 * MIB,
    bare: one(400_000),
    wanted: { of: 'TCP', ratio: 0.9, slowest: 0.85 },
  },
  {
    name: '100ms',
    shape: { oneWayMs: 100, bytesPerSecond: 1_250_000, queueBytes: 125_000, lossPerMillion: 0 },
    bytes: 12 * MIB,
    bare: one(320_000),
    wanted: { of: 'TCP', ratio: 0.85 },
  },
  {
    name: 'loss-0.1',
    shape: home(20, 1_000),
    bytes: 16 * MIB,
    bare: four(300_000),
    wanted: { of: 'TCP', ratio: 1.4 },
  },
  {
    name: 'loss-0.5',
    shape: home(50, 5_000),
    bytes: 8 * MIB,
    bare: four(500_000),
    wanted: { of: 'TCP', ratio: 2.5 },
  },
  {
    name: 'fast',
    shape: { oneWayMs: 20, bytesPerSecond: 12_500_000, queueBytes: 500_000, lossPerMillion: 0 },
    bytes: 48 * MIB,
    bare: one(700_000),
    wanted: { of: 'bare', ratio: 0.9 },
  },
  {
    name: 'mobile',
    shape: { oneWayMs: 20, bytesPerSecond: 100_000, queueBytes: 30_000, lossPerMillion: 0 },
    bytes: MIB,
    bare: one(16_000),
    wanted: { of: 'TCP', ratio: 0.9 },
  },
  ...(['fetches', 'sends'] as const).map((firefox) => ({
    name: `firefox-${firefox}`,
    shape: home(50),
    bytes: 16 * MIB,
    bare: one(400_000),
    firefox,
  })),
]

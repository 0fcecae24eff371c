// What is set on the theory page, and what it may be set to. Knows nothing of fields, links or runs.
import { CHUNK_BYTES, MAX_CHUNKS } from '@swarmdrop/core'

/** Bytes a second; `down` undefined: no limit. */
export type PeerClass = { count: number; up: number; down: number | undefined }

export type Picker = 'rarest-first' | 'random' | 'sequential'
export type Choker = 'tit-for-tat' | 'round-robin' | 'everyone'
export type Mode = 'p2p' | 'client-server'

export type TheoryState = {
  fileBytes: number
  serverUpload: number
  /** One class: all peers are alike, and N is its count. */
  classes: PeerClass[]
  mode: Mode
  picker: Picker
  choker: Choker
  seed: number
}

const FIGURE_BYTES = 400 * CHUNK_BYTES
// F/u = 1 h to the thousandth of a byte, as in experiments/: what an address can hold, and so the same after a link.
const FIGURE_UPLOAD = 29_127.111
const FIGURE_SERVER_UPLOAD = 291_271.111

/** The figure that everyone knows: F/u = 1 h, us = 10u, downloads never bind. */
export const KNOWN_FIGURE: TheoryState = {
  fileBytes: FIGURE_BYTES,
  serverUpload: FIGURE_SERVER_UPLOAD,
  classes: [{ count: 10, up: FIGURE_UPLOAD, down: undefined }],
  mode: 'p2p',
  picker: 'rarest-first',
  choker: 'tit-for-tat',
  seed: 1,
}

export const MODES: readonly Mode[] = ['p2p', 'client-server']
export const PICKERS: readonly Picker[] = ['rarest-first', 'random', 'sequential']
export const CHOKERS: readonly Choker[] = ['tit-for-tat', 'round-robin', 'everyone']

export const MB = 1e6
export const KB = 1e3

/** `unitBytes`: of what is written in the field; `slider`: what the slider reaches, a part of what may be. */
export type Quantity = {
  unit: string
  unitBytes: number
  least: number
  most: number
  slider: { from: number; to: number }
}

export const QUANTITIES = {
  file: { unit: 'MB', unitBytes: MB, least: 1e3, most: MAX_CHUNKS * CHUNK_BYTES, slider: { from: MB, to: 1e4 * MB } },
  server: { unit: 'kB/s', unitBytes: KB, least: 100, most: 1e12, slider: { from: 10 * KB, to: 1e5 * KB } },
  up: { unit: 'kB/s', unitBytes: KB, least: 0, most: 1e12, slider: { from: KB, to: 1e5 * KB } },
  down: { unit: 'kB/s', unitBytes: KB, least: 100, most: 1e12, slider: { from: 10 * KB, to: 1e6 * KB } },
} as const satisfies Record<string, Quantity>

export const MOST_PEERS = 1_000
export const MOST_CLASSES = 8
export const MOST_SEED = 2_147_483_647

export const peerCount = ({ classes }: TheoryState): number => classes.reduce((sum, { count }) => sum + count, 0)

/** The same mix of classes for n peers: shares by largest remainder, so that they sum up to n. */
export function mixFor(classes: readonly PeerClass[], n: number): PeerClass[] {
  const total = classes.reduce((sum, { count }) => sum + count, 0)
  const shares = classes.map(({ count }) => (count * n) / total)
  const counts = shares.map(Math.floor)
  const byRemainder = shares.map((share, i) => ({ i, rest: share - Math.floor(share) })).sort((a, b) => b.rest - a.rest)
  const missing = n - counts.reduce((sum, count) => sum + count, 0)
  for (const { i } of byRemainder.slice(0, missing)) counts[i] = (counts[i] ?? 0) + 1
  return classes.map((one, i) => ({ ...one, count: counts[i] ?? 0 })).filter(({ count }) => count > 0)
}

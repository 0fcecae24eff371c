// What is set on the theory page, and what it may be set to. Knows nothing of fields, links or runs.
import type { ChokerPolicy, PickerPolicy } from '@swarmdrop/core'
import { type Mode, peerCountOf } from '@swarmdrop/core/simulation'

/** Bytes a second; `down` undefined: no limit. */
export type PeerClass = { count: number; up: number; down: number | undefined }

export type TheoryState = {
  fileBytes: number
  serverUpload: number
  /** One class: all peers are alike, and N is its count. */
  classes: PeerClass[]
  mode: Mode
  picker: PickerPolicy
  choker: ChokerPolicy
  seed: number
}

/** The figure that everyone knows: F/u = 1 h, us = 10u, downloads never bind; in numbers that read well. */
export const KNOWN_FIGURE: TheoryState = {
  fileBytes: 108_000_000,
  serverUpload: 300_000,
  classes: [{ count: 10, up: 30_000, down: undefined }],
  mode: 'p2p',
  picker: 'rarest-first',
  choker: 'tit-for-tat',
  seed: 1,
}

export const MOST_PEERS = 1_000
export const MOST_CLASSES = 8
export const MOST_SEED = 2_147_483_647

export const peerCount = ({ classes }: Pick<TheoryState, 'classes'>): number => peerCountOf({ peers: classes })

/** The same mix of classes for n peers: shares by largest remainder, so that they sum up to n. */
export function mixFor(classes: readonly PeerClass[], n: number): PeerClass[] {
  const total = peerCountOf({ peers: classes })
  const shares = classes.map(({ count }) => (count * n) / total)
  const floors = shares.map((share) => ({ count: Math.floor(share) }))
  const byRemainder = shares.map((share, i) => ({ i, rest: share % 1 })).sort((a, b) => b.rest - a.rest)
  const missing = n - peerCountOf({ peers: floors })
  const larger = new Set(byRemainder.slice(0, missing).map(({ i }) => i))
  return classes
    .map((one, i) => ({ ...one, count: (floors[i]?.count ?? 0) + (larger.has(i) ? 1 : 0) }))
    .filter(({ count }) => count > 0)
}

// From theory to a real run and back: the same settings as a class can run them, and a run's settings as theory takes
// them. Pure.
import { CHUNK_BYTES } from '@swarmdrop/core'
import { boundsOf } from '@swarmdrop/core/simulation'
import { type LabSettings, MAX_PAGE_PEERS, settingsOf } from '@swarmdrop/peer/lab'
import { experimentFor } from './state-experiment'
import { mixFor, type PeerClass, peerCount, type TheoryState } from './theory-state'
import { readQuery, writeQuery } from './url-state'

/** The seconds that a class waits without a yawn. */
const RUN_SECONDS = 20
/** The bytes a second that one page can carry, of all peers together. */
const MOST_TOTAL_RATE = 4e6
/** Fewer chunks say little of a swarm. */
const FEWEST_CHUNKS = 64
const LEAST_CHUNK_BYTES = 1_024
/** A rate that no tab has: no limit. */
const UNLIMITED = 100e6
const REAL = 'real'

export type ForReal = {
  settings: LabSettings
  peerCount: number
  /** How many times smaller than on the theory page; 1: as it was. */
  fileShare: number
  speedShare: number
}

/** The address's query that brings these settings to the lab. */
export const realQuery = (state: TheoryState): string =>
  [`${REAL}=1`, writeQuery(state)].filter((part) => part !== '').join('&')

/** The state in an address; undefined: it is no such address. */
export function readRealQuery(query: string): TheoryState | undefined {
  return new URLSearchParams(query).has(REAL) ? readQuery(query).state : undefined
}

/**
 * All proportions stay: N as far as there is room, speeds so that one page can carry them, and the file so that a run
 * takes a third of a minute; then its chunks are smaller, so that there are enough.
 */
export function forReal(state: TheoryState): ForReal {
  const n = Math.min(peerCount(state), MAX_PAGE_PEERS)
  const classes = mixFor(state.classes, n)
  const { p2p } = boundsOf(experimentFor({ ...state, classes }, 'p2p'))
  const speedShare = Math.min(1, MOST_TOTAL_RATE / ((n * state.fileBytes) / p2p))
  const slow = (rate: number) => roundly(rate * speedShare)
  const slower: TheoryState = {
    ...state,
    serverUpload: Math.max(100, slow(state.serverUpload)),
    classes: classes.map(({ count, up, down }) => ({ count, up: slow(up), down: down && Math.max(100, slow(down)) })),
  }
  const seconds = boundsOf(experimentFor(slower, 'p2p')).p2p
  const fileShare = Math.min(1, RUN_SECONDS / seconds)
  const fileBytes = Math.max(64_000, Math.round(roundly(state.fileBytes * fileShare)))
  const { settings } = settingsOf(experimentFor({ ...slower, fileBytes }, 'p2p'))
  const chunkBytes = chunkFor(fileBytes)
  const limited = <K extends { downloadBytesPerSecond: number }>(kind: K): K => ({
    ...kind,
    downloadBytesPerSecond: Math.min(UNLIMITED, kind.downloadBytesPerSecond),
  })
  return {
    settings: {
      ...settings,
      name: 'From theory',
      chunkBytes,
      mode: 'both',
      everybody: limited(settings.everybody),
      specials: settings.specials.map(limited),
    },
    peerCount: n,
    fileShare,
    speedShare,
  }
}

/** The lab's settings as theory takes them: free riders upload nothing. */
export function toTheory(
  { fileBytes, serverUploadBytesPerSecond, everybody, specials, policy, seed }: LabSettings,
  n: number,
): TheoryState {
  const special = specials.reduce((sum, { count }) => sum + count, 0)
  const kinds = [{ count: Math.max(0, n - special), ...everybody }, ...specials].filter(({ count }) => count > 0)
  return {
    fileBytes,
    serverUpload: serverUploadBytesPerSecond,
    classes: kinds.map(
      ({ count, uploadBytesPerSecond, downloadBytesPerSecond, behaviour }): PeerClass => ({
        count,
        up:
          behaviour === undefined || behaviour === 'normal' || behaviour === 'leave-when-complete'
            ? uploadBytesPerSecond
            : 0,
        down: downloadBytesPerSecond >= UNLIMITED ? undefined : downloadBytesPerSecond,
      }),
    ),
    mode: 'p2p',
    picker: policy.picker ?? 'rarest-first',
    choker: policy.choker ?? 'tit-for-tat',
    seed,
  }
}

/** Halved until there are enough. */
function chunkFor(fileBytes: number): number {
  let chunk = CHUNK_BYTES
  while (fileBytes / chunk < FEWEST_CHUNKS && chunk > LEAST_CHUNK_BYTES) chunk /= 2
  return chunk
}

const roundly = (value: number): number => (value === 0 ? 0 : Number(value.toPrecision(3)))

// What a push at the bound means: a bar made longer or shorter, a symbol made larger or smaller, as other settings.
// Pure.
import type { Binding } from '@swarmdrop/core/theory'
import { MOST_RATE, QUANTITIES } from './quantities'
import { MOST_PEERS, mixFor, type PeerClass, peerCount, type TheoryState } from './theory-state'

/** F, us, dmin, N and the sum of all u. */
export type PushedSymbol = 'file' | 'server' | 'download' | 'peers' | 'upload'

type Change = Partial<TheoryState>

/**
 * The settings in which this term would be so long, all but one quantity as they are: us, the slowest d, or the sum of
 * all u.
 */
export function withTerm(state: TheoryState, binding: Binding, seconds: number): Change {
  const { fileBytes } = state
  const rate = fileBytes / Math.max(1e-9, seconds)
  if (binding === 'server-upload') return { serverUpload: within(rate, QUANTITIES.serverUpload) }
  if (binding === 'slowest-download') return withSlowest(state, rate)
  return withUploads(state, peerCount(state) * rate - state.serverUpload)
}

/** The state with one quantity so many times as large. */
export function withSymbol(state: TheoryState, symbol: PushedSymbol, factor: number): Change {
  switch (symbol) {
    case 'file':
      return { fileBytes: Math.round(within(state.fileBytes * factor, QUANTITIES.fileBytes)) }
    case 'server':
      return { serverUpload: within(state.serverUpload * factor, QUANTITIES.serverUpload) }
    case 'download':
      return withSlowest(state, (slowestDown(state) ?? firstLimit(state)) * factor)
    case 'peers':
      return withPeers(state, factor)
    case 'upload':
      return withUploads(state, sumOfUploads(state) * factor)
  }
}

export const sumOfUploads = ({ classes }: TheoryState): number =>
  classes.reduce((sum, { count, up }) => sum + count * up, 0)

/** The lowest limit for downloads; undefined: nobody has one. */
export function slowestDown({ classes }: TheoryState): number | undefined {
  const least = Math.min(...classes.map(({ down = Number.POSITIVE_INFINITY }) => down))
  return least === Number.POSITIVE_INFINITY ? undefined : least
}

/** The limit where nobody has one: it comes into sight at the server's speed. */
const firstLimit = ({ serverUpload }: TheoryState) => serverUpload

/** N moves by one at least. */
function withPeers(state: TheoryState, factor: number): Change {
  const n = peerCount(state)
  const wanted = Math.round(n * factor)
  const next = wanted === n && factor !== 1 ? n + Math.sign(factor - 1) : wanted
  return { classes: mixFor(state.classes, Math.max(state.classes.length, Math.min(MOST_PEERS, next))) }
}

/** The change by which the slowest has this limit, and nobody a lower one. */
function withSlowest(state: TheoryState, rate: number): Change {
  const least = slowestDown(state)
  const down = within(rate, QUANTITIES.download)
  const isSlowest = (one: PeerClass) => one.down === least
  return {
    classes: state.classes.map((one) =>
      isSlowest(one) || (one.down ?? Number.POSITIVE_INFINITY) < down ? { ...one, down } : one,
    ),
  }
}

/** All in the same proportion; where nobody uploads, everybody the same. */
function withUploads(state: TheoryState, wanted: number): Change {
  const sum = sumOfUploads(state)
  const total = Math.max(0, wanted)
  const each = total / peerCount(state)
  return {
    classes: state.classes.map((one) => ({
      ...one,
      up: within(sum === 0 ? each : (one.up * total) / sum, QUANTITIES.upload),
    })),
  }
}

/** Three digits that count: what a hand can mean, and what reads well. */
function within(value: number, { least, most }: { least: number; most: number }): number {
  const plain = value === 0 ? 0 : Number(value.toPrecision(3))
  return Math.max(least, Math.min(most, MOST_RATE, plain))
}

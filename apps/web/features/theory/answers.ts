// What theory answers to the page's settings: three times, the term that binds, the curves. Knows nothing of runs or React.
import {
  type Binding,
  bounds,
  type Capacities,
  CHUNK_BYTES,
  chunkedSeconds,
  clientServerSeconds,
  type Experiment,
  p2pSeconds,
} from '@swarmdrop/core'
import type { Curves } from '../charts/distribution-data'
import { formatDigits, formatTime, type TimeUnit } from '../charts/time-unit'
import { formatBytes, formatCount, formatPercent } from '../ui/format'
import { type Mode, mixFor, type PeerClass, peerCount, type TheoryState } from './theory-state'

export type Answers = {
  clientServer: number
  p2p: number
  chunked: number
  binding: Binding
  /** The peer-to-peer bound's other terms, the longest first. */
  others: { binding: Binding; seconds: number }[]
}

/** The known figure goes so far. */
const FIGURE_PEERS = 35
/** Past this many, a curve of every N says no more than one of some. */
const MOST_POINTS = 100
/** A page has to keep what it draws of a run. */
const MOST_SIMULATED_CHUNKS = 20_000
/** No number is no limit in an experiment's file: more than any link. */
const UNLIMITED = 1e12

export function answer(state: TheoryState): Answers {
  const capacities = capacitiesOf(state, state.classes)
  const { seconds: p2p, binding } = p2pSeconds(capacities)
  return {
    clientServer: clientServerSeconds(capacities),
    p2p,
    chunked: chunkedSeconds(capacities, CHUNK_BYTES).seconds,
    binding,
    others: termsOf(state)
      .filter((term) => term.binding !== binding)
      .sort((a, b) => b.seconds - a.seconds),
  }
}

export function curvesFor(state: TheoryState): Required<Curves> {
  const points = someUpTo(Math.max(FIGURE_PEERS, peerCount(state))).map((n) => ({
    n,
    ...bounds(capacitiesOf(state, mixFor(state.classes, n)), CHUNK_BYTES),
  }))
  const curve = (of: 'clientServer' | 'p2p' | 'chunked') => points.map((point) => ({ n: point.n, seconds: point[of] }))
  return { clientServer: curve('clientServer'), p2p: curve('p2p'), chunked: curve('chunked') }
}

/** The N that a simulated curve has points at. */
export function sweepFor(state: TheoryState): number[] {
  const largest = Math.max(FIGURE_PEERS, peerCount(state))
  const steps = largest <= 60 ? [1, 2, ...multiples(5, largest)] : [1, ...multiples(Math.ceil(largest / 10), largest)]
  return [...new Set([...steps, largest])]
}

/** As `npm run simulate` reads it: the same settings give the same run there. */
export function experimentFor(state: TheoryState, mode: Mode, n = peerCount(state)): Experiment {
  return {
    name: `${mode === 'p2p' ? 'Peer-to-peer' : 'Client-server'} with N = ${n}`,
    seed: state.seed,
    mode,
    fileBytes: state.fileBytes,
    server: { uploadBytesPerSecond: state.serverUpload },
    peers: mixFor(state.classes, n).map(({ count, up, down = UNLIMITED }) => ({
      count,
      uploadBytesPerSecond: up,
      downloadBytesPerSecond: down,
    })),
    policy: { picker: state.picker, choker: state.choker },
  }
}

/** Why these settings are too much for a page, in a sentence; undefined where they are not. */
export function simulationProblem(state: TheoryState): string | undefined {
  const chunks = Math.ceil(state.fileBytes / CHUNK_BYTES)
  if (chunks <= MOST_SIMULATED_CHUNKS) return undefined
  return `A simulation here goes up to ${formatCount(MOST_SIMULATED_CHUNKS)} chunks, ${formatBytes(MOST_SIMULATED_CHUNKS * CHUNK_BYTES)}: make the file smaller.`
}

/** Which term binds, and by how much, in a sentence or two. */
export function bindingInWords(state: TheoryState, { p2p, binding, others }: Answers, unit: TimeUnit): string {
  const time = formatTime(p2p, unit)
  const next = others[0]
  const margin = next === undefined ? '' : ` ${marginInWords(p2p, next, unit)}`
  const n = peerCount(state)
  switch (binding) {
    case 'server-upload':
      return `The sender’s upload sets the pace: it needs ${time} to send the file once, and nobody has it before.${margin}`
    case 'slowest-download':
      return `The slowest download sets the pace: that peer takes ${time}, whoever sends.${margin}`
    case 'total-upload':
      return `All uploads together set the pace: they need ${time} for ${n === 1 ? 'one copy' : `${n} copies`}.${margin}`
  }
}

function marginInWords(bound: number, next: { binding: Binding; seconds: number }, unit: TimeUnit): string {
  const name = NAMES[next.binding]
  const share = next.seconds / bound
  if (share > 0.995) return `${name} would take just as long.`
  return `${name} would allow ${formatTime(next.seconds, unit)}, ${formatPercent(Math.round(100 * (1 - share)))} less.`
}

const NAMES: Record<Binding, string> = {
  'server-upload': 'The sender’s upload alone',
  'slowest-download': 'The slowest download alone',
  'total-upload': 'All uploads together',
}

/** "Peer-to-peer is 4.5 times as fast." */
export function speedUpInWords({ clientServer, p2p, chunked }: Answers): string {
  const times = clientServer / p2p
  const speed =
    times < 1.005 ? 'Peer-to-peer is no faster here.' : `Peer-to-peer is ${formatDigits(times)} times as fast.`
  const more = 100 * (chunked / p2p - 1)
  const whole = more < 0.05 ? 'add next to nothing' : `add ${formatDigits(more)}\u00a0%`
  return `${speed} Whole chunks ${whole}: nobody can pass on a chunk before it is there.`
}

function termsOf(state: TheoryState): { binding: Binding; seconds: number }[] {
  const { fileBytes, serverUpload, classes } = state
  const uploads = classes.reduce((sum, { count, up }) => sum + count * up, serverUpload)
  const slowest = Math.min(...classes.map(({ down }) => down ?? Number.POSITIVE_INFINITY))
  return [
    { binding: 'server-upload', seconds: fileBytes / serverUpload },
    { binding: 'slowest-download', seconds: fileBytes / slowest },
    { binding: 'total-upload', seconds: (peerCount(state) * fileBytes) / uploads },
  ]
}

function capacitiesOf({ fileBytes, serverUpload }: TheoryState, classes: readonly PeerClass[]): Capacities {
  return {
    fileBytes,
    serverUploadBytesPerSecond: serverUpload,
    peers: classes.flatMap(({ count, up, down = Number.POSITIVE_INFINITY }) =>
      Array.from({ length: count }, () => ({ uploadBytesPerSecond: up, downloadBytesPerSecond: down })),
    ),
  }
}

const multiples = (of: number, upTo: number) => Array.from({ length: Math.floor(upTo / of) }, (_, i) => (i + 1) * of)

function someUpTo(largest: number): number[] {
  if (largest <= MOST_POINTS) return multiples(1, largest)
  return [
    ...new Set(multiples(1, MOST_POINTS).map((i) => Math.round(1 + ((largest - 1) * (i - 1)) / (MOST_POINTS - 1)))),
  ]
}

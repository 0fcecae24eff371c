// What theory answers to the page's settings: three times, the term that binds, the curves. Knows nothing of runs or
// React.
import { CHUNK_BYTES } from '@swarmdrop/core'
import { boundsOf, capacitiesOf } from '@swarmdrop/core/simulation'
import { type Binding, type BoundTerm, type FigurePoint, terms } from '@swarmdrop/core/theory'
import { sweepSizes } from '@swarmdrop/peer/lab'
import { formatDigits } from '../charts/time-unit'
import { figureOf } from '../experiment/known-figure'
import { withSymbol } from '../experiment/push'
import { experimentFor } from '../experiment/state-experiment'
import { MOST_PEERS, peerCount, type TheoryState } from '../experiment/theory-state'
import { formatBytes, formatCount, formatPercent, formatSpan } from '../ui/format'

/** `terms`: those of the peer-to-peer bound, the longest, which binds, first. */
export type Answers = { clientServer: number; p2p: number; chunked: number; terms: [BoundTerm, ...BoundTerm[]] }

/** The known figure goes so far. */
const FIGURE_PEERS = 35
/** A page has to keep what it draws of a run. */
const MOST_SIMULATED_CHUNKS = 20_000

export function answer(state: TheoryState): Answers {
  const experiment = experimentFor(state, 'p2p')
  const { clientServer, p2p, chunked } = boundsOf(experiment)
  const ranked = terms(capacitiesOf(experiment)).sort((a, b) => b.seconds - a.seconds)
  return { clientServer, p2p, chunked, terms: ranked }
}

const largestN = (state: TheoryState) => Math.max(FIGURE_PEERS, peerCount(state))

export const curvesFor = (state: TheoryState): FigurePoint[] =>
  figureOf((n) => experimentFor(state, 'p2p', n), largestN(state))

/** The N that a simulated curve has points at: those of a sweep in the lab, and the one that the chart marks. */
export const sweepFor = (state: TheoryState): number[] =>
  [...new Set([...sweepSizes(largestN(state)), peerCount(state)])].sort((a, b) => a - b)

/** Why these settings are too much for a page, in a sentence; undefined where they are not. */
export function simulationProblem(state: TheoryState): string | undefined {
  const chunks = Math.ceil(state.fileBytes / CHUNK_BYTES)
  if (chunks <= MOST_SIMULATED_CHUNKS) return undefined
  return `A simulation here goes up to ${formatCount(MOST_SIMULATED_CHUNKS)} chunks, ${formatBytes(MOST_SIMULATED_CHUNKS * CHUNK_BYTES)}: make the file smaller.`
}

/** Which term binds, and by how much, in a sentence or two. */
export function bindingInWords(state: TheoryState, { terms: [binding, next] }: Answers): string {
  const time = formatSpan(binding.seconds)
  const margin = next === undefined ? '' : ` ${marginInWords(binding.seconds, next)}`
  const n = peerCount(state)
  switch (binding.binding) {
    case 'server-upload':
      return `The sender’s upload sets the pace: sending the file once takes ${time}, and nobody can have it sooner.${margin}`
    case 'slowest-download':
      return `The slowest download sets the pace: that peer needs ${time}, whoever sends.${margin}`
    case 'total-upload':
      return `All uploads together set the pace: they need ${time} for ${n === 1 ? 'one copy' : `${n} copies`}.${margin}`
  }
}

function marginInWords(bound: number, { binding, seconds }: BoundTerm): string {
  const share = seconds / bound
  if (share > 0.995) return `${NAMES[binding]} would take just as long.`
  const less = formatPercent(Math.round(100 * (1 - share)))
  return `${NAMES[binding]} would allow ${formatSpan(seconds)}, ${less} less.`
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
  const cost = more < 0.05 ? 'next to nothing' : `another ${more.toFixed(1)}\u00a0%`
  return `${speed} Passing on whole chunks costs ${cost}.`
}

/** A question to go on with, about what sets the pace, and the settings that answer it. */
export function nextQuestion(
  state: TheoryState,
  { terms: [{ binding }] }: Answers,
): { words: string; change: Partial<TheoryState> } {
  if (binding === 'server-upload')
    return { words: 'What if the server is twice as fast?', change: withSymbol(state, 'server', 2) }
  if (binding === 'slowest-download')
    return { words: 'What if the slowest download is twice as fast?', change: withSymbol(state, 'download', 2) }
  return 2 * peerCount(state) <= MOST_PEERS
    ? { words: 'What if there are twice as many peers?', change: withSymbol(state, 'peers', 2) }
    : { words: 'What if every peer uploads twice as fast?', change: withSymbol(state, 'upload', 2) }
}

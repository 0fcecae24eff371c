// Which recorded runs the teacher's page shows: the pair that was made last, or the one that was chosen. Draws nothing.
import { comparedOf, type LabResult, type LabSnapshot, pairOf } from '@swarmdrop/peer/lab'
import { MODE_WORDS } from '../experiment/labels'
import type { ShownRun } from './lab-replay'

/** `first`: the index of the one that is shown; past the last: both, side by side. */
export type ShownRuns = { runs: readonly ShownRun[]; first: number; from: 'start' | 'end' }

/** A run with the one that belongs to it, or two of a comparison. */
export type Chosen = { id: string } | { pair: readonly ShownRun[] }

type Shown = Pick<LabSnapshot, 'phase' | 'results' | 'compared' | 'settings' | 'peerCount'>

/**
 * The runs that are shown; undefined: none, as one is under way, nothing was recorded, or none was chosen since the
 * page was loaded.
 */
export function shownRuns(snapshot: Shown, chosen: Chosen | undefined): ShownRuns | undefined {
  const { phase, results } = snapshot
  if (phase === 'connecting' || phase === 'running') return undefined
  if (chosen && 'pair' in chosen) return besideEachOther(chosen.pair, 'start')
  if (chosen) return withItsPair(results, chosen.id, 'start')
  const last = results.at(-1)
  if (phase !== 'done' || !last) return undefined
  return comparedLast(snapshot, last) ?? withItsPair(results, last.id, 'end')
}

function withItsPair(results: readonly LabResult[], id: string, from: ShownRuns['from']): ShownRuns | undefined {
  const pair = pairOf(results, id).filter(({ recording }) => recording !== undefined)
  if (pair.length === 0) return undefined
  // Peers that help each other are worth looking at.
  const wanted = (result: LabResult) => (from === 'start' ? result.id === id : result.experiment.mode === 'p2p')
  const runs = pair.map((result) => ({ result, name: MODE_WORDS[result.experiment.mode] }))
  return { runs, first: Math.max(0, pair.findIndex(wanted)), from }
}

/** The runs of the comparison, where the last run was one of it. */
function comparedLast({ compared, settings, peerCount, results }: Shown, last: LabResult): ShownRuns | undefined {
  if (!compared || peerCount === 0) return undefined
  const { a, b } = comparedOf(compared, settings, peerCount, results)
  const [lastA, lastB] = [a.runs.at(-1), b.runs.at(-1)]
  if (!lastA || !lastB || (last.id !== lastA.id && last.id !== lastB.id) || lastA.id === lastB.id) return undefined
  return besideEachOther(
    [
      { result: lastA, name: 'A' },
      { result: lastB, name: 'B' },
    ],
    'end',
  )
}

function besideEachOther(pair: readonly ShownRun[], from: ShownRuns['from']): ShownRuns | undefined {
  const runs = pair.filter(({ result }) => result.recording !== undefined)
  return runs.length === 0 ? undefined : { runs, first: runs.length, from }
}

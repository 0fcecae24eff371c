// Which recorded runs the teacher's page shows: the pair that was made last, or the one that was chosen. Draws nothing.
import { type LabResult, type LabSnapshot, pairOf } from '@swarmdrop/peer'
import { MODE_WORDS } from '../experiment/labels'
import type { ShownRun } from './lab-replay'

/** `first`: which of them is looked at, by its place; `key`: another for others. */
export type ShownRuns = { key: string; runs: ShownRun[]; first: number; from: 'start' | 'end' }

/** Undefined: none, as one is under way, nothing was recorded, or none was chosen since the page was loaded. */
export function shownRuns(
  { phase, results }: Pick<LabSnapshot, 'phase' | 'results'>,
  chosen: string | undefined,
): ShownRuns | undefined {
  if (phase === 'connecting' || phase === 'running') return undefined
  const id = chosen ?? (phase === 'done' ? results.at(-1)?.id : undefined)
  const pair = id === undefined ? [] : pairOf(results, id).filter(({ recording }) => recording !== undefined)
  if (pair.length === 0) return undefined
  const first = chosen === undefined ? interesting(pair) : pair.findIndex((result) => result.id === chosen)
  return {
    key: `${pair.map((result) => result.id).join()} ${chosen ?? ''}`,
    runs: pair.map((result) => ({ result, name: MODE_WORDS[result.experiment.mode] })),
    first,
    from: chosen === undefined ? 'end' : 'start',
  }
}

/** Peers that help each other are worth looking at. */
const interesting = (pair: readonly LabResult[]) =>
  Math.max(
    0,
    pair.findIndex(({ experiment }) => experiment.mode === 'p2p'),
  )

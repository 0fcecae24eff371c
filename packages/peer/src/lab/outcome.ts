// What came of a run, with the rule of who counts: all who have the file in the end. Who left or was lost without it is
// in the list, but the time is that of the others. The same for measured and simulated runs. Knows nothing of how
// either goes.
import { boundsOf, castOf, type Experiment, type ExperimentResult, lies, resultOf } from '@swarmdrop/core/simulation'
import { withoutPeers } from './settings'

/** One peer of the run in its place; undefined: it was not there at all. */
export type PeerPart =
  | { name: string; completedAfterMs: number | undefined; uploadedBytes: number; downloadedBytes: number }
  | undefined

export type RunOutcome = { experiment: Experiment; measured: ExperimentResult; names: string[] }

/** The experiment as far as it was run, and its result; undefined when nobody was there. `parts`: as in its cast. */
export function outcomeOf(
  planned: Experiment,
  parts: readonly PeerPart[],
  serverUploadedBytes: number,
): RunOutcome | undefined {
  const missing = new Set(parts.flatMap((part, index) => (part ? [] : [index])))
  const experiment = withoutPeers(planned, missing)
  if (!experiment) return undefined
  const present = parts.filter((part) => part !== undefined)
  const measured = resultOfThoseWhoHaveIt(experiment, serverUploadedBytes, present)
  return { experiment, measured, names: present.map(({ name }) => name) }
}

/**
 * A simulated run has no time when a peer leaves for good without the file. Here it has that of the others, as the
 * measured one beside it has.
 */
export function asMeasured(experiment: Experiment, simulated: ExperimentResult): ExperimentResult {
  const { peers } = castOf(experiment)
  const without = peers.filter((_, place) => simulated.peers[place]?.completedAtSeconds === null)
  const honest = without.filter(({ behaviour }) => !lies(behaviour))
  const isByPlan = honest.every(({ leaveAtMs, rejoinAtMs }) => leaveAtMs !== undefined && rejoinAtMs === undefined)
  if (honest.length === 0 || !isByPlan || without.length === peers.length) return simulated
  const parts = simulated.peers.map(({ completedAtSeconds, ...part }) => ({
    ...part,
    completedAfterMs: completedAtSeconds === null ? undefined : completedAtSeconds * 1000,
  }))
  return resultOfThoseWhoHaveIt(experiment, simulated.serverUploadedBytes, parts)
}

function resultOfThoseWhoHaveIt(
  experiment: Experiment,
  serverUploadedBytes: number,
  parts: readonly Pick<NonNullable<PeerPart>, 'completedAfterMs' | 'uploadedBytes' | 'downloadedBytes'>[],
): ExperimentResult {
  const { peers: cast } = castOf(experiment)
  const peers = parts.map(({ completedAfterMs, uploadedBytes, downloadedBytes }, place) => ({
    id: cast[place]?.id ?? '',
    isCounted: completedAfterMs !== undefined,
    completedAtMs: completedAfterMs,
    uploadedBytes,
    downloadedBytes,
  }))
  const result = resultOf(experiment, boundsOf(experiment), { uploadedBytes: serverUploadedBytes }, peers, 0)
  // The bound is that of serving everybody: to serve fewer in less time is no feat.
  const servedAll = cast.every(({ behaviour }, place) => lies(behaviour) || peers[place]?.isCounted)
  return servedAll ? result : { ...result, ratio: null }
}

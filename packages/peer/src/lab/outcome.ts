// What came of a run, with the rule of who counts: all who have the file in the end. Who left or was lost without it is
// in the list, but the time is that of the others. The same for measured and simulated runs. Knows nothing of how
// either goes.
import {
  boundsOf,
  type Experiment,
  type ExperimentResult,
  lies,
  participantsOf,
  resultOf,
} from '@swarmdrop/core/simulation'
import { withoutPeers } from './settings'

/** What came of one participant; undefined: it was not there at all. */
export type ParticipantOutcome =
  | { name: string; completedAfterMs: number | undefined; uploadedBytes: number; downloadedBytes: number }
  | undefined

export type RunOutcome = { experiment: Experiment; measured: ExperimentResult; names: string[] }

/**
 * The experiment as far as it was run, and its result; undefined when nobody was there. `outcomes`: in the order of its
 * peers.
 */
export function outcomeOf(
  planned: Experiment,
  outcomes: readonly ParticipantOutcome[],
  serverUploadedBytes: number,
): RunOutcome | undefined {
  const missing = new Set(outcomes.flatMap((outcome, index) => (outcome ? [] : [index])))
  const experiment = withoutPeers(planned, missing)
  if (!experiment) return undefined
  const present = outcomes.filter((outcome) => outcome !== undefined)
  const measured = resultOfThoseWhoHaveIt(experiment, serverUploadedBytes, present)
  return { experiment, measured, names: present.map(({ name }) => name) }
}

/**
 * A simulated run has no time when a peer leaves for good without the file. Here it has that of the others, as the
 * measured run has with which it is compared.
 */
export function asMeasured(experiment: Experiment, simulated: ExperimentResult): ExperimentResult {
  const { peers } = participantsOf(experiment)
  const without = peers.filter((_, index) => simulated.peers[index]?.completedAtSeconds === null)
  const honest = without.filter(({ behaviour }) => !lies(behaviour))
  const isByPlan = honest.every(({ leaveAtMs, rejoinAtMs }) => leaveAtMs !== undefined && rejoinAtMs === undefined)
  if (honest.length === 0 || !isByPlan || without.length === peers.length) return simulated
  const outcomes = simulated.peers.map(({ completedAtSeconds, ...outcome }) => ({
    ...outcome,
    completedAfterMs: completedAtSeconds === null ? undefined : completedAtSeconds * 1000,
  }))
  return resultOfThoseWhoHaveIt(experiment, simulated.serverUploadedBytes, outcomes)
}

function resultOfThoseWhoHaveIt(
  experiment: Experiment,
  serverUploadedBytes: number,
  outcomes: readonly Pick<NonNullable<ParticipantOutcome>, 'completedAfterMs' | 'uploadedBytes' | 'downloadedBytes'>[],
): ExperimentResult {
  const { peers: planned } = participantsOf(experiment)
  const peers = outcomes.map(({ completedAfterMs, uploadedBytes, downloadedBytes }, index) => ({
    id: planned[index]?.id ?? '',
    isCounted: completedAfterMs !== undefined,
    completedAtMs: completedAfterMs,
    uploadedBytes,
    downloadedBytes,
  }))
  const result = resultOf(experiment, boundsOf(experiment), { uploadedBytes: serverUploadedBytes }, peers, 0)
  // The bound is that of serving everybody: to serve fewer in less time is no feat.
  const servedAll = planned.every(({ behaviour }, index) => lies(behaviour) || peers[index]?.isCounted)
  return servedAll ? result : { ...result, ratio: null }
}

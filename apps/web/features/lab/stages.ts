// Where each participant of the run under way stands. Pure.
import type { LabSnapshot, ParticipantSummary } from '@swarmdrop/peer/lab'

/** The stage of each participant; empty where no run is under way. */
export function stagesOf({
  phase,
  run,
}: Pick<LabSnapshot, 'phase' | 'run'>): ReadonlyMap<string, ParticipantSummary['stage']> {
  const isUnderWay = phase === 'connecting' || phase === 'running'
  return new Map(isUnderWay ? run?.participants.map(({ id, stage }) => [id, stage]) : [])
}

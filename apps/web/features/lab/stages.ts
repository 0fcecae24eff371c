// Where each member of the run under way stands. Pure.
import type { LabSnapshot, MemberSummary } from '@swarmdrop/peer/lab'

/** The stage of each member; empty where no run is under way. */
export function stagesOf({
  phase,
  run,
}: Pick<LabSnapshot, 'phase' | 'run'>): ReadonlyMap<string, MemberSummary['stage']> {
  const isUnderWay = phase === 'connecting' || phase === 'running'
  return new Map(isUnderWay ? run?.members.map(({ id, stage }) => [id, stage]) : [])
}

// Whether a run can be believed, or tells more of the machine than of what was set. Says nothing in words.
import type { ExperimentResult } from '@swarmdrop/core/simulation'

/**
 * Why a run tells more of the machine than of what was set. `slower`: well behind its simulation. `faster`: in less time than is possible,
 * as timers tick too coarsely for it. `stood-still`: the page that led it did, for a good part of the time.
 */
export type Doubt = 'slower' | 'faster' | 'stood-still'

/** A run may take this much longer than its simulation, and a short one by so many seconds. */
const SLOWER = { times: 1.25, seconds: 0.5 }
/** Of the bound: below, it is not rounding any more. */
const FASTER = 0.98
const STOOD_STILL_SHARE = 0.1

/** `stoodStillShare`: for how much of the time the page that led it stood still, from 0 to 1. */
type MadeRun = { measured: ExperimentResult; simulated: ExperimentResult; stoodStillShare?: number | undefined }

/** Empty: it can be believed. */
export function doubtsOf(result: MadeRun): Doubt[] {
  const { measured, simulated, stoodStillShare = 0 } = result
  const { distributionSeconds: seconds, ratio } = measured
  const foreseen = simulated.distributionSeconds
  const doubts: Doubt[] = []
  if (seconds !== null && foreseen !== null && seconds > Math.max(SLOWER.times * foreseen, foreseen + SLOWER.seconds))
    doubts.push('slower')
  if (ratio !== null && ratio < FASTER) doubts.push('faster')
  if (stoodStillShare > STOOD_STILL_SHARE) doubts.push('stood-still')
  return doubts
}

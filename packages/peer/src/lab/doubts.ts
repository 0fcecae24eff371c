// Whether a run can be believed, or tells more of the machine than of what was set. Says nothing in words.
import type { Experiment, ExperimentResult } from '@swarmdrop/core/simulation'
import { bindingOf } from './limited-share'

/**
 * Why a run tells more of the machine than of what was set. `slower`: well behind its simulation. `faster`: in less
 * time than is possible, as timers tick too coarsely for it. `stood-still`: the page that led it did, for a good part
 * of the time. `unlimited`: the limits that set its pace by theory hardly ever held anything back.
 */
export type Doubt = 'slower' | 'faster' | 'stood-still' | 'unlimited'

/** A run may take this much longer than its simulation, and a short one by so many seconds. */
const SLOWER = { times: 1.25, seconds: 0.5 }
/** The share of the bound below which a time is no matter of rounding any more. */
const FASTER = 0.98
const STOOD_STILL_SHARE = 0.1
/** The least share of the time for which the simulation uses these uplinks. */
const LIMITED_LEAST = 1 / 3

type MadeRun = {
  experiment: Experiment
  measured: ExperimentResult
  simulated: ExperimentResult
  /** The share of the time for which the page that led it stood still, from 0 to 1. */
  stoodStillShare?: number | undefined
  /** The share of the time for which uplinks were limited, as `limitedShareOf` gives it. */
  limitedShare?: number | undefined
}

/** Empty: it can be believed. */
export function doubtsOf(result: MadeRun): Doubt[] {
  const { measured, simulated, stoodStillShare = 0 } = result
  const { distributionSeconds: seconds, ratio } = measured
  const simulatedSeconds = simulated.distributionSeconds
  const doubts: Doubt[] = []
  if (
    seconds !== null &&
    simulatedSeconds !== null &&
    seconds > Math.max(SLOWER.times * simulatedSeconds, simulatedSeconds + SLOWER.seconds)
  )
    doubts.push('slower')
  if (ratio !== null && ratio < FASTER) doubts.push('faster')
  if (stoodStillShare > STOOD_STILL_SHARE) doubts.push('stood-still')
  if (isUnlimited(result)) doubts.push('unlimited')
  return doubts
}

/** Few chunks leave uplinks idle in the simulation too. */
function isUnlimited({ experiment, measured, simulated, limitedShare }: MadeRun): boolean {
  if (limitedShare === undefined) return false
  const isServers = bindingOf(experiment, measured.bounds) === 'server-upload'
  const used = isServers ? serverUse(experiment, simulated) : simulated.uploadUtilisation
  return limitedShare < LIMITED_LEAST * Math.min(1, used)
}

/** What the server sent, as a share of what its uplink could have sent in that time. */
const serverUse = ({ server }: Experiment, { distributionSeconds, serverUploadedBytes }: ExperimentResult): number =>
  distributionSeconds ? serverUploadedBytes / (server.uploadBytesPerSecond * distributionSeconds) : 0

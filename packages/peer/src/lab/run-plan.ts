// Which runs are to be made, in which order, and how long they will last. Makes none.
import { boundsOf, capacitiesOf, type Experiment, type Mode } from '@swarmdrop/core/simulation'
import { experimentOf, type LabSettings, sweepSizes } from './settings'

export type Step = { settings: LabSettings; mode: Mode; peers: number }

/** Connecting, the start that is agreed on, and the last reports. */
const AROUND_RUN_SECONDS = 3
/** How much longer real runs take than their bound, on average. */
const BEYOND_BOUND: Record<Mode, number> = { p2p: 1.15, 'client-server': 1.03 }

/**
 * The steps for what is set, so many times; both ways in turn where both are wanted. Each time has a seed of its own.
 */
export function runSteps(settings: LabSettings, peers: number, repeats: number): Step[] {
  const modes = settings.mode === 'both' ? (['p2p', 'client-server'] as const) : [settings.mode]
  return repeated(repeats, (seed) =>
    modes.map((mode) => ({ settings: { ...settings, seed: settings.seed + seed }, mode, peers })),
  )
}

/** The known figure with real peers: each number of them, both ways. Special ones take part in every run. */
export function sweepSteps(settings: LabSettings, peers: number, repeats: number): Step[] {
  return repeated(repeats, (seed) =>
    sweepPeers(settings, peers).flatMap((n): Step[] =>
      (['p2p', 'client-server'] as const).map((mode) => ({
        settings: { ...settings, seed: settings.seed + seed },
        mode,
        peers: n,
      })),
    ),
  )
}

/** The numbers of peers of a sweep: those with at least one peer that is like everybody, and the whole. */
export function sweepPeers({ specials }: LabSettings, peers: number): number[] {
  const special = specials.reduce((sum, { count }) => sum + count, 0)
  return sweepSizes(peers).filter((n) => n > special || n === peers)
}

const repeated = (times: number, steps: (time: number) => Step[]): Step[] =>
  Array.from({ length: times }, (_, time) => steps(time)).flat()

export const experimentOfStep = ({ settings, mode, peers }: Step): Experiment => experimentOf(settings, mode, peers)

/** About how long these take, one after another. */
export function secondsOf(steps: readonly Step[]): number {
  return steps.reduce((sum, step) => sum + AROUND_RUN_SECONDS + secondsOfRun(step), 0)
}

function secondsOfRun(step: Step): number {
  if (step.peers === 0) return 0
  const experiment = experimentOfStep(step)
  // Of liars alone, theory says nothing.
  if (capacitiesOf(experiment).peers.length === 0) return 0
  const { chunked, clientServer } = boundsOf(experiment)
  const seconds = (step.mode === 'p2p' ? chunked : clientServer) * BEYOND_BOUND[step.mode]
  const latest = Math.max(0, ...experiment.peers.map(({ joinAtSeconds = 0 }) => joinAtSeconds))
  return latest + seconds
}

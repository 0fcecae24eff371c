// Runs the page's experiments one after another, and keeps what came out as long as the page is open. Draws nothing.
import { type Experiment, modes, type SimulationOutcome } from '@swarmdrop/core/simulation'
import { useCallback, useEffect, useRef, useState } from 'react'
import { simulateOffThread } from '../../session/experiments'
import type { RunPoint } from '../charts/distribution-data'
import { experimentFor } from '../experiment/state-experiment'
import { peerCount, type TheoryState } from '../experiment/theory-state'
import { type Run, writeQuery } from '../experiment/url-state'
import { simulationProblem, sweepFor } from './answers'

export type SimulatedRun = { experiment: Experiment; n: number } & SimulationOutcome

export type Simulating =
  | { phase: 'idle' }
  /** `share`: 0 to 1, of all that was asked for. */
  | { phase: 'running'; what: string; share: number }
  | { phase: 'failed'; reason: string }

const NO_POINTS: RunPoint[] = []

export function useSimulation(state: TheoryState) {
  const [simulating, setSimulating] = useState<Simulating>({ phase: 'idle' })
  const [points, setPoints] = useState<ReadonlyMap<string, RunPoint[]>>(new Map())
  const [last, setLast] = useState<SimulatedRun>()
  const running = useRef<AbortController>(undefined)
  useEffect(() => () => running.current?.abort(), [])

  const start = useCallback(
    async (run: Run) => {
      running.current?.abort()
      const reason = simulationProblem(state)
      if (reason !== undefined) return setSimulating({ phase: 'failed', reason })
      const abort = new AbortController()
      running.current = abort
      const jobs = jobsFor(state, run)
      const work = jobs.reduce((sum, { n }) => sum + n, 0)
      let done = 0
      try {
        for (const { mode, n } of jobs) {
          const experiment = experimentFor(state, mode, n)
          const report = ({ share }: { share: number }) =>
            setSimulating({ phase: 'running', what: experiment.name, share: (done + share * n) / work })
          report({ share: 0 })
          const outcome = await simulateOffThread(experiment, report, abort.signal)
          done += n
          const seconds = outcome.result.distributionSeconds
          if (seconds !== null) setPoints((known) => withPoint(known, keyOf(state), { n, seconds, mode }))
          if (run === 'one') setLast({ experiment, n, ...outcome })
        }
        setSimulating({ phase: 'idle' })
      } catch (error) {
        if (abort.signal.aborted) return
        setSimulating({ phase: 'failed', reason: error instanceof Error ? error.message : String(error) })
      }
    },
    [state],
  )
  const cancel = useCallback(() => {
    running.current?.abort()
    setSimulating({ phase: 'idle' })
  }, [])
  return { simulating, points: points.get(keyOf(state)) ?? NO_POINTS, last, start, cancel }
}

function jobsFor(state: TheoryState, run: Run): { mode: RunPoint['mode']; n: number }[] {
  if (run === 'one') return [{ mode: state.mode, n: peerCount(state) }]
  return sweepFor(state).flatMap((n) => modes.map((mode) => ({ mode, n })))
}

/** Points of other settings are wrong here; N and who sends are what a chart compares. */
function keyOf(state: TheoryState): string {
  const { classes } = state
  const mix = classes.length === 1 ? classes.map((one) => ({ ...one, count: 1 })) : classes
  return writeQuery({ ...state, mode: 'p2p', classes: mix })
}

function withPoint(known: ReadonlyMap<string, RunPoint[]>, key: string, point: RunPoint): Map<string, RunPoint[]> {
  const others = (known.get(key) ?? []).filter(({ n, mode }) => n !== point.n || mode !== point.mode)
  return new Map(known).set(key, [...others, point])
}

'use client'
// The theory page: settings, what theory answers to them, a simulation next to it, and its replay. Knows nothing of
// files or tabs.
import { useEffect, useMemo, useRef } from 'react'
import { DistributionChart } from '../charts/distribution-chart'
import { experimentFor } from '../experiment/state-experiment'
import { peerCount } from '../experiment/theory-state'
import { Notice } from '../ui/notice'
import { answer, curvesFor } from './answers'
import { AnswersView } from './answers-view'
import { Bound } from './bound'
import { Presets } from './presets-view'
import { ReplayView } from './replay-view'
import { Settings } from './settings'
import { SimulatePanel } from './simulate-panel'
import styles from './theory.module.css'
import { useAddress } from './use-address'
import { useSimulation } from './use-simulation'

export function TheoryPage() {
  const { state, run, wrong, change, setRun } = useAddress()
  const answers = useMemo(() => answer(state), [state])
  const curves = useMemo(() => curvesFor(state), [state])
  const { simulating, points, last, start, cancel } = useSimulation(state)
  const isStale =
    last !== undefined && JSON.stringify(last.experiment) !== JSON.stringify(experimentFor(state, last.experiment.mode))

  // What was simulated where the link was copied is simulated again, once.
  const wanted = useRef(true)
  useEffect(() => {
    if (!wanted.current || run === undefined) return
    wanted.current = false
    void start(run)
  }, [run, start])

  return (
    <div className={styles.page} data-wide="">
      <div className={styles.head}>
        <h1>How fast can a file spread?</h1>
        <p className={styles.lede}>
          N peers want a file. One server can send a copy to each, or the peers can pass it on among themselves. Theory
          gives the shortest possible time for both.
        </p>
      </div>
      {wrong.length > 0 && (
        <Notice title="Part of this link could not be read" tone="wait">
          The textbook figure’s values are used instead of {wrong.join(', ')}.
        </Notice>
      )}
      <div className={styles.live}>
        <div className={styles.set}>
          <Presets onChange={change} state={state} />
          <Settings onChange={change} state={state} />
        </div>
        <div className={styles.shown}>
          <AnswersView answers={answers} onChange={change} state={state} />
          <Bound onChange={change} state={state} />
          <DistributionChart curves={curves} height={340} markedN={peerCount(state)} simulated={points} />
        </div>
      </div>
      <SimulatePanel
        onCancel={() => {
          setRun(undefined)
          cancel()
        }}
        onChange={change}
        onStart={(next) => {
          wanted.current = false
          setRun(next)
          void start(next)
        }}
        simulating={simulating}
        state={state}
      />
      {last !== undefined && (
        <div className={styles.last} data-stale={isStale}>
          {isStale && (
            <Notice title="This run was simulated for other settings" tone="wait">
              Simulate again to see it for the ones above.
            </Notice>
          )}
          <ReplayView key={JSON.stringify(last.experiment)} run={last} />
        </div>
      )}
    </div>
  )
}

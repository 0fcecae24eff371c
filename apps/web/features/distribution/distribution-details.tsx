// What sets the pace, the curves with the measured point, and whose speeds they are made of. The chart is fetched when
// it is first wanted.

import type { Distribution, DistributionBounds, TransferSnapshot } from '@swarmdrop/peer'
import { lazy, Suspense, useMemo } from 'react'
import { retryUntilDone } from '../../session/retry-until-done'
import { PLAIN_WORDS } from '../charts/chart-words'
import controls from '../ui/controls.module.css'
import { haveEqualFields, useThrottled } from '../ui/use-throttled'
import { curvesOf } from './curves'
import styles from './distribution-panel.module.css'
import { SpeedsTable } from './speeds-table'
import { basisWords, caveats, choosingPart, countedWords, gainWords, paceWords } from './words'

const PLOT_HEIGHT = 240
/** How often the curves are drawn again while a transfer runs, which needs the time itself. */
const CREEP_MS = 2_000

const Chart = lazy(async () => ({
  default: (await retryUntilDone(() => import('../charts/distribution-chart'))).DistributionChart,
}))

export function DistributionDetails({ snapshot }: { snapshot: TransferSnapshot }) {
  const { distribution } = snapshot
  const { bounds } = distribution
  return (
    <div className={styles.details}>
      <div className={styles.words}>
        <p
          className={controls.figures}
        >{`${countedWords(snapshot)}. ${paceWords(distribution, choosingPart(snapshot))}`}</p>
        <p className={controls.figures}>{gainWords(distribution)}</p>
        <p className={controls.quiet}>{basisWords(distribution)}</p>
      </div>
      <div className={styles.chart}>
        {bounds ? (
          <Suspense fallback={<div className={styles.plotPlace} />}>
            <CurvesChart bounds={bounds} distribution={distribution} />
          </Suspense>
        ) : (
          <p className={styles.plotPlace}>The curves appear when the speeds are known.</p>
        )}
      </div>
      <p className={controls.quiet}>
        Dashed lines are theory: the shortest possible time for that many people at these speeds, if only the sender
        uploads and if everyone passes it on. The dot is the time measured here; until the end, a line shows the time so
        far.
      </p>
      <SpeedsTable people={distribution.people} />
      <ul className={`${controls.quiet} ${styles.caveats}`}>
        {caveats(snapshot).map((words) => (
          <li key={words}>{words}</li>
        ))}
      </ul>
    </div>
  )
}

function CurvesChart({ bounds, distribution }: { bounds: DistributionBounds; distribution: Distribution }) {
  const { count, measuredSeconds = 0, phase } = distribution
  const latest = { ...bounds, count, seconds: Number(measuredSeconds.toFixed(1)) }
  const drawn = useThrottled(latest, phase === 'done' ? 0 : CREEP_MS, haveEqualFields)
  const curves = useMemo(() => curvesOf(drawn, drawn.count), [drawn])
  const run = useMemo(() => [{ n: drawn.count, seconds: drawn.seconds, mode: 'p2p' as const }], [drawn])
  const measured = phase === 'done' ? { measured: run } : { running: run }
  return <Chart curves={curves} height={PLOT_HEIGHT} markedN={drawn.count} words={PLAIN_WORDS} {...measured} />
}

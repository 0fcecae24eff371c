// A | B: what differs, runs and simulations of both, and which is quicker. Judges nothing itself.
import {
  type ComparedSide,
  comparedOf,
  comparisonOf,
  comparisonSteps,
  doubtsOf,
  estimateOf,
  type LabHost,
  type LabSettings,
  type LabSnapshot,
  ratioOf,
  secondsOf,
} from '@swarmdrop/peer/lab'
import { useMemo } from 'react'
import { differenceOf } from '../experiment/settings-words'
import { Bar } from '../ui/bar'
import controls from '../ui/controls.module.css'
import { countOf, formatAbout } from '../ui/format'
import styles from './compare.module.css'
import { ComparedStrip, type StripLine } from './compared-strip'
import type { ShownRun } from './lab-replay'
import { ratioWords } from './repeat-words'

type CompareCardProps = {
  host: LabHost
  snapshot: LabSnapshot
  /** Shows two runs side by side. */
  onWatch: (pair: ShownRun[]) => void
}

export function CompareCard({ host, snapshot, onWatch }: CompareCardProps) {
  const { compared } = snapshot
  if (!compared) return null
  return <Comparison a={compared} host={host} onWatch={onWatch} snapshot={snapshot} />
}

function Comparison({ a, host, snapshot, onWatch }: CompareCardProps & { a: LabSettings }) {
  const { settings: b, peerCount, results, repeats, phase } = snapshot
  const busy = phase === 'connecting' || phase === 'running'
  const sides = useMemo(() => comparedOf(a, b, peerCount, results), [a, b, peerCount, results])
  const names = differenceOf(
    { settings: a, mode: sides.a.experiment.mode },
    { settings: b, mode: sides.b.experiment.mode },
  )
  return (
    <section
      aria-labelledby="comparison"
      className={styles.comparison}
      data-high={sides.ratio?.interval.high ?? ''}
      data-low={sides.ratio?.interval.low ?? ''}
      data-testid="lab-comparison"
      data-times={sides.ratio?.times ?? ''}
    >
      <div className={styles.head}>
        <h2 id="comparison">A | B</h2>
        <button className={controls.link} onClick={() => host.compare(undefined)} type="button">
          End the comparison
        </button>
      </div>
      {names ? (
        <>
          <dl className={styles.names}>
            <Side letter="A" name={names.a} />
            <Side letter="B" name={names.b} />
          </dl>
          {names.count > 1 && (
            <p className={styles.wait}>
              They differ in {names.count} things, so you cannot tell which one made the difference.
            </p>
          )}
          {!busy && (
            <div className={styles.ways}>
              <button
                className={controls.primary}
                data-testid="lab-run-comparison"
                disabled={peerCount === 0}
                onClick={() => void host.runComparison()}
                type="button"
              >
                Run A and B in turn, {countOf(repeats, 'time')}
              </button>
              <button
                className={controls.plain}
                data-testid="lab-simulate-comparison"
                disabled={peerCount === 0}
                onClick={() => void host.simulateComparison()}
                type="button"
              >
                Simulate 30 of each
              </button>
              {peerCount > 0 && (
                <span className={controls.quiet}>
                  about {formatAbout(secondsOf(comparisonSteps(a, b, peerCount, repeats)))} for the runs
                </span>
              )}
            </div>
          )}
          <Measured names={names} onWatch={busy ? undefined : onWatch} sides={sides} />
          <Simulated host={host} names={names} snapshot={snapshot} />
        </>
      ) : (
        <p>A is what was set when you pressed Compare. Now change one thing in the settings: that is B.</p>
      )}
    </section>
  )
}

const Side = ({ letter, name }: { letter: string; name: string }) => (
  <div>
    <dt>{letter}</dt>
    <dd>{name}</dd>
  </div>
)

type Names = { a: string; b: string }
type MeasuredProps = {
  sides: ReturnType<typeof comparedOf>
  names: Names
  onWatch: CompareCardProps['onWatch'] | undefined
}

function Measured({ sides: { a, b, ratio }, names, onWatch }: MeasuredProps) {
  if (a.runs.length === 0 && b.runs.length === 0) return null
  const last = [lastRecorded(a, `A: ${names.a}`), lastRecorded(b, `B: ${names.b}`)].filter((run) => run !== undefined)
  return (
    <div className={styles.part}>
      <h3>Measured</h3>
      <p className={styles.verdict}>
        {ratio ? ratioWords(names.a, names.b, ratio) : 'Each side needs at least two runs that can be trusted.'}
      </p>
      <ComparedStrip fill="solid" lines={[lineOf('A', a), lineOf('B', b)]} what="Measured times" />
      {onWatch && last.length === 2 && (
        <div>
          <button className={controls.plain} onClick={() => onWatch(last)} type="button">
            Watch both side by side
          </button>
        </div>
      )}
    </div>
  )
}

function lastRecorded({ runs }: ComparedSide, name: string): ShownRun | undefined {
  const result = runs.findLast(({ recording }) => recording !== undefined)
  return result && { result, name }
}

const lineOf = (name: string, { runs, seconds, estimate }: ComparedSide): StripLine => ({
  name,
  seconds,
  doubtful: runs.filter((run) => doubtsOf(run).length > 0).flatMap((run) => run.measured.distributionSeconds ?? []),
  estimate,
})

function Simulated({ host, names, snapshot }: { host: LabHost; names: Names; snapshot: LabSnapshot }) {
  const { simulations, compared, settings, peerCount } = snapshot
  if (!simulations || !compared || simulations.of !== comparisonOf(compared, settings, peerCount)) return null
  if (simulations.phase === 'failed')
    return (
      <p className={styles.wait} role="alert">
        {simulations.reason}
      </p>
    )
  if (simulations.phase === 'running') {
    const percent = Math.floor((100 * simulations.done) / simulations.all)
    return (
      <div className={styles.progress}>
        <span className={controls.figures}>
          {simulations.done} of {simulations.all} simulated
        </span>
        <Bar label="Simulations" percent={percent} />
        <button className={controls.plain} onClick={() => host.cancelSimulations()} type="button">
          Cancel
        </button>
      </div>
    )
  }
  const { a, b } = simulations
  const ratio = ratioOf(b, a)
  const line = (name: string, seconds: number[]) => ({ name, seconds, doubtful: [], estimate: estimateOf(seconds) })
  return (
    <div className={styles.part} data-testid="lab-simulated">
      <h3>Simulated</h3>
      <p className={styles.verdict}>{ratio ? ratioWords(names.a, names.b, ratio) : 'Not everybody got the file.'}</p>
      <ComparedStrip fill="hollow" lines={[line('A', a), line('B', b)]} what="Simulated times" />
    </div>
  )
}

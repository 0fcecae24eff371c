// Start, sweep, cancel, and a line that says where things stand. Knows nothing of how a run goes.
import { type LabHost, type LabSnapshot, MAX_REPEATS, secondsOf, sweepPeers, sweepSteps } from '@swarmdrop/peer/lab'
import controls from '../ui/controls.module.css'
import { formatAbout } from '../ui/format'
import { NumberField } from '../ui/number-field'
import { Term } from '../ui/term'
import { phaseInWords } from './phase-words'
import styles from './teacher.module.css'

export function RunControls({ host, snapshot }: { host: LabHost; snapshot: LabSnapshot }) {
  const { phase, settings } = snapshot
  const busy = phase === 'connecting' || phase === 'running'
  const count = snapshot.peerCount
  return (
    <section aria-label="The run" className={styles.controls}>
      <p
        aria-live="polite"
        className={`${styles.phase} ${controls.figures}`}
        data-phase={phase}
        data-testid="lab-phase"
      >
        {phaseInWords(snapshot)}
      </p>
      <div className={styles.buttons}>
        {busy ? (
          <button className={controls.plain} data-testid="lab-cancel" onClick={() => host.cancel()} type="button">
            Cancel
          </button>
        ) : (
          <>
            <div className={styles.repeats}>
              <NumberField
                label="Repeat"
                least={1}
                means="How many times each run is made, in turn. The figure then shows the mean and its 95 % confidence interval."
                most={MAX_REPEATS}
                onValue={(repeats) => host.repeat(repeats)}
                testId="lab-repeat"
                value={snapshot.repeats}
              />
            </div>
            <button
              className={snapshot.compared === undefined ? controls.primary : controls.plain}
              data-testid="lab-start"
              disabled={count === 0}
              onClick={() => void host.run()}
              type="button"
            >
              {startWords(snapshot)}
            </button>
            {snapshot.compared === undefined && (
              <button
                className={controls.plain}
                data-testid="lab-compare"
                onClick={() => beginComparison(host)}
                type="button"
              >
                Compare…
              </button>
            )}
            <span className={styles.sweep}>
              <button
                className={controls.plain}
                data-testid="lab-sweep"
                disabled={count === 0}
                onClick={() => void host.sweep()}
                type="button"
              >
                Sweep
              </button>
              <Term means={SWEEP_MEANS}>
                N = {count === 0 ? '1, 2, 4, …' : sizesInWords(sweepPeers(settings, count))}
              </Term>
              {count > 0 && (
                <span className={controls.quiet}>
                  about {formatAbout(secondsOf(sweepSteps(settings, count, snapshot.repeats)))}
                </span>
              )}
            </span>
          </>
        )}
      </div>
    </section>
  )
}

/** A single run of each tells nothing of chance. */
const COMPARED_REPEATS = 5

/** What is set becomes A; what is changed from then on is B. */
export function beginComparison(host: LabHost): void {
  const { settings, repeats } = host.getSnapshot()
  if (repeats === 1) host.repeat(COMPARED_REPEATS)
  host.compare(settings)
}

const SWEEP_MEANS =
  'Runs the experiment with 1, 2, 4, … up to all peers, in both modes, and draws the known figure. Special peers take part in every run, so the first run has more peers than there are special ones.'

function startWords({ settings: { mode }, repeats }: LabSnapshot): string {
  if (repeats === 1) return mode === 'both' ? 'Start both runs' : 'Start'
  return `Start ${mode === 'both' ? `${repeats} × 2` : repeats} runs`
}

const sizesInWords = (sizes: number[]) =>
  sizes.length > 5 ? `${sizes.slice(0, 3).join(', ')}, … ${sizes.at(-1)}` : sizes.join(', ')

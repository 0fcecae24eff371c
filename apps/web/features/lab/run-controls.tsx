// Start, sweep, cancel, and a line that says where things stand. Knows nothing of how a run goes.
import { type LabHost, type LabSnapshot, sweepSizes } from '@swarmdrop/peer'
import controls from '../ui/controls.module.css'
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
            <button
              className={controls.primary}
              data-testid="lab-start"
              disabled={count === 0}
              onClick={() => void host.run()}
              type="button"
            >
              {settings.mode === 'both' ? 'Start both runs' : 'Start'}
            </button>
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
              <Term means="Runs the experiment with 1, 2, 4, … and all peers, each by client-server and peer-to-peer, and draws the known figure.">
                N = {count === 0 ? '1, 2, 4, …' : sizesInWords(sweepSizes(count))}
              </Term>
            </span>
          </>
        )}
      </div>
    </section>
  )
}

const sizesInWords = (sizes: number[]) =>
  sizes.length > 5 ? `${sizes.slice(0, 3).join(', ')}, … ${sizes.at(-1)}` : sizes.join(', ')

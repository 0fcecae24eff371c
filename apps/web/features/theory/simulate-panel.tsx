// Starts simulations, and says how far they are. Runs none.
import { MEANS, MODE_WORDS } from '../experiment/labels'
import { PolicyChoices } from '../experiment/policy-choices'
import { MOST_SEED, peerCount, type TheoryState } from '../experiment/theory-state'
import type { Run } from '../experiment/url-state'
import { Announce } from '../ui/announce'
import { Bar } from '../ui/bar'
import { Choice } from '../ui/choice'
import controls from '../ui/controls.module.css'
import { formatPercent } from '../ui/format'
import { NumberField } from '../ui/number-field'
import settings from './settings.module.css'
import styles from './theory.module.css'
import type { Simulating } from './use-simulation'

type SimulatePanelProps = {
  state: TheoryState
  simulating: Simulating
  onChange: (change: Partial<TheoryState>) => void
  onStart: (run: Run) => void
  onCancel: () => void
}

export function SimulatePanel({ state, simulating, onChange, onStart, onCancel }: SimulatePanelProps) {
  return (
    <section aria-labelledby="simulate" className={styles.simulate}>
      <div>
        <h2 id="simulate">How long does it really take?</h2>
        <p className={controls.quiet}>
          The simulation runs this site’s own code once for each peer, in virtual time. Its points in the chart are
          hollow.
        </p>
      </div>
      <div className={settings.rules}>
        <Choice
          label="Mode"
          means={MEANS.mode}
          onChoose={(mode) => onChange({ mode })}
          options={MODE_WORDS}
          testId="theory-mode"
          value={state.mode}
        />
        <PolicyChoices onChange={onChange} page="theory" policy={state} />
        <NumberField
          label="Seed"
          least={0}
          means={MEANS.seed}
          most={MOST_SEED}
          onValue={(seed) => onChange({ seed })}
          testId="theory-seed"
          value={state.seed}
        />
      </div>
      <div className={styles.run}>
        {simulating.phase === 'running' ? (
          <Running onCancel={onCancel} share={simulating.share} what={simulating.what} />
        ) : (
          <>
            <button
              className={controls.primary}
              data-testid="theory-simulate"
              onClick={() => onStart('one')}
              type="button"
            >
              Simulate N = {peerCount(state)}
            </button>
            <button
              className={controls.plain}
              data-testid="theory-simulate-curve"
              onClick={() => onStart('curve')}
              type="button"
            >
              Simulate the curve
            </button>
          </>
        )}
      </div>
      <output className={styles.failed}>{simulating.phase === 'failed' ? simulating.reason : ''}</output>
    </section>
  )
}

function Running({ what, share, onCancel }: { what: string; share: number; onCancel: () => void }) {
  const percent = Math.floor(100 * share)
  return (
    <>
      <span className={styles.progress}>
        <span className={`${styles.what} ${controls.figures}`}>
          <span>{what}</span>
          <span>{formatPercent(percent)}</span>
        </span>
        <Bar label="Simulation" percent={percent} testId="theory-progress" />
      </span>
      <button className={controls.plain} data-testid="theory-cancel" onClick={onCancel} type="button">
        Cancel
      </button>
      <Announce percent={percent} say={(step) => `${step} percent simulated`} />
    </>
  )
}

// The run as files: the experiment, as the command line takes it, and its result, as the command line prints it.
import { saveText } from '../../session/files'
import { fileStem, saveExperiment } from '../experiment/save-experiment'
import styles from '../replay/replay.module.css'
import controls from '../ui/controls.module.css'
import type { SimulatedRun } from './use-simulation'

export function SaveRun({ run: { experiment, result } }: { run: SimulatedRun }) {
  const stem = fileStem(experiment)
  return (
    <div className={styles.save}>
      <button
        className={controls.plain}
        data-testid="theory-save-experiment"
        onClick={() => saveExperiment(experiment)}
        type="button"
      >
        Save the experiment
      </button>
      <button
        className={controls.plain}
        data-testid="theory-save-result"
        onClick={() => saveText(`${stem}-result.json`, JSON.stringify(result), 'application/json')}
        type="button"
      >
        Save the result
      </button>
      <span className={controls.quiet}>
        <code>npm run simulate -- {stem}.json</code> gives exactly the same result.
      </span>
    </div>
  )
}

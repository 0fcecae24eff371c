// The run as files: the experiment, as the command line takes it, and its result, as the command line prints it.
import controls from '../ui/controls.module.css'
import styles from './replay.module.css'
import type { SimulatedRun } from './use-simulation'

export function SaveRun({ run: { experiment, result, n } }: { run: SimulatedRun }) {
  const stem = `${experiment.mode}-n${n}`
  return (
    <div className={styles.save}>
      <button
        className={controls.plain}
        data-testid="theory-save-experiment"
        onClick={() => saveJson(`${stem}.json`, JSON.stringify(experiment, null, 2))}
        type="button"
      >
        Save the experiment
      </button>
      <button
        className={controls.plain}
        data-testid="theory-save-result"
        onClick={() => saveJson(`${stem}-result.json`, JSON.stringify(result))}
        type="button"
      >
        Save the result
      </button>
      <span className={controls.quiet}>
        <code>npm run simulate -- {stem}.json</code> gives the very same.
      </span>
    </div>
  )
}

function saveJson(name: string, json: string): void {
  const url = URL.createObjectURL(new Blob([json], { type: 'application/json' }))
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(url), 10_000)
}

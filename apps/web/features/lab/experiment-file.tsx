// The experiment as a file: the same that `npm run simulate` takes. Says what is wrong with one that cannot be used.
import { parseExperiment } from '@swarmdrop/core'
import { useId, useState } from 'react'
import type { LabHost } from '../../session/lab/host'
import { experimentOf, settingsOf } from '../../session/lab/settings'
import controls from '../ui/controls.module.css'
import styles from './fields.module.css'
import { fileNameOf, saveText } from './save-file'

export function ExperimentFile({ host, busy }: { host: LabHost; busy: boolean }) {
  const id = useId()
  const [problems, setProblems] = useState<string[]>([])
  const load = async (file: File) => {
    const parsed = parseExperiment(
      await file
        .text()
        .then(JSON.parse)
        .catch(() => undefined),
    )
    setProblems(parsed.ok ? [] : parsed.problems)
    if (!parsed.ok) return
    const { settings, peerCount } = settingsOf(parsed.experiment)
    host.takeFile(undefined)
    host.change(settings)
    host.addPeers(peerCount - host.peerCount)
  }
  const save = () => {
    const { settings } = host.getSnapshot()
    const mode = settings.mode === 'both' ? 'p2p' : settings.mode
    const experiment = experimentOf(settings, mode, Math.max(1, host.peerCount))
    saveText(`${fileNameOf(experiment.name)}.json`, `${JSON.stringify(experiment, undefined, 2)}\n`, 'application/json')
  }
  return (
    <div className={styles.inner}>
      <p className={styles.hint}>
        The same file is simulated by <code>npm run simulate</code>.
      </p>
      <div className={styles.buttons}>
        <input
          accept=".json,application/json"
          className={controls.unseen}
          data-testid="lab-load-experiment"
          disabled={busy}
          id={id}
          onChange={({ currentTarget }) => {
            const file = currentTarget.files?.[0]
            currentTarget.value = ''
            if (file) void load(file)
          }}
          type="file"
        />
        <label className={controls.plain} htmlFor={id}>
          Load
        </label>
        <button className={controls.plain} data-testid="lab-save-experiment" onClick={save} type="button">
          Save
        </button>
      </div>
      {problems.length > 0 && (
        <ul className={styles.problems} role="alert">
          {problems.slice(0, 5).map((problem) => (
            <li key={problem}>{problem}</li>
          ))}
        </ul>
      )}
    </div>
  )
}

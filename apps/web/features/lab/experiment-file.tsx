// The experiment as a file: the same that `npm run simulate` takes. Says what is wrong with one that cannot be used.
import { CHUNK_BYTES } from '@swarmdrop/core'
import { parseExperiment } from '@swarmdrop/core/simulation'
import { experimentOf, type LabHost, labDataProblem, settingsOf } from '@swarmdrop/peer/lab'
import { useState } from 'react'
import { saveExperiment } from '../experiment/save-experiment'
import controls from '../ui/controls.module.css'
import { FileButton } from '../ui/file-button'
import { loadedInWords } from './experiment-words'
import styles from './fields.module.css'

export function ExperimentFile({ host, busy }: { host: LabHost; busy: boolean }) {
  const [problems, setProblems] = useState<string[]>([])
  const [loaded, setLoaded] = useState<string[]>([])
  const load = async (file: File) => {
    setLoaded([])
    let value: unknown
    try {
      value = JSON.parse(await file.text())
    } catch {
      setProblems([`“${file.name}” is not written in JSON. An example is in the folder “experiments”.`])
      return
    }
    const parsed = parseExperiment(value)
    const problem =
      parsed.ok && labDataProblem(parsed.experiment.fileBytes, parsed.experiment.chunkBytes ?? CHUNK_BYTES)
    setProblems(parsed.ok ? (problem ? [problem] : []) : parsed.problems)
    if (!parsed.ok || problem) return
    const { settings, peerCount } = settingsOf(parsed.experiment)
    host.takeFile(undefined)
    host.change(settings)
    host.addPeers(peerCount - host.getSnapshot().peerCount)
    setLoaded(loadedInWords(parsed.experiment, host.getSnapshot().peerCount))
  }
  const save = () => {
    const { settings, peerCount } = host.getSnapshot()
    const mode = settings.mode === 'both' ? 'p2p' : settings.mode
    saveExperiment(experimentOf(settings, mode, Math.max(1, peerCount)))
  }
  return (
    <div className={styles.inner}>
      <p className={styles.hint}>
        All settings as one file, which <code>npm run simulate</code> also takes.
      </p>
      <div className={styles.buttons}>
        <FileButton
          accept=".json,application/json"
          disabled={busy}
          onFile={(file) => void load(file)}
          testId="lab-load-experiment"
        >
          Load
        </FileButton>
        <button className={controls.plain} data-testid="lab-save-experiment" onClick={save} type="button">
          Save
        </button>
      </div>
      {loaded.length > 0 && <output className={styles.hint}>{loaded.join(' ')}</output>}
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

// One run in the table of results: what was set, what came of it, and what may be done with it. Knows nothing of the
// other runs.
import { peerCountOf } from '@swarmdrop/core/simulation'
import { boundOf, type LabResult, settingsOf } from '@swarmdrop/peer/lab'
import { useState } from 'react'
import { labResults } from '../../session/lab'
import { MODE_WORDS } from '../experiment/labels'
import { shortWords } from '../experiment/settings-words'
import controls from '../ui/controls.module.css'
import { countOf, formatBytes } from '../ui/format'
import { PeerTimes } from './peer-times'
import { RemarksDialog } from './remarks-dialog'
import styles from './results.module.css'
import { doubtWords, shortDoubts } from './verdict-words'

export type ResultActs = {
  /** Shows a run again, by its id; absent where there is no place for it. */
  onWatch?: ((id: string) => void) | undefined
  /** Begins a comparison with a run's settings. */
  onCompare?: ((result: LabResult) => void) | undefined
}

type ResultRowProps = ResultActs & {
  result: LabResult
  number: number
  /** Seconds, of all runs in the table. */
  longest: number
}

export function ResultRow({ result, number, longest, onWatch, onCompare }: ResultRowProps) {
  const [isEditing, setEditing] = useState(false)
  const { id, experiment, measured, simulated, notes = [], note, starred = false, recording } = result
  const bound = boundOf(result)
  const doubts = doubtWords(result)
  const remarks = [...doubts, ...notes]
  const ofRun = <span className={controls.unseen}> run {number}</span>
  return (
    <tr
      className={doubts.length > 0 ? styles.doubtful : undefined}
      data-bound={bound}
      data-measured={measured.distributionSeconds ?? ''}
      data-mode={experiment.mode}
      data-n={peerCountOf(experiment)}
      data-ratio={measured.ratio ?? ''}
      data-simulated={simulated.distributionSeconds ?? ''}
      data-testid="lab-result"
      data-trusted={doubts.length > 0 ? 'no' : 'yes'}
    >
      <th scope="row">
        {number}. {experiment.name}
        <span className={styles.setting}>{shortWords(settingsOf(experiment).settings)}</span>
        {note !== undefined && <span className={styles.remark}>{note}</span>}
        {remarks.length > 0 && (
          <details className={styles.note}>
            <summary>
              {doubts.length > 0 ? `Not to be trusted: ${shortDoubts(result)}` : countOf(notes.length, 'note')}
            </summary>
            {remarks.map((remark) => (
              <p key={remark}>{remark}</p>
            ))}
          </details>
        )}
      </th>
      <td data-label="Mode">{MODE_WORDS[experiment.mode]}</td>
      <td data-label="N">{peerCountOf(experiment)}</td>
      <td data-label="File">{formatBytes(experiment.fileBytes)}</td>
      <td className={styles.strong} data-label="Measured">
        {inSeconds(measured.distributionSeconds)}
      </td>
      <td data-label="Bound">{inSeconds(bound)}</td>
      <td data-label="Ratio">{measured.ratio === null ? '–' : measured.ratio.toFixed(2)}</td>
      <td data-label="Simulated">{inSeconds(simulated.distributionSeconds)}</td>
      <td data-label="Uplinks used">{Math.round(measured.uploadUtilisation * 100)} %</td>
      <td data-label="Each peer’s time">
        <PeerTimes longest={longest} result={result} />
      </td>
      <td className={styles.acts}>
        <button
          aria-pressed={starred}
          className={controls.link}
          onClick={() => labResults().remark(id, { starred: !starred })}
          title={starred ? 'Remove the star' : 'Star this run to keep it longest'}
          type="button"
        >
          <span aria-hidden="true">{starred ? '★' : '☆'}</span>
          <span className={controls.unseen}>Star run {number}</span>
        </button>
        {onWatch && recording !== undefined && (
          <button className={controls.link} data-testid="lab-watch" onClick={() => onWatch(id)} type="button">
            Replay{ofRun}
          </button>
        )}
        {onCompare && (
          <button className={controls.link} onClick={() => onCompare(result)} type="button">
            Compare{ofRun}
          </button>
        )}
        <button className={controls.link} data-testid="lab-edit" onClick={() => setEditing(true)} type="button">
          Edit{ofRun}
        </button>
        {isEditing && <RemarksDialog number={number} onClose={() => setEditing(false)} result={result} />}
      </td>
    </tr>
  )
}

const inSeconds = (seconds: number | null) => (seconds === null ? 'not everybody' : `${seconds.toFixed(1)} s`)

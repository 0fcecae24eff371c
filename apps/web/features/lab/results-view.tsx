// The session of runs that were made, as a table, with its name and the ways out and in: session, JSON, CSV, picture,
// report. Knows nothing of how they were run.
import { type LabResult, parseSession, resultsAsCsv, sessionAsText } from '@swarmdrop/peer/lab'
import { useState } from 'react'
import { saveText } from '../../session/files'
import { labResults } from '../../session/lab'
import { stemOf } from '../experiment/save-experiment'
import { Confirm } from '../ui/confirm'
import controls from '../ui/controls.module.css'
import { FileButton } from '../ui/file-button'
import { countOf, formatBytes } from '../ui/format'
import { saveChart } from './chart-picture'
import { RepeatsTable } from './repeats-table'
import type { ResultActs } from './result-row'
import styles from './results.module.css'
import { ResultsTable } from './results-table'

/** Two hundred runs with their replays are some 30 MB at most. */
const MAX_SESSION_BYTES = 64e6

type ResultsViewProps = ResultActs & {
  results: readonly LabResult[]
  sessionName: string
  /** The page shows the known figure, which can go out as a picture. */
  hasFigure: boolean
  /** Absent while there is no time for one. */
  onReport: (() => void) | undefined
}

export function ResultsView({ results, sessionName, hasFigure, onReport, ...acts }: ResultsViewProps) {
  const [told, setTold] = useState<{ problem?: string; opened?: string }>({})
  const [asking, setAsking] = useState(false)
  const load = async (file: File) => {
    if (file.size > MAX_SESSION_BYTES)
      return setTold({ problem: `“${file.name}” has ${formatBytes(file.size)}: no lab session is that large.` })
    const session = parseSession(await file.text().catch(() => ''))
    if (!session || session.results.length + session.unread === 0)
      return setTold({ problem: `“${file.name}” contains no lab runs. Choose a file that was saved here.` })
    const unread = unreadWords(session.unread)
    if (session.results.length === 0) return setTold({ problem: `“${file.name}”: ${unread}` })
    const added = labResults().addSession(session)
    const opened = added === 0 ? 'All its runs are here already.' : `${countOf(added, 'run')} added.`
    setTold({ opened: `${opened} ${unread}`.trim() })
  }
  const isEmpty = results.length === 0
  return (
    <section aria-label="Results" className={styles.results}>
      <div className={styles.head}>
        <h2>Results</h2>
        {!isEmpty && (
          <input
            aria-label="Name of this session"
            autoComplete="off"
            className={`${controls.field} ${styles.session}`}
            data-testid="lab-session-name"
            maxLength={80}
            onChange={({ currentTarget }) => labResults().rename(currentTarget.value)}
            placeholder="Name this session"
            type="text"
            value={sessionName}
          />
        )}
        <div className={styles.ways}>
          {!isEmpty && (
            <>
              <button
                className={controls.plain}
                data-testid="lab-report"
                disabled={onReport === undefined}
                onClick={onReport}
                type="button"
              >
                Report
              </button>
              <button
                className={controls.plain}
                data-testid="lab-save-session"
                onClick={() =>
                  saveText(
                    `${stemOf(sessionName, 'swarmdrop-session')}.json`,
                    sessionAsText({ name: sessionName, results: [...results] }),
                    'application/json',
                  )
                }
                type="button"
              >
                Save session
              </button>
            </>
          )}
          <FileButton accept=".json,application/json" onFile={(file) => void load(file)} testId="lab-import">
            Open session
          </FileButton>
        </div>
      </div>
      {told.problem !== undefined && (
        <p className={styles.problem} role="alert">
          {told.problem}
        </p>
      )}
      {told.opened !== undefined && <output className={controls.quiet}>{told.opened}</output>}
      {isEmpty ? (
        <p className={styles.empty}>
          Runs appear here: measured, theory and simulation. This browser keeps them, even after a reload.
        </p>
      ) : (
        <>
          <ResultsTable results={results} {...acts} />
          <RepeatsTable results={results} />
          <div className={styles.ways}>
            <button
              className={controls.link}
              data-testid="lab-export-json"
              onClick={() =>
                saveText('swarmdrop-lab.json', `${JSON.stringify(results, undefined, 2)}\n`, 'application/json')
              }
              type="button"
            >
              Export JSON
            </button>
            <button
              className={controls.link}
              data-testid="lab-export-csv"
              onClick={() => saveText('swarmdrop-lab.csv', resultsAsCsv(results), 'text/csv')}
              type="button"
            >
              Export CSV
            </button>
            {hasFigure && (
              <button
                className={controls.link}
                data-testid="lab-export-png"
                onClick={() => void saveChart()}
                type="button"
              >
                Figure as PNG
              </button>
            )}
            <button className={controls.dangerLink} onClick={() => setAsking(true)} type="button">
              Clear all
            </button>
          </div>
        </>
      )}
      {asking && (
        <Confirm
          detail="They are kept in this browser only. Save the session first if you still need it."
          no="Keep them"
          onAnswer={(agreed) => {
            setAsking(false)
            if (agreed) labResults().clear()
          }}
          question="Clear all results?"
          yes="Clear"
        />
      )}
    </section>
  )
}

const unreadWords = (runs: number) =>
  runs === 0 ? '' : `${countOf(runs, 'run')} could not be read: damaged, or saved by a newer version of this page.`

// The runs that were made, as a table, with the ways out and in: JSON, CSV, picture, print. Knows nothing of how they were run.
import { peerCountOf } from '@swarmdrop/core'
import { boundOf, type LabResult, parseResults, resultsAsCsv } from '@swarmdrop/peer'
import { useState } from 'react'
import { saveText } from '../../session/files'
import { labResults } from '../../session/lab'
import { MODE_WORDS } from '../experiment/labels'
import { Confirm } from '../ui/confirm'
import controls from '../ui/controls.module.css'
import { FileButton } from '../ui/file-button'
import { formatBytes } from '../ui/format'
import { Term } from '../ui/term'
import { saveChart } from './chart-picture'
import { PeerTimes } from './peer-times'
import { RepeatsTable } from './repeats-table'
import styles from './results.module.css'
import { doubtWords } from './verdict-words'

type ResultsViewProps = {
  results: readonly LabResult[]
  /** The page shows the known figure, which can go out as a picture. */
  hasFigure: boolean
  /** Shows a run again, by its id; absent where there is no place for it. */
  onWatch?: ((id: string) => void) | undefined
  /** Begins a comparison with a run's settings. */
  onCompare?: ((result: LabResult) => void) | undefined
}

export function ResultsView({ results, hasFigure, onWatch, onCompare }: ResultsViewProps) {
  const [problem, setProblem] = useState<string>()
  const [asking, setAsking] = useState(false)
  const load = async (file: File) => {
    const imported = parseResults(await file.text().catch(() => ''))
    setProblem(
      imported?.length
        ? undefined
        : `“${file.name}” holds no results of the lab. Take a file that the JSON button saved.`,
    )
    if (imported) labResults().add(...imported.filter((one) => !results.some((other) => isSame(one, other))))
  }
  return (
    <section aria-label="Results" className={styles.results}>
      <div className={styles.head}>
        <h2>Results</h2>
        <div className={styles.ways}>
          <button
            className={controls.plain}
            data-testid="lab-export-json"
            disabled={results.length === 0}
            onClick={() =>
              saveText('swarmdrop-lab.json', `${JSON.stringify(results, undefined, 2)}\n`, 'application/json')
            }
            type="button"
          >
            JSON
          </button>
          <button
            className={controls.plain}
            data-testid="lab-export-csv"
            disabled={results.length === 0}
            onClick={() => saveText('swarmdrop-lab.csv', resultsAsCsv(results), 'text/csv')}
            type="button"
          >
            CSV
          </button>
          {hasFigure && (
            <button
              className={controls.plain}
              data-testid="lab-export-png"
              onClick={() => void saveChart()}
              type="button"
            >
              Figure as PNG
            </button>
          )}
          <button className={controls.plain} onClick={() => window.print()} type="button">
            Print
          </button>
          <FileButton accept=".json,application/json" onFile={(file) => void load(file)} testId="lab-import">
            Import
          </FileButton>
          {results.length > 0 && (
            <button className={controls.plain} onClick={() => setAsking(true)} type="button">
              Clear
            </button>
          )}
        </div>
      </div>
      {problem !== undefined && (
        <p className={styles.problem} role="alert">
          {problem}
        </p>
      )}
      {results.length === 0 ? (
        <p className={styles.empty}>
          Runs appear here: measured, theory and simulation. This browser keeps them, also over a reload.
        </p>
      ) : (
        <>
          <ResultsTable onCompare={onCompare} onWatch={onWatch} results={results} />
          <RepeatsTable results={results} />
        </>
      )}
      {asking && (
        <Confirm
          detail="They are kept in this browser only. Export them first if you still need them."
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

const isSame = (one: LabResult, other: LabResult) => one.id === other.id

function ResultsTable({ results, ...acts }: Omit<ResultsViewProps, 'hasFigure'>) {
  return (
    <div className={styles.scrolls}>
      <table className={`${styles.table} ${controls.figures}`}>
        <thead>
          <tr>
            <th scope="col">Run</th>
            <th scope="col">Mode</th>
            <th scope="col">
              <Term means="How many peers wanted the file, the server not counted.">N</Term>
            </th>
            <th scope="col">File</th>
            <th scope="col">
              <Term means="From the start until the last peer had the whole file.">Measured</Term>
            </th>
            <th scope="col">
              <Term means="No way of distributing could be faster: for peer-to-peer the bound with whole chunks, for client-server the server’s uplink or the slowest download.">
                Bound
              </Term>
            </th>
            <th scope="col">
              <Term means="Measured time divided by the bound: 1 would be perfect. There is none where somebody never got the file.">
                Ratio
              </Term>
            </th>
            <th scope="col">
              <Term means="The same experiment, run by the same program on a simulated network in virtual time.">
                Simulated
              </Term>
            </th>
            <th scope="col">
              <Term means="How much of what they could have sent in that time the uplinks of server and peers did send; in client-server mode the server’s alone.">
                Uplinks used
              </Term>
            </th>
            <th scope="col">Each peer’s time</th>
            {acts.onWatch && <td />}
          </tr>
        </thead>
        <tbody>
          {results.map((result, index) => (
            <Row key={result.id} number={index + 1} result={result} {...acts} />
          ))}
        </tbody>
      </table>
    </div>
  )
}

type RowProps = Pick<ResultsViewProps, 'onWatch' | 'onCompare'> & { result: LabResult; number: number }

function Row({ result, number, onWatch, onCompare }: RowProps) {
  const { experiment, measured, simulated, notes } = result
  const bound = boundOf(result)
  const doubts = doubtWords(result)
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
        {notes !== undefined && notes.length > 0 && <span className={styles.note}>{notes.join(' ')}</span>}
        {doubts.length > 0 && <span className={styles.note}>Not to be trusted. {doubts.join(' ')}</span>}
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
        <PeerTimes result={result} />
      </td>
      {onWatch && (
        <td className={styles.acts}>
          {result.recording !== undefined && (
            <button className={controls.link} data-testid="lab-watch" onClick={() => onWatch(result.id)} type="button">
              Replay<span className={controls.unseen}> run {number}</span>
            </button>
          )}
          {onCompare && (
            <button className={controls.link} onClick={() => onCompare(result)} type="button">
              Compare<span className={controls.unseen}> with run {number}</span>
            </button>
          )}
        </td>
      )}
    </tr>
  )
}

const inSeconds = (seconds: number | null) => (seconds === null ? 'not everybody' : `${seconds.toFixed(1)} s`)

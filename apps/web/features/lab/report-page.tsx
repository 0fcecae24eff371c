'use client'
// The report: one page with settings, figure and table, on the screen, on paper, and as a file. Says nothing of its
// own.
import type { LabSnapshot } from '@swarmdrop/peer/lab'
import { useEffect, useMemo, useRef } from 'react'
import { saveText } from '../../session/files'
import { stemOf } from '../experiment/save-experiment'
import controls from '../ui/controls.module.css'
import { RepeatCells, RepeatHeads } from './repeat-columns'
import styles from './report.module.css'
import { type Report, reportFigure, reportOf } from './report-data'
import { ReportFigure } from './report-figure'
import { asDocument } from './report-file'
import { spokenCode } from './room-code'

type ReportPageProps = { snapshot: LabSnapshot; onClose: () => void }

export function ReportPage({ snapshot, onClose }: ReportPageProps) {
  const sheet = useRef<HTMLElement>(null)
  const report = useMemo(() => reportOf(snapshot), [snapshot])
  const title = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    title.current?.focus()
    window.scrollTo({ top: 0 })
  }, [])
  if (!report) return null
  const name = snapshot.sessionName || (snapshot.results.at(-1)?.experiment.name ?? '')
  const save = () => {
    if (sheet.current)
      saveText(`${stemOf(name, 'swarmdrop')}-report.html`, asDocument(sheet.current, `Report: ${name}`), 'text/html')
  }
  return (
    <div className={styles.page} data-wide>
      <div className={styles.ways}>
        <button className={controls.plain} onClick={onClose} type="button">
          Back to the lab
        </button>
        <button className={controls.plain} data-testid="lab-report-save" onClick={save} type="button">
          Save as HTML
        </button>
        <button className={controls.primary} onClick={() => window.print()} type="button">
          Print
        </button>
      </div>
      <article className={styles.sheet} data-testid="lab-report-sheet" ref={sheet}>
        <h1 ref={title} tabIndex={-1}>
          {name}
        </h1>
        <p className={styles.quiet}>{placeWords(snapshot)}</p>
        {report.sentences.map((sentence, at) => (
          <p className={at === 0 ? styles.verdict : undefined} key={sentence}>
            {sentence}
          </p>
        ))}
        <h2>Settings</h2>
        <dl className={styles.facts}>
          {report.settings.map(({ label, value }) => (
            <div key={label}>
              <dt>{label}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
        <h2>How long it takes</h2>
        <Figure results={snapshot.results} />
        <h2>Runs</h2>
        <Rows rows={report.rows} />
        <p className={styles.quiet}>
          Times run until the last peer had the file. For several runs: the mean, with its 95{'\u00a0'}% interval in
          brackets (Student’s t); runs that cannot be trusted are left out. The ratio is measured over bound.
        </p>
        {report.notes.length > 0 && (
          <>
            <h2>Notes</h2>
            <ul className={styles.notes}>
              {report.notes.map((note) => (
                <li key={note}>{note}</li>
              ))}
            </ul>
          </>
        )}
      </article>
    </div>
  )
}

function Figure({ results }: { results: LabSnapshot['results'] }) {
  const figure = useMemo(() => reportFigure(results), [results])
  if (!figure) return null
  return (
    <figure className={styles.figure}>
      <ReportFigure figure={figure} />
      <figcaption className={styles.quiet}>
        Squares and orange: client-server; circles and blue: peer-to-peer. Dashed: theory. Hollow: simulated. Solid:
        measured, grey where a run cannot be trusted. Whiskers: 95{'\u00a0'}% intervals.
      </figcaption>
    </figure>
  )
}

function Rows({ rows }: Pick<Report, 'rows'>) {
  const hasSettings = rows.some(({ setting }) => setting !== '')
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keys
    <section aria-label="Table of runs" className={styles.scrolls} tabIndex={0}>
      <table className={styles.table}>
        <thead>
          <tr>
            {hasSettings && <th scope="col">Differs in</th>}
            <RepeatHeads />
          </tr>
        </thead>
        <tbody>
          {rows.map(({ id, setting, ...row }) => (
            <tr key={id}>
              {hasSettings && <td>{setting === '' ? 'as above' : setting}</td>}
              <RepeatCells row={row} />
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

/** "29 November 2026, room ABC 234, with Ada and Bob": when the last run was made, and where. */
function placeWords({ results, room, participants }: LabSnapshot): string {
  const made = new Date(results.at(-1)?.startedAt ?? '')
  const parts = [
    Number.isNaN(made.getTime()) ? '' : made.toLocaleString('en-GB', { dateStyle: 'long', timeStyle: 'short' }),
    room.state === 'open' || room.state === 'lost' ? `room ${spokenCode(room.code)}` : '',
    participants.length > 0 ? `with ${participants.map(({ name }) => name).join(', ')}` : '',
  ]
  return parts.filter((part) => part !== '').join(' · ')
}

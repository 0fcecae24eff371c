// What came of the last runs, where "Done" would stand: two bars to scale, why, and what to try next. Judges nothing
// itself.
import {
  type LabHost,
  type LabSettings,
  type LabSnapshot,
  type Verdict,
  type VerdictTime,
  verdictOf,
} from '@swarmdrop/peer/lab'
import { useMemo, useState } from 'react'
import controls from '../ui/controls.module.css'
import { formatSeconds } from '../ui/format'
import { lessons } from './lesson-words'
import styles from './verdict.module.css'
import { doubtWords, headline, isSet, meansWords, reason, settingsOfVerdict, suggestion } from './verdict-words'

export function VerdictCard({ host, snapshot }: { host: LabHost; snapshot: LabSnapshot }) {
  const { results, settings, peerCount, fileName } = snapshot
  /** What was set by the button, after which run. */
  const [taken, setTaken] = useState<{ runId: string; change: Partial<LabSettings> }>()
  const verdict = useMemo(() => verdictOf(results), [results])
  if (!verdict) return null
  const { together, alone, doubts, result } = verdict
  const longest = Math.max(together.seconds, alone.seconds)
  const next = suggestion(verdict, settingsOfVerdict(verdict), peerCount, fileName !== undefined)
  const take = () => {
    if (!next) return
    const change = next.change(settings)
    setTaken({ runId: result.id, change })
    host.change(change)
  }
  const means = meansWords(verdict)
  const isTrusted = doubts.length === 0
  return (
    <section
      aria-label="Result"
      className={styles.verdict}
      data-testid="lab-verdict"
      data-trusted={isTrusted ? 'yes' : 'no'}
    >
      <h2 className={styles.headline}>{headline(verdict)}</h2>
      <ul className={`${styles.bars} ${controls.figures}`}>
        <Bar longest={longest} name="Together" time={together} way="p2p" />
        <Bar longest={longest} name="Alone" time={alone} way="client-server" />
      </ul>
      {means !== undefined && <p className={styles.quiet}>{means}</p>}
      {isTrusted ? (
        [reason(verdict), ...lessons(result)].map((sentence) => <p key={sentence}>{sentence}</p>)
      ) : (
        <Doubts verdict={verdict} />
      )}
      {result.notes !== undefined && result.notes.length > 0 && (
        <p className={styles.quiet}>{result.notes.join(' ')}</p>
      )}
      {next && (
        <p className={styles.next}>
          <span className={styles.quiet}>Next:</span>
          {taken?.runId === result.id && isSet(taken.change, settings) ? (
            <span>{next.words} It is set: press Start.</span>
          ) : (
            <button className={controls.plain} data-testid="lab-next" onClick={take} type="button">
              {next.words}
            </button>
          )}
        </p>
      )}
    </section>
  )
}

function Bar({ name, time, longest, way }: { name: string; time: VerdictTime; longest: number; way: string }) {
  return (
    <li className={styles.row}>
      <span>{name}</span>
      <span className={styles.track}>
        <span
          className={styles.bar}
          data-measured={time.isMeasured}
          data-way={way}
          style={{ inlineSize: `${(100 * time.seconds) / longest}%` }}
        />
      </span>
      <span className={styles.time}>
        {formatSeconds(time.seconds)}
        {!time.isMeasured && <span className={styles.quiet}> theory</span>}
      </span>
    </li>
  )
}

function Doubts({ verdict: { result } }: { verdict: Verdict }) {
  const words = doubtWords(result)
  return (
    <div className={styles.doubts}>
      <p className={styles.doubtTitle}>This run cannot be trusted</p>
      {(words.length > 0 ? words : ['The other run could not keep up with the settings.']).map((sentence) => (
        <p key={sentence}>{sentence}</p>
      ))}
      <p>It is drawn in grey.</p>
    </div>
  )
}

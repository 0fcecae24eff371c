// Who reaches whom in the room, before a run: a button, what came of it in words, and the matrix. Knows nothing of how
// it is found.
import { type LabHost, type LabSnapshot, type ReachView, reachPairOf } from '@swarmdrop/peer/lab'
import controls from '../ui/controls.module.css'
import styles from './reach.module.css'
import { PAIR_WORDS, reachNotes, reachSummary } from './reach-words'

export function ReachPanel({ host, snapshot: { participants, reach } }: { host: LabHost; snapshot: LabSnapshot }) {
  const isRunning = reach?.phase === 'running'
  const notes = reach ? reachNotes(reach) : []
  if (!reach && !participants.some(({ present }) => present)) return null
  return (
    <section
      aria-label="Connections"
      className={styles.reach}
      data-phase={reach?.phase ?? 'idle'}
      data-testid="lab-reach"
    >
      <div className={styles.head}>
        <button
          aria-disabled={isRunning}
          className={`${controls.plain} ${styles.button}`}
          data-testid="lab-check-connections"
          onClick={() => !isRunning && host.checkConnections()}
          type="button"
        >
          {isRunning ? 'Checking…' : 'Check connections'}
        </button>
        <p aria-live="polite" className={controls.figures}>
          {reach ? reachSummary(reach) : 'Finds out in 10 seconds who can reach whom.'}
        </p>
      </div>
      {notes.length > 0 && (
        <ul className={styles.notes}>
          {notes.map((note) => (
            <li key={note}>{note}</li>
          ))}
        </ul>
      )}
      {reach && <ReachMatrix view={reach} />}
    </section>
  )
}

function ReachMatrix({ view }: { view: ReachView }) {
  const { participants } = view
  const pairs = participants.map((_, a) =>
    participants.map((_participant, b) => (a === b ? undefined : reachPairOf(view, a, b))),
  )
  const shown = new Set(pairs.flat())
  return (
    <>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keys */}
      <section aria-label="Who reaches whom" className={styles.scrolls} tabIndex={0}>
        <table className={styles.matrix} data-testid="lab-reach-matrix">
          <caption className={controls.unseen}>How each page reaches each other page</caption>
          <thead>
            <tr>
              <td />
              {participants.map(({ name }, index) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: two students may have one name, and indices stay
                <th aria-label={name} key={index} scope="col" title={name}>
                  {index + 1}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {pairs.map((row, a) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: as above
              <tr key={a}>
                <th scope="row" title={participants[a]?.name}>
                  <span className={styles.name}>
                    {a + 1}&ensp;{participants[a]?.name}
                  </span>
                </th>
                {row.map((pair, b) =>
                  pair === undefined ? (
                    // biome-ignore lint/suspicious/noArrayIndexKey: as above
                    <td className={styles.self} key={b} />
                  ) : (
                    <td
                      className={styles[pair]}
                      data-pair={pair}
                      // biome-ignore lint/suspicious/noArrayIndexKey: as above
                      key={b}
                      title={`${participants[a]?.name} and ${participants[b]?.name}: ${PAIR_WORDS[pair].words}`}
                    >
                      <span aria-hidden="true">{PAIR_WORDS[pair].sign}</span>
                      <span className={controls.unseen}>{PAIR_WORDS[pair].words}</span>
                    </td>
                  ),
                )}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      <ul aria-hidden="true" className={styles.legend}>
        {(['direct', 'turn', 'server', 'limited', 'none', 'unknown', 'waiting'] as const).map(
          (pair) =>
            shown.has(pair) && (
              <li key={pair}>
                <span className={`${styles.key} ${styles[pair]}`}>{PAIR_WORDS[pair].sign}</span>
                {PAIR_WORDS[pair].words}
              </li>
            ),
        )}
      </ul>
    </>
  )
}

// Runs of one setting put together, a line a setting: the mean of what was measured and simulated. Computes nothing
// itself.
import { peerCountOf } from '@swarmdrop/core/simulation'
import { type LabResult, type Repeats, repeatsOf, settingsOf } from '@swarmdrop/peer/lab'
import { useMemo } from 'react'
import { shortWords } from '../experiment/settings-words'
import controls from '../ui/controls.module.css'
import { Term } from '../ui/term'
import { RepeatCells, RepeatHeads, repeatRow } from './repeat-columns'
import styles from './results.module.css'

/** Nothing where no setting was run twice. */
export function RepeatsTable({ results }: { results: readonly LabResult[] }) {
  const repeated = useMemo(() => repeatsOf(results).filter(({ runs }) => runs.length > 1), [results])
  if (repeated.length === 0) return null
  return (
    <div className={styles.scrolls}>
      <table className={`${styles.table} ${controls.figures}`} data-testid="lab-repeats">
        <caption className={styles.caption}>
          <Term means="The mean of all runs with the same settings, with its 95 % confidence interval in brackets (Student’s t). Runs that cannot be trusted are left out.">
            Means of repeated runs
          </Term>
        </caption>
        <thead>
          <tr>
            <th scope="col">Setting</th>
            <RepeatHeads />
          </tr>
        </thead>
        <tbody>
          {repeated.map((group) => (
            <Line group={group} key={group.runs[0]?.id} />
          ))}
        </tbody>
      </table>
    </div>
  )
}

function Line({ group }: { group: Repeats }) {
  const { experiment, measured } = group
  return (
    <tr
      data-count={measured?.count ?? 0}
      data-high={measured?.interval?.high ?? ''}
      data-low={measured?.interval?.low ?? ''}
      data-mean={measured?.mean ?? ''}
      data-mode={experiment.mode}
      data-n={peerCountOf(experiment)}
      data-testid="lab-mean"
    >
      <th scope="row">
        {experiment.name}
        <span className={styles.setting}>{shortWords(settingsOf(experiment).settings)}</span>
      </th>
      <RepeatCells row={repeatRow(group)} strong={styles.strong} />
    </tr>
  )
}

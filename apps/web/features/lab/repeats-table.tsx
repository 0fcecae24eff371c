// Runs of one setting put together, a line a setting: the mean of what was measured and simulated. Computes nothing itself.
import { peerCountOf } from '@swarmdrop/core/simulation'
import { boundOf, type LabResult, type Repeats, repeatsOf } from '@swarmdrop/peer/lab'
import { useMemo } from 'react'
import { MODE_WORDS } from '../experiment/labels'
import controls from '../ui/controls.module.css'
import { formatSeconds } from '../ui/format'
import { Term } from '../ui/term'
import { estimateWords } from './repeat-words'
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
            <th scope="col">Mode</th>
            <th scope="col">N</th>
            <th scope="col">Runs</th>
            <th scope="col">Measured</th>
            <th scope="col">Bound</th>
            <th scope="col">Ratio</th>
            <th scope="col">Simulated</th>
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

function Line({ group: { experiment, runs, measured, simulated, doubtful } }: { group: Repeats }) {
  const [first] = runs
  const bound = first ? boundOf(first) : Number.NaN
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
      <th scope="row">{experiment.name}</th>
      <td data-label="Mode">{MODE_WORDS[experiment.mode]}</td>
      <td data-label="N">{peerCountOf(experiment)}</td>
      <td data-label="Runs">{doubtful > 0 ? `${runs.length - doubtful} of ${runs.length}` : runs.length}</td>
      <td className={styles.strong} data-label="Measured">
        {measured ? estimateWords(measured) : 'none to be trusted'}
      </td>
      <td data-label="Bound">{formatSeconds(bound)}</td>
      <td data-label="Ratio">{measured ? (measured.mean / bound).toFixed(2) : '–'}</td>
      <td data-label="Simulated">{simulated ? estimateWords(simulated) : '–'}</td>
    </tr>
  )
}

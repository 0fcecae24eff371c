// The runs of a session, a line each. Knows nothing of what is done with them.
import { boundOf, type LabResult } from '@swarmdrop/peer/lab'
import controls from '../ui/controls.module.css'
import { Term } from '../ui/term'
import { type ResultActs, ResultRow } from './result-row'
import styles from './results.module.css'

export function ResultsTable({ results, ...acts }: ResultActs & { results: readonly LabResult[] }) {
  const longest = Math.max(1e-9, ...results.map((result) => Math.max(latest(result), boundOf(result))))
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
              <Term means="The shortest possible time: for peer-to-peer with whole chunks, for client-server by the server’s upload or the slowest download.">
                Bound
              </Term>
            </th>
            <th scope="col">
              <Term means="Measured time divided by the bound: 1 would be perfect. Empty if somebody never got the file.">
                Ratio
              </Term>
            </th>
            <th scope="col">
              <Term means="The same experiment, run by the same program on a simulated network in virtual time.">
                Simulated
              </Term>
            </th>
            <th scope="col">
              <Term means="How much of their upload capacity server and peers used; in client-server mode, the server’s only.">
                Uplinks used
              </Term>
            </th>
            <th scope="col">
              <Term means="When each peer had the file, on one scale for all runs; the dashed line is the bound.">
                Each peer’s time
              </Term>
            </th>
            <td />
          </tr>
        </thead>
        <tbody>
          {results.map((result, index) => (
            <ResultRow key={result.id} longest={longest} number={index + 1} result={result} {...acts} />
          ))}
        </tbody>
      </table>
    </div>
  )
}

const latest = ({ measured }: LabResult): number =>
  Math.max(0, ...measured.peers.map(({ completedAtSeconds }) => completedAtSeconds ?? 0))

// The chart's values as a table, for anyone who does not see the chart. Not for the eye.
import controls from '../ui/controls.module.css'
import { formatSeconds } from '../ui/format'
import { type DistributionData, pointInWords, type RunPoint, rowsOf } from './distribution-data'

/** Read aloud, more would be noise. */
const MOST_ROWS = 60

export function DistributionTable({ data }: { data: DistributionData }) {
  const { bounds, words } = data
  const rows = rowsOf(data)
  const every = Math.ceil(rows.length / MOST_ROWS)
  const time = (seconds: number | undefined) => (seconds === undefined ? '–' : formatSeconds(seconds))
  const runs = (points: RunPoint[]) =>
    points
      .map((point) => `${point.mode === 'p2p' ? words.p2p : words.clientServer}: ${pointInWords(point)}`)
      .join(', ') || '–'
  const hasRuns = { simulated: data.simulated.length > 0, measured: data.measured.length > 0 }
  return (
    <div className={controls.unseen}>
      <table>
        <caption>{words.title}</caption>
        <thead>
          <tr>
            <th scope="col">{words.across}</th>
            {bounds.map((bound) => (
              <th key={bound} scope="col">
                {words[bound]}, theory
              </th>
            ))}
            {hasRuns.simulated && <th scope="col">{words.simulated}</th>}
            {hasRuns.measured && <th scope="col">{words.measured}</th>}
          </tr>
        </thead>
        <tbody>
          {rows
            .filter(({ simulated, measured }, i) => i % every === 0 || simulated.length > 0 || measured.length > 0)
            .map((row) => (
              <tr key={row.n}>
                <th scope="row">{row.n}</th>
                {bounds.map((bound) => (
                  <td key={bound}>{time(row[bound])}</td>
                ))}
                {hasRuns.simulated && <td>{runs(row.simulated)}</td>}
                {hasRuns.measured && <td>{runs(row.measured)}</td>}
              </tr>
            ))}
        </tbody>
      </table>
    </div>
  )
}

// The chart's values as a table, for whoever does not see the chart. Not for the eye.
import controls from '../ui/controls.module.css'
import { type DistributionData, type RunPoint, rowsOf } from './distribution-data'
import { formatTime } from './time-unit'

/** Read aloud, more would be noise. */
const MOST_ROWS = 60

export function DistributionTable({ data }: { data: DistributionData }) {
  const { unit, curves } = data
  const rows = rowsOf(data)
  const every = Math.ceil(rows.length / MOST_ROWS)
  const time = (seconds: number | undefined) => (seconds === undefined ? '–' : formatTime(seconds, unit))
  const runs = (points: RunPoint[]) =>
    points.map(({ mode, seconds }) => `${NAMES[mode]}: ${formatTime(seconds, unit)}`).join(', ') || '–'
  const hasRuns = { simulated: data.simulated.length > 0, measured: data.measured.length > 0 }
  return (
    <div className={controls.unseen}>
      <table>
        <caption>Distribution time by the number of peers</caption>
        <thead>
          <tr>
            <th scope="col">Number of peers</th>
            <th scope="col">Client-server, theory</th>
            <th scope="col">Peer-to-peer, theory</th>
            {curves.chunked && <th scope="col">Peer-to-peer with whole chunks, theory</th>}
            {hasRuns.simulated && <th scope="col">Simulated</th>}
            {hasRuns.measured && <th scope="col">Measured</th>}
          </tr>
        </thead>
        <tbody>
          {rows
            .filter(({ simulated, measured }, i) => i % every === 0 || simulated.length > 0 || measured.length > 0)
            .map((row) => (
              <tr key={row.n}>
                <th scope="row">{row.n}</th>
                <td>{time(row.clientServer)}</td>
                <td>{time(row.p2p)}</td>
                {curves.chunked && <td>{time(row.chunked)}</td>}
                {hasRuns.simulated && <td>{runs(row.simulated)}</td>}
                {hasRuns.measured && <td>{runs(row.measured)}</td>}
              </tr>
            ))}
        </tbody>
      </table>
    </div>
  )
}

const NAMES = { p2p: 'peer-to-peer', 'client-server': 'client-server' } as const

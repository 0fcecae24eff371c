// The columns that every table of repeated runs has, and what stands in them: one line a setting, on the page and in
// the report.
import { peerCountOf } from '@swarmdrop/core/simulation'
import { boundOf, type Repeats } from '@swarmdrop/peer/lab'
import { MODE_WORDS } from '../experiment/labels'
import { formatSeconds } from '../ui/format'
import { estimateWords } from './repeat-words'

/** A row of the table of repeats, in the order of its columns. */
export type RepeatRow = {
  mode: string
  n: number
  runs: string
  measured: string
  bound: string
  ratio: string
  simulated: string
}

const LABELS: Record<keyof RepeatRow, string> = {
  mode: 'Mode',
  n: 'N',
  runs: 'Runs',
  measured: 'Measured',
  bound: 'Bound',
  ratio: 'Ratio',
  simulated: 'Simulated',
}
const COLUMNS = Object.keys(LABELS) as (keyof RepeatRow)[]

export function repeatRow({ runs, experiment, measured, simulated, doubtful }: Repeats): RepeatRow {
  const [first] = runs
  const bound = first ? boundOf(first) : Number.NaN
  return {
    mode: MODE_WORDS[experiment.mode],
    n: peerCountOf(experiment),
    runs: doubtful > 0 ? `${runs.length - doubtful} of ${runs.length}` : String(runs.length),
    measured: measured ? estimateWords(measured) : 'none to be trusted',
    bound: formatSeconds(bound),
    ratio: measured ? (measured.mean / bound).toFixed(2) : '–',
    simulated: simulated ? estimateWords(simulated) : '–',
  }
}

export const RepeatHeads = () =>
  COLUMNS.map((column) => (
    <th key={column} scope="col">
      {LABELS[column]}
    </th>
  ))

/** `strong`: a class for what was measured. */
export const RepeatCells = ({ row, strong }: { row: RepeatRow; strong?: string | undefined }) =>
  COLUMNS.map((column) => (
    <td className={column === 'measured' ? strong : undefined} data-label={LABELS[column]} key={column}>
      {row[column]}
    </td>
  ))

// The table that `npm run bench` prints: what was measured, compared with what in the same run, and what is wanted.
// Knows no benchmark.
import { table } from '../tooling/figures'

export type Row = { what: string; measured: string; comparedWith: string; outcome: string; wanted: string }

/** `details`: each round, for anyone who wants to know how the row came about. */
export type Report = { rows: Row[]; details: string[] }

const head = ['what', 'measured', 'compared with', 'outcome', 'wanted']

export function printReports(reports: readonly Report[]): void {
  const lines = reports.flatMap(({ rows }) => rows)
  console.log(
    table(
      head,
      lines.map(({ what, measured, comparedWith, outcome, wanted }) => [what, measured, comparedWith, outcome, wanted]),
    ),
  )
  console.log(`\n${reports.flatMap(({ details }) => details).join('\n')}`)
}

/** “0.91 ×”; `wanted`: the least, said as one. */
export const ratioOutcome = (ratio: number, wanted: number) => ({
  outcome: `${ratio.toFixed(2)} ×`,
  wanted: `at least ${wanted.toFixed(2)} ×`,
})

export const listed = (numbers: readonly number[], digits: number) =>
  numbers.map((number) => number.toFixed(digits)).join(' ')

// How fast a file goes over long paths, compared with TCP and bare data channels on the same path in the same run, and
// what a ping takes meanwhile. Prints what it saw, round by round, and a table at the end. Knows no single row.
import { table } from '../tooling/figures'
import { NoLongPath } from '../tooling/long-path/long-path'
import { farFirstChunkRow } from './paths/far-first-chunk'
import { onePathRows } from './paths/one-path'
import { columns, type Line, type PathRow } from './paths/row'
import { sharedRows } from './paths/shared'
import { swarmRows } from './paths/swarms'

const all: readonly PathRow[] = [...onePathRows, ...swarmRows, ...sharedRows, farFirstChunkRow]

/** `names`: of the rows that are wanted; all of them, where there is none. */
export async function paths(names: readonly string[]): Promise<void> {
  const unknown = names.find((wanted) => !all.some(({ name }) => name === wanted))
  if (unknown !== undefined) {
    console.error(`There is no path “${unknown}”. There are: ${all.map(({ name }) => name).join(', ')}.`)
    process.exitCode = 1
    return
  }
  const lines: Line[] = []
  try {
    for (const { name, run } of all) if (names.length === 0 || names.includes(name)) lines.push(await run())
  } catch (error) {
    if (!(error instanceof NoLongPath)) throw error
    console.info(`${error.message} Paths are not measured.`)
  }
  if (lines.length > 0) console.info(`\n${table([...columns], lines.map(cellsOf))}`)
}

const cellsOf = (line: Line) => columns.map((column) => line[column] ?? '–')

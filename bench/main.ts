// `npm run bench [-- NAME …]`: without a name, the table of what is wanted of the product; with names, just these; with
// NAME:ROW, just that row, where it has rows by name. Each compares two things in one run, as the machine's speed
// drifts. Knows nothing of what they measure.
import { ensureChromium } from '../tooling/chromium.mjs'
import { big } from './big'
import { cluster } from './cluster'
import { efficiency } from './efficiency'
import { firstChunk } from './first-chunk'
import { hashing } from './hashing'
import { lab } from './lab'
import { manyFiles } from './many-files'
import { paths } from './paths'
import { printReports, type Report } from './rows'
import { simulatedPaths } from './simulated-paths'
import { simulation } from './simulation'
import { throughput } from './throughput'
import { tracker } from './tracker'

/** Together, the table. */
const ofTheTable: Record<string, () => Promise<Report>> = { throughput, 'first-chunk': firstChunk, hashing, tracker }
/** Benchmarks that print by themselves what they saw, and take long: run only when named. */
const byName: Record<string, (rows: readonly string[]) => Promise<void>> = {
  simulation,
  'simulated-paths': simulatedPaths,
  efficiency,
  lab,
  big,
  'many-files': manyFiles,
  paths,
  cluster,
}

const asked = process.argv.slice(2).map((text) => text.split(':'))
const wanted = asked.map(([name = '']) => name)
const rowsOf = (wantedName: string) => asked.flatMap(([name, row]) => (name === wantedName && row ? [row] : []))
const known = [...Object.keys(ofTheTable), ...Object.keys(byName)]
const unknown = wanted.find((name) => !known.includes(name))
if (unknown === undefined) {
  await ensureChromium()
  const reports: Report[] = []
  for (const [name, run] of Object.entries(ofTheTable))
    if (wanted.length === 0 || wanted.includes(name)) reports.push(await run())
  if (reports.length > 0) printReports(reports)
  for (const [name, run] of Object.entries(byName)) if (wanted.includes(name)) await run(rowsOf(name))
} else {
  console.error(`There is no benchmark “${unknown}”. There are: ${known.join(', ')}.`)
  process.exitCode = 1
}

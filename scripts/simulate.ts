// `npm run simulate -- FILE.json [--json]`: runs an experiment in virtual time and prints what came of it. Knows
// nothing of how it is simulated.
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { type Experiment, parseExperiment, Simulation } from '@swarmdrop/core/simulation'
import { program } from 'commander'
import { describeResult } from './simulate-report'

const EVENTS_AT_ONCE = 20_000
const PROGRESS_EVERY_MS = 200
/** How often progress is told in a log file, where each line stays: seldom, and not at all for short runs. */
const LOGGED_PROGRESS_EVERY_MS = 10_000

/** What the person can put right; shown without a stack. */
class WrongInput extends Error {}

const isUnderNpm = process.env.npm_lifecycle_event === 'simulate'

program
  .name('npm run simulate --')
  .description('Simulates a file distribution in virtual time, and compares it with theory.')
  .argument('<file>', 'the experiment, as JSON; see experiments/ and docs/lab.md')
  .option('--json', 'print the ExperimentResult as JSON on standard output, and nothing else')
  .action((file: string, { json = false }: { json?: boolean }) => {
    const experiment = readExperiment(file)
    const result = run(experiment)
    console.log(json ? JSON.stringify(result) : describeResult(experiment, result))
  })

try {
  program.parse()
} catch (error) {
  if (!(error instanceof WrongInput)) throw error
  console.error(error.message)
  process.exitCode = 1
}

function readExperiment(file: string): Experiment {
  // npm runs us in the project's folder, wherever it was called.
  const calledIn = (isUnderNpm && process.env.INIT_CWD) || '.'
  const parsed = parseExperiment(readJson(file, resolve(calledIn, file)))
  if (parsed.ok) return parsed.experiment
  throw new WrongInput(
    [`${file} is not an experiment:`, ...parsed.problems.map((problem) => `  ${problem}`)].join('\n'),
  )
}

function readJson(name: string, path: string): unknown {
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch (error) {
    throw new WrongInput(
      `${name} cannot be read (${reasonOf(error)}): give the path of an experiment, as in experiments/.`,
    )
  }
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new WrongInput(`${name} is not JSON: ${error instanceof Error ? error.message : error}`)
  }
}

function reasonOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  if (code === 'ENOENT') return 'there is no such file'
  if (code === 'EISDIR') return 'it is a folder'
  return code === 'EACCES' ? 'you may not read it' : String(error)
}

function run(experiment: Experiment) {
  const simulation = new Simulation(experiment)
  const isTerminal = process.stderr.isTTY
  let reportAt = performance.now() + (isTerminal ? PROGRESS_EVERY_MS : LOGGED_PROGRESS_EVERY_MS)
  while (!simulation.run(EVENTS_AT_ONCE)) {
    if (performance.now() < reportAt) continue
    reportAt = performance.now() + (isTerminal ? PROGRESS_EVERY_MS : LOGGED_PROGRESS_EVERY_MS)
    const line = `${Math.floor(100 * simulation.progress)} % arrived, ${Math.round(simulation.now / 1000)} s in virtual time`
    process.stderr.write(isTerminal ? `\r${line}\u001b[K` : `${line}\n`)
  }
  if (isTerminal) process.stderr.write('\r\u001b[K')
  return simulation.outcome.result
}

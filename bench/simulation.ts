// How close simulated swarms come to the whole-chunk bound, and how fast the simulator is. Prints what it saw.
import { type Experiment, Simulation } from '@swarmdrop/core/simulation'
import { median } from '../tooling/figures'
import { cases, crowd, figure } from './cases'
import { simulatedPaths } from './simulated-paths'

const SEEDS = [1, 2, 3, 4, 5]
const RATIO_WIDTHS = [68, 23, 7, 6]
const SPEED_WIDTHS = [26, 6, 14, 11, 19, 5, 5]

export async function simulation(): Promise<void> {
  await simulatedPaths()
  console.log()
  speed()
  console.log()
  closeToTheBound()
}

function closeToTheBound(): void {
  printRow(['close to the bound', `ratio, median of ${SEEDS.length} seeds`, 'largest', 'wanted'], RATIO_WIDTHS)
  for (const { name, limit, experiment } of cases) {
    const ratios = SEEDS.map((seed) => run(experiment(seed)).ratio ?? Number.POSITIVE_INFINITY)
    if (Math.max(...ratios) > limit) process.exitCode = 1
    const wanted = Number.isFinite(limit) ? `${limit}` : '–'
    printRow([name, median(ratios).toFixed(3), Math.max(...ratios).toFixed(3), wanted], RATIO_WIDTHS)
  }
}

/** Each size once: what grows is the point. Memory is the most that the process has held so far. */
function speed(): void {
  printRow(['400 chunks', 's', 'million events', 'µs an event', 'µs a peer and chunk', 'MB', 'ratio'], SPEED_WIDTHS)
  const sizes: [string, Experiment][] = [
    ['30 peers, all neighbours', figure(30)(1)],
    ...[100, 300, 1_000, 3_000].map((count): [string, Experiment] => [
      `${count} peers, 30 neighbours`,
      crowd(count)(1),
    ]),
  ]
  for (const [name, experiment] of sizes) {
    const { seconds, events, ratio } = run(experiment)
    const peers = experiment.peers[0]?.count ?? 0
    const cells = [
      name,
      seconds.toFixed(1),
      (events / 1e6).toFixed(2),
      ((seconds / events) * 1e6).toFixed(1),
      ((seconds / (peers * 400)) * 1e6).toFixed(0),
      `${Math.round(process.resourceUsage().maxRSS / 1e3)}`,
      (ratio ?? Number.NaN).toFixed(3),
    ]
    printRow(cells, SPEED_WIDTHS)
  }
}

/** Rows as they come: the last takes minutes. */
function printRow(cells: string[], widths: number[]): void {
  console.log(
    cells.map((cell, i) => (i === 0 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0))).join('  '),
  )
}

export function run(experiment: Experiment): { seconds: number; events: number; ratio: number | null } {
  const startedAt = performance.now()
  const simulated = new Simulation(experiment)
  simulated.run()
  const seconds = (performance.now() - startedAt) / 1000
  return { seconds, events: simulated.events, ratio: simulated.outcome.result.ratio }
}

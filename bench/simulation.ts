// How close simulated swarms come to the whole-chunk bound, and how fast the simulator is. Prints what it saw.
import { type Experiment, Simulation } from '@swarmdrop/core'
import { cases, crowd, figure } from './cases'
import { median, table } from './figures'

const SEEDS = [1, 2, 3, 4, 5]

export async function simulation(): Promise<void> {
  const rows = cases.map(({ name, limit, experiment }) => {
    const ratios = SEEDS.map((seed) => run(experiment(seed)).ratio ?? Number.POSITIVE_INFINITY)
    if (Math.max(...ratios) > limit) process.exitCode = 1
    return [name, median(ratios).toFixed(3), Math.max(...ratios).toFixed(3), Number.isFinite(limit) ? `${limit}` : '–']
  })
  console.log(table(['close to the bound', `ratio, median of ${SEEDS.length} seeds`, 'largest', 'wanted'], rows))
  console.log()
  await speed()
}

/** Each size once: what grows is the point. Memory is the most that the process has held so far. */
async function speed(): Promise<void> {
  const sizes: [string, Experiment][] = [
    ['30 peers, all neighbours', figure(30)(1)],
    ...[100, 300, 1_000, 3_000].map((count): [string, Experiment] => [
      `${count} peers, 30 neighbours`,
      crowd(count)(1),
    ]),
  ]
  const rows = sizes.map(([name, experiment]) => {
    const { seconds, events, ratio } = run(experiment)
    const peers = experiment.peers[0]?.count ?? 0
    return [
      name,
      seconds.toFixed(1),
      (events / 1e6).toFixed(2),
      ((seconds / events) * 1e6).toFixed(1),
      ((seconds / (peers * 400)) * 1e6).toFixed(0),
      `${Math.round(process.resourceUsage().maxRSS / 1e3)}`,
      (ratio ?? Number.NaN).toFixed(3),
    ]
  })
  console.log(table(['400 chunks', 's', 'million events', 'µs an event', 'µs a peer and chunk', 'MB', 'ratio'], rows))
}

export function run(experiment: Experiment): { seconds: number; events: number; ratio: number | null } {
  const startedAt = performance.now()
  const simulated = new Simulation(experiment)
  simulated.run()
  const seconds = (performance.now() - startedAt) / 1000
  return { seconds, events: simulated.events, ratio: simulated.outcome.result.ratio }
}

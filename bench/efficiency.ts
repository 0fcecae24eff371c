// What each measure beyond the textbook brings: each switched off alone, in simulation. Prints the table of
// docs/efficiency.md.
import { type Experiment, simulate } from '@swarmdrop/core/simulation'
import { median, table } from '../tooling/figures'
import { cases, freeRiders } from './cases'
import { run } from './simulation'

const SEEDS = [1, 2, 3, 4, 5]

const variants: [string, Experiment['policy']][] = [
  ['all rules', {}],
  ['fresh seed gives chunks twice', { handOutOnce: false }],
  ['seed by rate, not in turn', { seedTurns: false }],
  ['seed serves hoarders like others', { spreadersFirst: false }],
  ['free slots wait for the round', { immediateUnchoke: false }],
  ['ties drawn in each round', { keepPlaces: false }],
  ['without endgame', { endgame: false }],
  ['fixed window of four blocks', { requestWindow: false }],
  ['blocks in turn, not whole chunks', { wholeChunks: false }],
  ['random chunks', { picker: 'random' }],
  ['chunks in order', { picker: 'sequential' }],
  ['everyone served', { choker: 'everyone' }],
  [
    'the textbook alone',
    {
      handOutOnce: false,
      seedTurns: false,
      spreadersFirst: false,
      immediateUnchoke: false,
      keepPlaces: false,
      endgame: false,
      requestWindow: false,
      wholeChunks: false,
    },
  ],
]

const chosen = ['the figure, N = 10', 'the figure, N = 30', 'server-bound, N = 10', 'short', 'mixed', 'flash crowd']

export async function efficiency(): Promise<void> {
  const columns = chosen.map((start) => cases.find(({ name }) => name.startsWith(start)) ?? cases[0])
  const rows = variants.map(([name, policy]) => [
    name,
    ...columns.map((column) => {
      const ratios = SEEDS.map((seed) => {
        const experiment = column?.experiment(seed)
        return experiment
          ? (run({ ...experiment, policy: { ...experiment.policy, ...policy } }).ratio ?? Infinity)
          : Infinity
      })
      return Number.isFinite(median(ratios)) ? median(ratios).toFixed(3) : 'not all'
    }),
  ])
  console.log(table(['ratio to the whole-chunk bound', ...chosen], rows))
  console.log()
  console.log(
    table(['12 contributors, 6 free riders, seed as fast as each', 'contributors, s', 'free riders, s'], freeRiding()),
  )
}

/** When the mean contributor, and the mean free rider, had everything. */
function freeRiding(): string[][] {
  const measures: [string, Experiment['policy']][] = [
    ['all rules', {}],
    ['seed serves hoarders like others', { spreadersFirst: false }],
    ['everyone served', { choker: 'everyone' }],
    ['peers serve in turn, not tit for tat', { choker: 'round-robin' }],
  ]
  return measures.map(([name, policy]) => {
    const results = SEEDS.map((seed) => simulate({ ...freeRiders(seed), policy }).result.peers)
    const meanSeconds = (isFreeRider: boolean) => {
      const peers = results.flatMap((all) => all.filter(({ id }) => id.startsWith('peer 2.') === isFreeRider))
      return peers.reduce((sum, { completedAtSeconds }) => sum + (completedAtSeconds ?? Infinity), 0) / peers.length
    }
    return [name, meanSeconds(false).toFixed(0), meanSeconds(true).toFixed(0)]
  })
}

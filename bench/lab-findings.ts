// What the papers found of BitTorrent's rules, asked of real peers: do free riders finish later than contributors, and
// does rarest first end before in order? Each experiment is run by the lab's page with one rule and with another in
// turn; its simulations, of the same experiments, are compared with them. Prints what it saw.
import { readFileSync } from 'node:fs'
import type { Page } from '@playwright/test'
import { type ExperimentPolicy, participantsOf } from '@swarmdrop/core/simulation'
import { doubtsOf, type LabResult } from '@swarmdrop/peer/lab'
import { median, table } from '../tooling/figures'
import { inProject } from '../tooling/project.mjs'
import { RUN_TIMEOUT_MS, withLabPage } from './lab-page'

const REPEATS = 3

export async function freeRiders(): Promise<void> {
  const runs = await runInTurn('one-page-free-riders.json', 'choker', ['tit-for-tat', 'round-robin'])
  const lines = runs.map(({ rule, results }) => {
    const [contributors, riders] = [false, true].map((isRider) => ({
      measured: median(results.map((result) => medianTime(result, 'measured', isRider))),
      simulated: median(results.map((result) => medianTime(result, 'simulated', isRider))),
    }))
    return [
      rule,
      seconds(contributors?.measured),
      seconds(riders?.measured),
      results.map((result) => ratioOfRiders(result, 'measured').toFixed(2)).join(' '),
      results.map((result) => ratioOfRiders(result, 'simulated').toFixed(2)).join(' '),
      trusted(results),
    ]
  })
  const head = ['choker', 'contributors, s', 'free riders, s', 'riders / contributors', 'simulated', 'trusted']
  console.log(`Free riders and contributors: medians of each group’s times, of ${REPEATS} runs.`)
  console.log(table(head, lines))
}

export async function pickers(): Promise<void> {
  const runs = await runInTurn('one-page-pickers.json', 'picker', ['rarest-first', 'sequential'])
  const lines = runs.map(({ rule, results }) => [
    rule,
    seconds(results[0]?.measured.bounds.chunked),
    `${seconds(median(results.map(({ measured }) => measured.distributionSeconds ?? Number.NaN)))}`,
    results.map(({ measured }) => seconds(measured.distributionSeconds ?? Number.NaN)).join(' '),
    results.map(({ simulated }) => seconds(simulated.distributionSeconds ?? Number.NaN)).join(' '),
    trusted(results),
  ])
  console.log(`Rarest first and in order: until the last has the file, of ${REPEATS} runs.`)
  console.log(table(['picker', 'bound, s', 'measured, median, s', 'each', 'simulated', 'trusted'], lines))
}

type Ruled = { rule: string; results: LabResult[] }

/** Runs two settings by the lab's own comparison: A, B, A, B, …; each time with a seed of its own. */
async function runInTurn(
  file: string,
  kind: 'choker' | 'picker',
  rules: readonly [NonNullable<ExperimentPolicy['choker' | 'picker']>, string],
): Promise<Ruled[]> {
  const results = await withLabPage(async (page) => {
    await page.getByTestId('lab-create').click()
    await page.getByTestId('lab-load-experiment').setInputFiles({
      name: file,
      mimeType: 'application/json',
      buffer: readFileSync(inProject('experiments', file)),
    })
    await page.getByTestId('lab-repeat').fill(String(REPEATS))
    await page.getByTestId('lab-compare').click()
    await page.locator('summary', { hasText: 'Rules' }).click()
    await page.getByTestId(`lab-${kind}`).selectOption(rules[1])
    await page.getByTestId('lab-run-comparison').click()
    await page.locator('[data-testid=lab-phase][data-phase=done]').waitFor({ timeout: RUN_TIMEOUT_MS })
    return resultsIn(page)
  })
  return rules.map((rule) => ({
    rule,
    results: results.filter(({ experiment }) => (experiment.policy?.[kind] ?? rules[0]) === rule),
  }))
}

type LabWindow = { swarmdrop: { lab: { results(): LabResult[] } } }
const resultsIn = (page: Page): Promise<LabResult[]> =>
  page.evaluate(() => (window as unknown as LabWindow).swarmdrop.lab.results())

type Kind = 'measured' | 'simulated'

function medianTime(result: LabResult, kind: Kind, isRider: boolean): number {
  const { peers } = participantsOf(result.experiment)
  const times = result[kind].peers.flatMap(({ completedAtSeconds }, place) =>
    (peers[place]?.behaviour === 'free-rider') === isRider ? [completedAtSeconds ?? Number.NaN] : [],
  )
  return median(times)
}

const ratioOfRiders = (result: LabResult, kind: Kind) =>
  medianTime(result, kind, true) / medianTime(result, kind, false)

const seconds = (value = Number.NaN) => value.toFixed(1)

/** "2 of 3 (slower)": how many can be trusted, and why the others cannot. */
function trusted(results: readonly LabResult[]): string {
  const doubts = results.map(doubtsOf)
  const reasons = [...new Set(doubts.flat())]
  const count = `${doubts.filter((all) => all.length === 0).length} of ${results.length}`
  return reasons.length > 0 ? `${count} (${reasons.join(', ')})` : count
}

// The theory page: its numbers are the known figure's, its simulation is the command line's, and a link shows the same
// thing.
import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { expectNoObjection } from './support/look'
import { expect, test } from './support/test'

const HOUR = 3_600
/** A run takes a second or two by itself, and more on a machine that is busy. */
const RUN_TIMEOUT_MS = 60_000
/** Small enough to be simulated at once: 40 chunks, 4 peers. */
const SMALL = '/theory?file=10.48576&peers=4x100-none&seed=7'

const seconds = async (page: Page, testId: string) =>
  Number(await page.getByTestId(testId).getAttribute('data-seconds'))

async function saved(page: Page, testId: string): Promise<string> {
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByTestId(testId).click()])
  return readFileSync(await download.path(), 'utf8')
}

async function simulate(page: Page): Promise<void> {
  await page.getByTestId('theory-simulate').click()
  await expect(page.getByTestId('theory-replay')).toBeVisible({ timeout: RUN_TIMEOUT_MS })
}

test('opens on the known figure, and follows it as N changes', async ({ page }) => {
  await page.goto('/theory')
  await expect(page.getByTestId('theory-n')).toHaveValue('10')
  for (const [n, clientServer, p2p] of [
    [1, 0.1, 0.1],
    [2, 0.2, 0.1667],
    [5, 0.5, 0.3333],
    [10, 1, 0.5],
    [20, 2, 0.6667],
    [30, 3, 0.75],
    [35, 3.5, 0.7778],
  ] as const) {
    await page.getByTestId('theory-n').fill(String(n))
    await expect.poll(async () => (await seconds(page, 'theory-client-server')) / HOUR).toBeCloseTo(clientServer, 4)
    expect((await seconds(page, 'theory-p2p')) / HOUR).toBeCloseTo(p2p, 4)
    expect(await seconds(page, 'theory-chunked')).toBeGreaterThanOrEqual(await seconds(page, 'theory-p2p'))
  }
  await expect(page.getByTestId('theory-binding')).toContainText('All uploads together set the pace')
  await expect(page.getByTestId('theory-binding')).toContainText('4.5 times as fast')
})

test('says which bound binds, and keeps what is wrong until it is put right', async ({ page }) => {
  await page.goto('/theory')
  const binding = page.getByTestId('theory-binding')
  await page.getByTestId('theory-server-upload').fill('5')
  await expect(binding).toHaveAttribute('data-binding', 'server-upload')
  await expect(binding).toContainText('The sender’s upload sets the pace')
  await page.getByTestId('theory-peer-download').fill('1')
  await expect(binding).toContainText('The slowest download sets the pace')

  const before = await seconds(page, 'theory-p2p')
  const field = page.getByTestId('theory-peer-download')
  await field.fill('fast')
  await expect(field).toHaveAttribute('aria-invalid', 'true')
  await expect(page.getByText('Write a number in kB/s, such as 100.')).toBeVisible()
  await expect(field).toHaveValue('fast')
  expect(await seconds(page, 'theory-p2p')).toBe(before)
  await field.fill('')
  await expect(binding).toContainText('The sender’s upload sets the pace')
})

test('a simulation shows how far it is, and is cancelled', async ({ page }) => {
  await page.goto('/theory?file=300&peers=60x100-none')
  await page.getByTestId('theory-simulate').click()
  const progress = page.getByTestId('theory-progress')
  await expect(progress).toBeVisible()
  await expect
    .poll(async () => Number(await progress.getAttribute('aria-valuenow')), { timeout: RUN_TIMEOUT_MS })
    .toBeGreaterThan(0)
  await expect.poll(() => page.workers().length).toBe(1)
  await page.getByTestId('theory-cancel').click()
  await expect(progress).toBeHidden()
  await expect.poll(() => page.workers().length).toBe(0)
  await expect(page.getByTestId('theory-replay')).toBeHidden()
  await expect(page.getByTestId('theory-simulate')).toBeEnabled()
})

test('a simulation is the command line’s, and the address brings it back: settings, classes, rules and the run', async ({
  page,
  newPerson,
}, testInfo) => {
  await page.goto(SMALL)
  await page.getByRole('button', { name: 'Different kinds of peers' }).click()
  await page.getByRole('button', { name: 'Add a kind of peer' }).click()
  await page.getByLabel('Kind 3: number of peers').fill('2')
  await page.getByLabel('Kind 3: download in kB/s').fill('50')
  await page.getByTestId('theory-picker').selectOption('sequential')
  await page.getByTestId('theory-choker').selectOption('round-robin')
  await simulate(page)
  await expect(page).toHaveURL(
    /peers=2x100-none_2x50-none_2x50-50&picker=sequential&choker=round-robin&seed=7&run=one$/,
  )
  const experiment = testInfo.outputPath('experiment.json')
  writeFileSync(experiment, await saved(page, 'theory-save-experiment'))
  expect(JSON.parse(readFileSync(experiment, 'utf8'))).toMatchObject({ seed: 7, mode: 'p2p' })
  const result = await saved(page, 'theory-save-result')
  expect(JSON.parse(result).distributionSeconds).toBeGreaterThan(await seconds(page, 'theory-chunked'))
  const root = join(import.meta.dirname, '..')
  const command = ['scripts/typescript.mjs', 'scripts/simulate.ts', experiment, '--json']
  expect(result).toBe(execFileSync(process.execPath, command, { cwd: root, encoding: 'utf8' }).trim())

  const other = await (await newPerson()).newPage()
  await other.goto(page.url())
  await expect(other.getByTestId('theory-replay')).toBeVisible({ timeout: RUN_TIMEOUT_MS })
  for (const testId of ['theory-client-server', 'theory-p2p', 'theory-chunked'])
    expect(await seconds(other, testId)).toBe(await seconds(page, testId))
  await expect(other.getByTestId('theory-picker')).toHaveValue('sequential')
  expect(await saved(other, 'theory-save-result')).toBe(result)
})

test('an address with a mistake opens on the figure, and says what it could not read', async ({ page }) => {
  await page.goto('/theory?file=-3&seed=2')
  await expect(page.getByRole('main').getByRole('alert')).toContainText('file=-3')
  await expect(page.getByTestId('theory-file-bytes')).toHaveValue('108')
  await expect(page.getByTestId('theory-seed')).toHaveValue('2')
})

test('the curve gets simulated points in both modes, and the replay goes by keyboard', async ({ page }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' })
  await page.goto('/theory?file=1.048576&server=1000&peers=4x100-none')
  await page.getByTestId('theory-simulate-curve').click()
  await expect(page.getByTestId('theory-simulate')).toBeVisible({ timeout: RUN_TIMEOUT_MS })
  const table = page.getByRole('table', { name: 'Distribution time by the number of peers' })
  const row = table.getByRole('row').filter({ hasText: /^35/ })
  await expect(row).toContainText(/peer-to-peer: .*client-server: /)

  await simulate(page)
  const scrub = page.getByTestId('theory-scrub')
  await expect(scrub).toHaveValue('0')
  await scrub.focus()
  await page.keyboard.press('End')
  await expect(page.getByTestId('theory-replay')).toContainText('4 seeds')
  await page.keyboard.press('Home')
  await expect(page.getByTestId('theory-replay')).toContainText('4 leechers')
  // From the middle on, in five seconds.
  await page.getByTestId('theory-speed').selectOption('10')
  await scrub.fill('500')
  await expect(page.getByTestId('theory-replay')).not.toContainText('4 seeds')
  await page.getByTestId('theory-play').focus()
  await page.keyboard.press('Enter')
  await expect(page.getByTestId('theory-play')).toHaveText('Pause')
  await expect(page.getByTestId('theory-replay')).toContainText('4 seeds')
})

test('axe finds nothing, light and dark, wide and narrow, before and after a run', async ({ page }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' })
  await page.goto(SMALL)
  await expectNoObjection(page, 'opened')
  await simulate(page)
  await expectNoObjection(page, 'simulated')
  await page.getByRole('button', { name: 'Different kinds of peers' }).click()
  await expectNoObjection(page, 'kinds of peers')
})

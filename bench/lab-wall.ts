// The wall with as many peers as it is made for, in real Chromium at 1920 × 1080: how often the swarm is drawn in a run
// and in its replay, and whether the run is trusted; then once more on a page kept busy on purpose, which must not be.
import type { Page } from '@playwright/test'
import { doubtsOf, type LabResult } from '@swarmdrop/peer/lab'
import { table } from '../tooling/figures'
import { RUN_TIMEOUT_MS, withLabPage } from './lab-page'

const WALL = { width: 1920, height: 1080 }
const PEERS = 30
/** Half a minute by theory, and what a page can carry on two cores. */
const FILE_MB = 2
const SERVER_KB = 300
const PEER_KB = 60
const REPLAY_SECONDS = 8
/** The time for which the page stands still in each quarter of a second. */
const BUSY = { forMs: 150, everyMs: 250 }

export async function labWall(): Promise<void> {
  const quiet = await withLabPage((page) => onePage(page, false))
  const busy = await withLabPage((page) => onePage(page, true))
  const lines = [
    ['a run, quiet', frames(quiet.run), percent(quiet.result.stoodStillShare), trusted(quiet.result)],
    ['its replay', frames(quiet.replay), '', ''],
    ['a run, page kept busy', frames(busy.run), percent(busy.result.stoodStillShare), trusted(busy.result)],
  ]
  console.log(table([`wall, ${PEERS} peers`, 'drawn a second, mean (worst second)', 'frozen', 'trusted'], lines))
}

type Drawn = { mean: number; worst: number }

async function onePage(page: Page, isBusy: boolean): Promise<{ run: Drawn; replay: Drawn; result: LabResult }> {
  await page.setViewportSize(WALL)
  await page.getByTestId('lab-create').click()
  const fill = (testId: string, value: number) => page.getByTestId(testId).fill(String(value))
  await fill('lab-peer-count', PEERS)
  await page.getByTestId('lab-add-peers').click()
  await fill('lab-file-bytes', FILE_MB)
  await fill('lab-server-upload', SERVER_KB)
  await fill('lab-peer-upload', PEER_KB)
  await page.getByTestId('lab-mode').selectOption('p2p')
  await page.getByRole('button', { name: 'Projector' }).click()
  await page.getByTestId('lab-start').click()
  await page.locator('[data-testid=lab-wall][data-screen=swarm]').waitFor({ timeout: RUN_TIMEOUT_MS })
  if (isBusy) await page.evaluate(standStill, BUSY)
  await page.evaluate(countDrawings)
  await page.locator('[data-testid=lab-phase][data-phase=done]').waitFor({ timeout: RUN_TIMEOUT_MS })
  const run = await drawn(page)
  const [result] = await page.evaluate(() => (window as unknown as LabWindow).swarmdrop.lab.results())
  if (!result) throw new Error('The run left no result.')
  await page.keyboard.press('Escape')
  const replay = page.getByTestId('lab-replay')
  await replay.scrollIntoViewIfNeeded()
  await page.getByTestId('lab-scrub').fill('0')
  await page.evaluate(countDrawings)
  await replay.getByRole('button', { name: 'Play' }).click()
  await page.waitForFunction(
    (untilMs) =>
      ((window as unknown as Counting).drawnAt.at(-1) ?? 0) - ((window as unknown as Counting).drawnAt[0] ?? 0) >
      untilMs,
    1_000 * REPLAY_SECONDS,
  )
  return { run, replay: await drawn(page), result }
}

type LabWindow = { swarmdrop: { lab: { results(): LabResult[] } } }
type Counting = { drawnAt: number[]; isCounting?: boolean }

/** Runs in the page: notes when a swarm's picture is put together, of its two layers. */
function countDrawings(): void {
  const page = window as unknown as Counting
  page.drawnAt = []
  if (page.isCounting) return
  page.isCounting = true
  const { prototype } = CanvasRenderingContext2D
  const draw = prototype.drawImage as (...all: unknown[]) => void
  prototype.drawImage = function (this: CanvasRenderingContext2D, ...all: unknown[]) {
    page.drawnAt.push(performance.now())
    return draw.apply(this, all)
  } as typeof prototype.drawImage
}

const LAYERS = 2

async function drawn(page: Page): Promise<Drawn> {
  const at = await page.evaluate(() => (window as unknown as Counting).drawnAt)
  const [first = 0, last = 0] = [at[0], at.at(-1)]
  const whole = Math.floor((last - first) / 1_000)
  const each = Array.from({ length: whole }, (_, second) => {
    const from = first + 1_000 * second
    return at.filter((ms) => ms >= from && ms < from + 1_000).length / LAYERS
  })
  return { mean: each.reduce((sum, count) => sum + count, 0) / Math.max(1, whole), worst: Math.min(...each) }
}

/** Runs in the page: another program that takes its time. */
function standStill({ forMs, everyMs }: typeof BUSY): void {
  setInterval(() => {
    const until = performance.now() + forMs
    while (performance.now() < until);
  }, everyMs)
}

const frames = ({ mean, worst }: Drawn) => `${mean.toFixed(1)} (${worst.toFixed(1)})`
const percent = (share = 0) => `${(100 * share).toFixed(1)} %`

function trusted(result: LabResult): string {
  const doubts = doubtsOf(result)
  return doubts.length === 0 ? 'yes' : `no (${doubts.join(', ')})`
}

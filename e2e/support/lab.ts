// What teacher and students do in the laboratory, and how the tests look at it. Knows no single test.
import { readFileSync } from 'node:fs'
import { expect, type Page } from '@playwright/test'
import type { LabResult } from '@swarmdrop/peer/lab'

type LabWindow = { swarmdrop: { lab?: { results(): LabResult[] } } }

export type LabSetting = {
  peers: number
  megabytes: number
  serverKilobytesPerSecond: number
  peerKilobytesPerSecond: number
  mode: 'p2p' | 'client-server' | 'both'
}

/** Quick runs: half a minute for both modes. */
export const smallLab: LabSetting = {
  peers: 6,
  megabytes: 3,
  serverKilobytesPerSecond: 1_500,
  peerKilobytesPerSecond: 1_000,
  mode: 'both',
}

/** Opens a room; gives its code. `at`: of a tracker of the test's own. */
export async function openRoom(page: Page, at = '/'): Promise<string> {
  await page.goto(`${at}lab`)
  await page.getByTestId('lab-create').click()
  const code = page.getByTestId('lab-code')
  await expect(code).toHaveText(/^[A-Z2-9]{6}$/)
  return code.innerText()
}

export async function setUp(page: Page, setting: LabSetting): Promise<void> {
  if (setting.peers > 0) {
    await page.getByTestId('lab-peer-count').fill(String(setting.peers))
    await page.getByTestId('lab-add-peers').click()
  }
  await page.getByTestId('lab-file-bytes').fill(String(setting.megabytes))
  await page.getByTestId('lab-server-upload').fill(String(setting.serverKilobytesPerSecond))
  await page.getByTestId('lab-peer-upload').fill(String(setting.peerKilobytesPerSecond))
  await page.getByTestId('lab-peer-download').fill('8000')
  await page.getByTestId('lab-mode').selectOption(setting.mode)
}

/** A student's tab, in the room by its link. */
export async function joinRoom(page: Page, code: string, name: string, at = '/'): Promise<void> {
  await page.goto(`${at}lab#${code}`)
  await page.getByTestId('lab-name').fill(name)
  await page.getByTestId('lab-join').click()
  await expect(page.getByTestId('lab-waiting')).toHaveAttribute('data-state', 'in')
}

export async function waitForLab(page: Page, phase: 'running' | 'done' | 'failed', timeout = 60_000): Promise<void> {
  await expect(page.getByTestId('lab-phase')).toHaveAttribute('data-phase', phase, { timeout })
}

export const labResults = (page: Page): Promise<LabResult[]> =>
  page.evaluate(() => (window as unknown as LabWindow).swarmdrop.lab?.results() ?? [])

/** What the rows of the table say of themselves. */
export async function resultRows(page: Page) {
  const rows = await page
    .getByTestId('lab-result')
    .evaluateAll((all) => all.map((row) => ({ ...(row as HTMLElement).dataset })))
  return rows.map(({ mode, n, measured, bound, simulated, ratio }) => ({
    mode,
    n: Number(n),
    measured: Number(measured),
    bound: Number(bound),
    simulated: Number(simulated),
    ratio: Number(ratio),
  }))
}

/** Presses an export button and reads the file. */
export async function exported(page: Page, testId: string): Promise<string> {
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByTestId(testId).click()])
  return readFileSync(await download.path(), 'utf8')
}

// The laboratory in real Chromium compared with theory and simulation: eight peers in one page, one mode after the
// other. Prints what it saw, and how far any uplink went over its limit in any five seconds.
import type { Page } from '@playwright/test'
import { median, table } from '../tooling/figures'
import { RUN_TIMEOUT_MS, withLabPage } from './lab-page'

/** A run by the server alone takes eight times as long, and differs by next to nothing. */
const ROUNDS = { p2p: 10, 'client-server': 3 } as const
const PEERS = 8
const SERVER_BYTES_PER_SECOND = 1_000_000
const PEER_BYTES_PER_SECOND = 250_000
const WINDOW_MS = 5_000
const SAMPLE_MS = 250

const MODES = ['p2p', 'client-server'] as const

type Row = { mode: string; measured: number; bound: number; simulated: number; ratio: number }
type Sample = { atMs: number; uploadedBytes: number[] }

export async function labAccuracy(): Promise<void> {
  const rows: Row[] = []
  let mostOverLimit = 0
  for (const mode of MODES)
    for (let round = 0; round < ROUNDS[mode]; round++) {
      const { results, overLimit } = await withLabPage((page) => runOnce(page, mode))
      rows.push(...results)
      mostOverLimit = Math.max(mostOverLimit, overLimit)
    }
  const lines = MODES.map((mode) => {
    const of = rows.filter((row) => row.mode === mode)
    const ratios = of.map(({ ratio }) => ratio)
    const simulated = of.map((row) => row.simulated / row.measured)
    return [
      mode,
      (of[0]?.bound ?? Number.NaN).toFixed(1),
      spread(of.map(({ measured }) => measured)),
      `${median(ratios).toFixed(3)} (${ratios.map((ratio) => ratio.toFixed(3)).join(' ')})`,
      mode === 'p2p' ? '1.08' : '1.03',
      `${median(simulated).toFixed(3)}`,
    ]
  })
  const head = [
    'lab',
    'bound, s',
    'measured, s',
    `ratio, median of ${MODES.map((mode) => ROUNDS[mode]).join(' and ')}`,
    'wanted',
    'simulated / measured',
  ]
  console.log(table(head, lines))
  console.log(`Most that any uplink went over its limit in any 5 s: ${(100 * mostOverLimit).toFixed(1)} %.`)
}

const spread = (seconds: number[]) =>
  `${median(seconds).toFixed(1)} (${Math.min(...seconds).toFixed(1)}–${Math.max(...seconds).toFixed(1)})`

async function runOnce(page: Page, mode: (typeof MODES)[number]): Promise<{ results: Row[]; overLimit: number }> {
  await page.getByTestId('lab-create').click()
  const fill = (testId: string, text: string) => page.getByTestId(testId).fill(text)
  await fill('lab-peer-count', String(PEERS))
  await page.getByTestId('lab-add-peers').click()
  await fill('lab-file-bytes', String((16 * 1_048_576) / 1e6))
  await fill('lab-server-upload', String(SERVER_BYTES_PER_SECOND / 1000))
  await fill('lab-peer-upload', String(PEER_BYTES_PER_SECOND / 1000))
  await fill('lab-peer-download', '2000')
  await page.getByTestId('lab-mode').selectOption(mode)
  await page.evaluate(watchUploads, SAMPLE_MS)
  await page.getByTestId('lab-start').click()
  await page.locator('[data-testid=lab-phase][data-phase=done]').waitFor({ timeout: RUN_TIMEOUT_MS })
  const rows = await page
    .getByTestId('lab-result')
    .evaluateAll((all) => all.map((row) => ({ ...(row as HTMLElement).dataset })))
  const samples = await page.evaluate(() => (window as unknown as { samples: Sample[] }).samples)
  return {
    results: rows.map(({ mode = '', measured, bound, simulated, ratio }) => ({
      mode,
      measured: Number(measured),
      bound: Number(bound),
      simulated: Number(simulated),
      ratio: Number(ratio),
    })),
    overLimit: overLimit(samples),
  }
}

/** Runs in the page: notes what each peer has uploaded, the server first. */
function watchUploads(everyMs: number): void {
  type Peer = { uploadedBytes: number }
  const page = window as unknown as { swarmdrop: { lab: { peers(): Peer[] } }; samples: Sample[] }
  page.samples = []
  setInterval(() => {
    const uploadedBytes = page.swarmdrop.lab.peers().map((peer) => peer.uploadedBytes)
    page.samples.push({ atMs: performance.now(), uploadedBytes })
  }, everyMs)
}

/** The share by which the most was sent over a limit, in any window of five seconds or a little more. */
function overLimit(samples: readonly Sample[]): number {
  let most = 0
  samples.forEach((first, index) => {
    const last = samples.slice(index).find(({ atMs }) => atMs >= first.atMs + WINDOW_MS)
    if (!last || last.uploadedBytes.length !== first.uploadedBytes.length) return
    const seconds = (last.atMs - first.atMs) / 1000
    last.uploadedBytes.forEach((bytes, peer) => {
      const limit = peer === 0 ? SERVER_BYTES_PER_SECOND : PEER_BYTES_PER_SECOND
      most = Math.max(most, (bytes - (first.uploadedBytes[peer] ?? 0)) / (limit * seconds) - 1)
    })
  })
  return most
}

// How long somebody who opens a link waits for the first chunk: whole product, real pages, in a browser that has never
// been here.
import type { BrowserContext } from '@playwright/test'
import { median } from '../tooling/figures'
import { MIB } from '../tooling/files'
import { openBrowser, shareFile, withProduct, writeRandomFile } from './product'
import { listed, type Report } from './rows'

const ROUNDS = 10
const FILE_BYTES = 32 * MIB
const WANTED_SECONDS = 0.6
const TIMEOUT_MS = 30_000

/** The steps in the order in which a page reaches them; the last is a chunk that is proved and stored. */
const steps = ['script', 'session', 'tracker', 'neighbour', 'ready', 'bytes', 'place', 'chunk'] as const
type Step = (typeof steps)[number]
/** Milliseconds since the navigation began. */
export type Waterfall = Record<Step, number>

export function firstChunk(): Promise<Report> {
  return withProduct(async ({ browser, url, folder }) => {
    const link = await shareFile(await browser.newPage(), url, writeRandomFile(folder, FILE_BYTES))
    const receiver = await openBrowser(folder)
    const rounds: Waterfall[] = []
    for (let round = 0; round < ROUNDS; round++) rounds.push(await openAsNewcomer(receiver, link))
    await receiver.close()

    const chunks = rounds.map(({ chunk }) => chunk)
    return {
      rows: [
        {
          what: 'link opened → first chunk held',
          measured: `${(median(chunks) / 1000).toFixed(2)} s`,
          comparedWith: '–',
          outcome: `${(median(chunks) / 1000).toFixed(2)} s`,
          wanted: `at most ${WANTED_SECONDS} s`,
        },
      ],
      details: [`first chunk: ${listed(chunks, 0)} ms; ${waterfallOf(rounds)}`],
    }
  })
}

export const waterfallOf = (rounds: readonly Waterfall[]): string =>
  `medians of the steps: ${steps.map((step) => `${step} ${median(rounds.map((round) => round[step])).toFixed(0)}`).join(', ')}`

/**
 * Opens the link as a person does who presses Download as soon as it is there. Neither page nor content is on this
 * device.
 */
export async function openAsNewcomer(receiver: BrowserContext, link: string): Promise<Waterfall> {
  const page = await receiver.newPage()
  await page.addInitScript(pressAndWatch)
  const devTools = await receiver.newCDPSession(page)
  await devTools.send('Network.clearBrowserCache')
  await devTools.send('Storage.clearDataForOrigin', { origin: new URL(link).origin, storageTypes: 'all' })
  await page.goto(link, { waitUntil: 'commit' })
  await page.waitForFunction(() => 'chunk' in window.reached, null, { polling: 20, timeout: TIMEOUT_MS })
  const reached = await page.evaluate(() => window.reached)
  await page.close()
  return reached as Waterfall
}

declare global {
  interface Window {
    reached: Partial<Record<string, number>>
  }
}

/** Runs in the receiver's page before all else. */
function pressAndWatch(): void {
  const reached: Partial<Record<Step, number>> = {}
  window.reached = reached
  const reach = (step: Step, isTrue: boolean | undefined) => {
    if (isTrue) reached[step] ??= performance.now()
  }
  const { port1, port2 } = new MessageChannel()
  port1.onmessage = () => {
    const button = document.querySelector<HTMLElement>('[data-testid=download]')
    if (!reached.ready) button?.click()
    const session = window.swarmdrop?.snapshot()[0]
    reach('script', 'swarmdrop' in window)
    reach('session', session !== undefined)
    reach('tracker', session?.tracker === 'online')
    reach('neighbour', session && session.neighbours.length > 0)
    reach('ready', button !== null)
    reach('bytes', session && session.downloadedBytes > 0)
    reach('place', session && 'keeping' in session)
    reach('chunk', session && session.chunksHeld > 0)
    // Not too often: to look costs time too.
    if (!reached.chunk) setTimeout(() => port2.postMessage(0), 2)
  }
  port2.postMessage(0)
}

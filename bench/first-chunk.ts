// How long somebody who opens a link waits for the first chunk: whole product, real pages, in a browser that has never been here; on
// one machine, and where sender and tracker are far away.
import type { BrowserContext } from '@playwright/test'
import { median } from '../tooling/figures'
import { MIB } from '../tooling/files'
import { NoLongPath, type PathShape } from '../tooling/long-path/long-path'
import { withFarPeople } from './far-people'
import { openBrowser, shareFile, withProduct, writeRandomFile } from './product'
import { listed, type Report } from './rows'

const ROUNDS = 10
const FILE_BYTES = 32 * MIB
const WANTED_SECONDS = { here: 0.6, far: 1 }
/** Between two homes of one country: 40 ms there and back. */
const FAR: PathShape = { oneWayMs: 20, bytesPerSecond: 2_500_000, queueBytes: 250_000, lossPerMillion: 0 }
const TIMEOUT_MS = 30_000

/** In the order in which a page reaches them; the last is a chunk that is proved and stored. */
const steps = ['script', 'session', 'tracker', 'neighbour', 'ready', 'bytes', 'place', 'chunk'] as const
type Step = (typeof steps)[number]
/** Milliseconds since the navigation began. */
type Waterfall = Record<Step, number>

export async function firstChunk(): Promise<Report> {
  const here = await withProduct(async ({ browser, url, folder }) => {
    const receiver = await openBrowser(folder)
    const report = await measured('here', 'link opened → first chunk held', browser, receiver, url, folder)
    await receiver.close()
    return report
  })
  const far = await farAway()
  return { rows: [...here.rows, ...far.rows], details: [...here.details, ...far.details] }
}

async function farAway(): Promise<Report> {
  try {
    return await withFarPeople(FAR, 2, ({ browsers, url, folder }) => {
      const [sender, receiver] = browsers
      if (!sender || !receiver) throw new Error('A path has two ends.')
      return measured('far', 'the same, 40 ms there and back', sender, receiver, url, folder)
    })
  } catch (error) {
    if (!(error instanceof NoLongPath)) throw error
    return { rows: [], details: [`${error.message} The first chunk from far away is not measured.`] }
  }
}

async function measured(
  where: keyof typeof WANTED_SECONDS,
  what: string,
  sender: BrowserContext,
  receiver: BrowserContext,
  url: string,
  folder: string,
): Promise<Report> {
  const page = await sender.newPage()
  const link = await shareFile(page, url, writeRandomFile(folder, FILE_BYTES))
  const rounds: Waterfall[] = []
  for (let round = 0; round < ROUNDS; round++) rounds.push(await openAsNewcomer(receiver, link))
  await page.close()

  const times = (step: Step) => rounds.map((round) => round[step])
  const waterfall = steps.map((step) => `${step} ${median(times(step)).toFixed(0)}`).join(', ')
  const seconds = `${(median(times('chunk')) / 1000).toFixed(2)} s`
  const wanted = `at most ${WANTED_SECONDS[where].toFixed(1)} s`
  return {
    rows: [{ what, measured: seconds, comparedWith: '–', outcome: seconds, wanted }],
    details: [`${what}: ${listed(times('chunk'), 0)} ms; medians of the steps: ${waterfall}`],
  }
}

/** Opens the link as a person does who presses Download as soon as it is there. Neither page nor content is on this device. */
async function openAsNewcomer(receiver: BrowserContext, link: string): Promise<Waterfall> {
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

// Tens of thousands of files from one page to another: how long either page stands still at a stroke, how soon Cancel
// takes effect, and how soon there is a link. Real pages in browsers of their own, on the disk.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { startTracker } from '../apps/tracker/src/server'
import { openOnDisk } from '../tooling/disk-profile'
import { drop } from '../tooling/drop'
import { table } from '../tooling/figures'
import { inProject } from '../tooling/project.mjs'
import { StillWatch } from '../tooling/still-watch'
import { ensureWebBuilt } from '../tooling/web-build.mjs'

const COUNTS = [20_000, 50_000]
const PER_FOLDER = 500
const STAGE_TIMEOUT_MS = 600_000
/** The longest that a page may stand still, and that Cancel may take. */
const WANTED = { stillMs: 200, cancelMs: 100 }

/**
 * `button`: the folder's handle, as the newer dialog gives it; `input`: the list of all files, as the older one does,
 * after the browser has made it.
 */
type Way = 'drop' | 'button' | 'input'
const WAYS: Way[] = ['drop', 'button', 'input']

const HEAD = ['', 'seconds', 'longest still, ms', 'Cancel, ms']
type Row = { what: string; seconds?: number; stillMs?: number; cancelMs?: number }

export async function manyFiles(): Promise<void> {
  await ensureWebBuilt()
  const place = await mkdtemp(join(tmpdir(), 'swarmdrop-many-'))
  process.once('exit', () => rmSync(place, { recursive: true, force: true }))
  const tracker = await startTracker({ webRoot: inProject('apps/web/out') })
  const url = `http://localhost:${tracker.port}/`
  try {
    for (const count of COUNTS) {
      const folder = writeTree(join(place, `${count} files`), count)
      const rows: Row[] = []
      for (const way of WAYS) rows.push(...(await shareBy(way, url, folder, join(place, `${way}-${count}`))))
      print(count, rows)
    }
  } finally {
    await tracker.close()
  }
}

/** Shares the folder; of a drop, somebody also fetches all of it. */
async function shareBy(way: Way, url: string, folder: string, place: string): Promise<Row[]> {
  const sender = await open(join(place, 'sender'), url)
  const rows: Row[] = []
  try {
    for (const [when, words] of Object.entries({ looking: /Looking (through|at each)/, reading: / read$/ })) {
      const cancelMs = await cancelled(sender, () => choose(sender, way, folder), words)
      rows.push({ what: `${way}: Cancel while ${when}`, cancelMs })
    }
    let link = ''
    const shared = await timed(sender, `${way}: until the link`, async () => {
      await choose(sender, way, folder)
      await sender.getByTestId('share-link').waitFor({ timeout: STAGE_TIMEOUT_MS })
      link = await sender.evaluate(() => window.swarmdrop.snapshot()[0]?.link ?? '')
    })
    rows.push(shared)
    if (way === 'drop') rows.push(...(await fetchBy(link, url, place, sender)))
  } finally {
    await sender.context().close()
  }
  return rows
}

async function fetchBy(link: string, url: string, place: string, sender: Page): Promise<Row[]> {
  const receiver = await open(join(place, 'receiver'), url)
  const phase = (name: string) => receiver.locator(`[data-testid=transfer][data-phase=${name}]`)
  const until = (name: string) => phase(name).waitFor({ timeout: STAGE_TIMEOUT_MS })
  try {
    await StillWatch.take(sender)
    const rows = [
      await timed(receiver, 'receiver: opens the link', async () => {
        await receiver.evaluate((to) => window.location.assign(to), link)
        await until('ready')
      }),
      await timed(receiver, 'receiver: fetches all', async () => {
        await receiver.getByTestId('download').click()
        await until('complete')
      }),
      await timed(receiver, 'receiver: saves the ZIP', async () => {
        const download = receiver.waitForEvent('download', { timeout: STAGE_TIMEOUT_MS })
        await receiver.getByTestId('save').click()
        await (await download).path()
      }),
      await timed(receiver, 'receiver: comes back to it', async () => {
        await receiver.reload()
        await until('complete')
      }),
    ]
    return [...rows, { what: 'sender: serves meanwhile', stillMs: await StillWatch.take(sender) }]
  } finally {
    await receiver.context().close()
  }
}

async function open(folder: string, url: string): Promise<Page> {
  const page = await openOnDisk(folder)
  // tsx names inner functions through a helper that a page does not have.
  await page.context().addInitScript('globalThis.__name = (value) => value')
  await StillWatch.prepare(page)
  await page.addInitScript(prepareChoosing)
  await page.goto(url)
  await page.getByTestId('folder-input').waitFor({ state: 'attached' })
  return page
}

async function choose(page: Page, way: Way, folder: string): Promise<void> {
  if (way === 'drop') return drop(page, [folder])
  if (way === 'input') {
    await page.getByTestId('folder-input').setInputFiles(folder)
    // What the browser does before it tells the page is not the page's.
    await StillWatch.take(page)
    return
  }
  // No test can answer the system's dialog: the folder that it would give is dropped beforehand, and given in its
  // place.
  await page.evaluate(() => {
    window.catchesDrop = true
  })
  await drop(page, [folder])
  await page.waitForFunction(() => !window.catchesDrop)
  await page.getByText('Choose a folder').click()
}

async function timed(page: Page, what: string, work: () => Promise<void>): Promise<Row> {
  await StillWatch.take(page)
  const startedAt = performance.now()
  await work()
  return { what, seconds: (performance.now() - startedAt) / 1000, stillMs: await StillWatch.take(page) }
}

/** The time from the click, as the browser has it, until the page shows that nothing is made any more. */
async function cancelled(page: Page, begin: () => Promise<void>, when: RegExp): Promise<number> {
  await begin()
  await page.getByTestId('making').filter({ hasText: when }).waitFor({ timeout: STAGE_TIMEOUT_MS })
  await page.evaluate(timeCancel)
  await page.getByRole('button', { name: 'Cancel' }).click()
  await page.getByTestId('folder-input').waitFor({ state: 'attached' })
  return page.evaluate(() => window.cancelMs)
}

function print(count: number, rows: readonly Row[]): void {
  const cells = rows.map(({ what, seconds, stillMs, cancelMs }) => [
    what,
    seconds?.toFixed(1) ?? '',
    stillMs?.toFixed(0) ?? '',
    cancelMs?.toFixed(0) ?? '',
  ])
  console.log(`${table([`${count} files`, ...HEAD.slice(1)], cells)}\n`)
  const stillMs = Math.max(...rows.map((row) => row.stillMs ?? 0))
  const cancelMs = Math.max(...rows.map((row) => row.cancelMs ?? 0))
  console.log(
    `Longest still ${stillMs.toFixed(0)} ms (wanted: at most ${WANTED.stillMs}), ` +
      `slowest Cancel ${cancelMs.toFixed(0)} ms (wanted: at most ${WANTED.cancelMs}).\n`,
  )
  if (stillMs > WANTED.stillMs || cancelMs > WANTED.cancelMs) process.exitCode = 1
}

/** Small ones: it is their number that costs. The folder that they are all in. */
function writeTree(folder: string, count: number): string {
  for (let index = 0; index < count; index++) {
    const album = join(folder, `album ${Math.floor(index / PER_FOLDER)}`)
    if (index % PER_FOLDER === 0) mkdirSync(album, { recursive: true })
    writeFileSync(join(album, `picture number ${index}.txt`), `file ${index} `.repeat(1 + (index % 40)))
  }
  return folder
}

declare global {
  interface Window {
    /** The next drop is not the page's, but what the dialog gives. */
    catchesDrop?: boolean
    cancelMs: number
  }
}

// These run in the page.

function prepareChoosing(): void {
  let folder: unknown
  Object.assign(window, { showDirectoryPicker: async () => folder })
  window.addEventListener(
    'drop',
    async (event) => {
      if (!window.catchesDrop) return
      event.preventDefault()
      event.stopImmediatePropagation()
      const [item] = event.dataTransfer?.items ?? []
      folder = await (
        item as unknown as { getAsFileSystemHandle(): Promise<unknown> } | undefined
      )?.getAsFileSystemHandle()
      window.catchesDrop = false
    },
    { capture: true },
  )
}

function timeCancel(): void {
  window.cancelMs = Number.NaN
  document.addEventListener(
    'click',
    ({ timeStamp }) => {
      new MutationObserver((_, observer) => {
        if (document.querySelector('[data-testid=making]')) return
        window.cancelMs = performance.now() - timeStamp
        observer.disconnect()
      }).observe(document, { childList: true, subtree: true })
    },
    { capture: true, once: true },
  )
}

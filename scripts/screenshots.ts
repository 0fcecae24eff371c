// Makes the documents' pictures: the product in real Chromium, with four people and a file on its way. Run it with
// `npx tsx scripts/screenshots.ts` after the pages have changed; with `share`, `theory` or `lab`, those pages' alone.
import { randomBytes } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Browser, chromium, type Page } from '@playwright/test'
import { startTracker } from '../apps/tracker/src/server'
import { chromiumLaunchOptions } from '../tooling/chromium.mjs'
import { inProject } from '../tooling/project.mjs'
import { ensureWebBuilt } from '../tooling/web-build.mjs'

type LabWindow = { swarmdrop: { lab?: { peers(): { chunksHeld: number }[] } } }

type Look = { width: number; height: number; colorScheme: 'light' | 'dark' }
const desktopLight: Look = { width: 1280, height: 900, colorScheme: 'light' }
const desktopDark: Look = { width: 1280, height: 900, colorScheme: 'dark' }
const phoneDark: Look = { width: 390, height: 844, colorScheme: 'dark' }

const FILE_BYTES = 40 * 1_048_576

await ensureWebBuilt()
const folder = await mkdtemp(join(tmpdir(), 'swarmdrop-pictures-'))
// As on a server: links have its name, and not that of this machine.
const tracker = await startTracker({ webRoot: inProject('apps/web/out'), publicUrl: 'https://drop.example.org' })
const browser = await chromium.launch(chromiumLaunchOptions())
try {
  const url = `http://localhost:${tracker.port}/`
  const only = process.argv[2]
  if (only === undefined || only === 'theory') await takeTheoryPicture(browser, url)
  if (only === undefined || only === 'lab') await takeLabPicture(browser, url)
  if (only === undefined || only === 'share') await takePictures(browser, url)
} finally {
  await browser.close()
  await tracker.close()
  await rm(folder, { recursive: true })
}

async function takePictures(from: Browser, url: string): Promise<void> {
  const sender = await open(from, url, desktopLight)
  await sender.getByTestId('file-input').waitFor({ state: 'attached' })
  const path = join(folder, 'Graduation 2026.mp4')
  writeFileSync(path, randomBytes(FILE_BYTES))
  await sender.getByTestId('file-input').setInputFiles(path)
  await sender.getByTestId('share-link').waitFor({ timeout: 30_000 })
  const link = await sender.evaluate(() => window.swarmdrop.snapshot()[0]?.link ?? '')

  const looks = [desktopLight, phoneDark, desktopLight, desktopLight]
  const people: Page[] = []
  for (const look of looks) {
    const person = await open(from, link, look)
    await phase(person, 'ready')
    // Slow enough that there is something to see.
    await person.getByTestId('download-limit').fill('2000')
    await person.getByTestId('download-limit').press('Enter')
    await person.getByTestId('download').click()
    people.push(person)
  }
  const [first, phone] = people
  if (!first || !phone) return
  await first.waitForFunction(() => (window.swarmdrop.snapshot()[0]?.chunksHeld ?? 0) > 70)
  for (const [page, name] of [
    [first, 'downloading-light'],
    [phone, 'downloading-phone-dark'],
    [sender, 'sharing-light'],
  ] as const)
    await pictureOfTop(page, name)
  await sender.emulateMedia({ colorScheme: desktopDark.colorScheme })
  for (const person of people) await phase(person, 'complete')
  await sender.getByTestId('closing').waitFor({ timeout: 30_000 })
  // Buttons take a moment to change their colour.
  await sender.waitForTimeout(500)
  await pictureOfTop(sender, 'shared-dark')
}

/** The page as somebody sees it who has not scrolled. */
async function pictureOfTop(page: Page, name: string): Promise<void> {
  await page.evaluate(() => window.scrollTo(0, 0))
  await picture(page, name)
}

/** The known figure with points, and its run for N = 10 half-way. */
async function takeTheoryPicture(from: Browser, url: string): Promise<void> {
  const page = await open(from, `${url}theory`, { ...desktopLight, height: 1_500 })
  await page.getByTestId('theory-simulate-curve').click()
  await page.getByTestId('theory-simulate').waitFor({ timeout: 120_000 })
  await page.getByTestId('theory-simulate').click()
  await page.getByTestId('theory-scrub').waitFor({ timeout: 60_000 })
  await page.waitForFunction(() => {
    const scrub = document.querySelector('[data-testid=theory-scrub]')
    return scrub instanceof HTMLInputElement && scrub.valueAsNumber > 400
  })
  await page.evaluate(() => window.scrollTo(0, 230))
  await picture(page, 'theory-light')
}

/** The first minute: nine real peers in one page, half-way. */
async function takeLabPicture(from: Browser, url: string): Promise<void> {
  const page = await open(from, `${url}lab`, { ...desktopLight, height: 1_500 })
  await page.getByRole('button', { name: 'Try it now with 8 peers on this page' }).click()
  await page.locator('[data-testid=lab-phase][data-phase=running]').waitFor({ timeout: 60_000 })
  await page.waitForFunction(() => {
    const [server, ...peers] = (window as unknown as LabWindow).swarmdrop.lab?.peers() ?? []
    return server !== undefined && peers.every(({ chunksHeld }) => chunksHeld > server.chunksHeld / 3)
  })
  await picture(page, 'lab-light')
}

async function open(from: Browser, url: string, { width, height, colorScheme }: Look): Promise<Page> {
  const context = await from.newContext({ viewport: { width, height }, colorScheme })
  const page = await context.newPage()
  await page.goto(url)
  return page
}

function phase(page: Page, name: string): Promise<void> {
  return page.locator(`[data-testid=transfer][data-phase=${name}]`).waitFor({ timeout: 120_000 })
}

async function picture(page: Page, name: string): Promise<void> {
  await page.bringToFront()
  await page.screenshot({ path: inProject('docs/screenshots', `${name}.png`) })
  console.log(`docs/screenshots/${name}.png`)
}

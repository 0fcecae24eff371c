// One very large file from tab to tab and onto the disk: what it takes of time and memory, and whether both pages
// answer clicks throughout. Real pages in browsers of their own, whose profiles are on the disk; next to them an empty
// page, clicked as often: what it takes to be answered there is the machine's.
import { rmSync } from 'node:fs'
import { mkdtemp, statfs } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { startTracker } from '../apps/tracker/src/server'
import { openOnDisk } from '../tooling/disk-profile'
import { table } from '../tooling/figures'
import { digestOfFile, MIB, randomFile } from '../tooling/files'
import { MemoryWatch } from '../tooling/memory-watch'
import { inProject } from '../tooling/project.mjs'
import { ensureWebBuilt } from '../tooling/web-build.mjs'
import { ClickWatch } from './click-watch'

const BYTES = 3_072 * MIB
/** The file, what the receiver keeps of it and what it saves; and the profiles. */
const DISK_BYTES = 3 * BYTES + 1e9
/** Two cores that send and receive at once need several minutes. */
const STAGE_TIMEOUT_MS = 1_800_000
const HEAD = ['heap, MB', 'with workers and buffers', 'whole renderer', 'clicks', 'p99, ms', 'worst, ms']

type Person = { name: string; page: Page; memory: MemoryWatch | undefined; clicks: ClickWatch }

export async function big(): Promise<void> {
  if (await lacksSpace()) return
  await ensureWebBuilt()
  const folder = await mkdtemp(join(tmpdir(), 'swarmdrop-big-'))
  // Also when somebody breaks it off: ten gigabytes should not stay.
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }))
  const tracker = await startTracker({ webRoot: inProject('apps/web/out') })
  const url = `http://localhost:${tracker.port}/`
  const people: Person[] = []
  const arrive = async (name: string, address: string) => {
    const person = await open(name, join(folder, name), address)
    people.push(person)
    return person.page
  }
  try {
    const path = randomFile(join(folder, 'big.bin'), BYTES)
    const sender = await arrive('sender', url)
    const receiver = await arrive('receiver', url)
    await arrive('empty page', `${url}healthz`)

    const link = await stage('making the link', people, async () => {
      await sender.getByTestId('file-input').setInputFiles(path)
      await sender.getByTestId('share-link').waitFor({ timeout: STAGE_TIMEOUT_MS })
      return sender.evaluate(() => window.swarmdrop.snapshot()[0]?.link ?? '')
    })
    await receiver.goto(link)
    await receiver.locator('[data-testid=transfer][data-phase=ready]').waitFor()
    await stage('from tab to tab', people, async () => {
      await receiver.getByTestId('download').click()
      const complete = receiver.locator('[data-testid=transfer][data-phase=complete]')
      await complete.waitFor({ timeout: STAGE_TIMEOUT_MS })
    })
    const saved = await stage('saving', people, async () => {
      const download = receiver.waitForEvent('download')
      await receiver.getByTestId('save').click()
      return (await download).path()
    })
    const isSame = (await digestOfFile(saved)) === (await digestOfFile(path))
    console.log(`What was saved is ${isSame ? '' : 'NOT '}what was shared.`)
    if (!isSame) process.exitCode = 1
  } finally {
    await Promise.all(people.map(leave))
    await tracker.close()
  }
}

async function lacksSpace(): Promise<boolean> {
  const { bavail, bsize } = await statfs(tmpdir())
  if (bavail * bsize >= DISK_BYTES) return false
  console.error(`It needs ${megabytes(DISK_BYTES)} MB free in ${tmpdir()}. Free some, or set TMPDIR to another folder.`)
  process.exitCode = 1
  return true
}

async function open(name: string, folder: string, url: string): Promise<Person> {
  const page = await openOnDisk(folder)
  await ClickWatch.prepare(page)
  await page.goto(url)
  return { name, page, memory: await MemoryWatch.of(page), clicks: ClickWatch.start(page) }
}

async function leave({ page, memory, clicks }: Person): Promise<void> {
  await clicks.stop()
  memory?.stop()
  await page.context().close()
}

/** Does it, and prints what it took: memory at its highest since the beginning, clicks of this stage. */
async function stage<T>(name: string, people: Person[], work: () => Promise<T>): Promise<T> {
  for (const { clicks } of people) await clicks.take()
  const startedAt = performance.now()
  const result = await work()
  const seconds = (performance.now() - startedAt) / 1000
  const rows: string[][] = []
  for (const { name: person, memory, clicks } of people) {
    const peak = await memory?.peak()
    const bytes = [peak?.heapBytes, peak?.heapAndBuffersBytes, peak?.residentBytes]
    const { count, p99Ms, worstMs } = await clicks.take()
    rows.push([person, ...bytes.map(megabytes), String(count), p99Ms.toFixed(0), worstMs.toFixed(0)])
  }
  const rate = `${seconds.toFixed(1)} s, ${(BYTES / 1e6 / seconds).toFixed(0)} MB/s`
  console.log(`${table([`${BYTES / MIB} MiB, ${name}: ${rate}`, ...HEAD], rows)}\n`)
  return result
}

const megabytes = (bytes: number | undefined) => (bytes === undefined ? '–' : (bytes / 1e6).toFixed(0))

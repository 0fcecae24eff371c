// Two of our transfers on one path at once: whether they share it, begun together or one after the other.
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { median } from '../../tooling/figures'
import { MIB } from '../../tooling/files'
import type { PathShape } from '../../tooling/long-path/long-path'
import { openReady, shareFile, writeRandomFile } from '../product'
import { FarPeople } from './far-people'
import { described, idlePing, type Line, type PathRow, pingColumns, ROUNDS } from './row'

const SHAPE: PathShape = { oneWayMs: 20, bytesPerSecond: 2_500_000, queueBytes: 250_000, lossPerMillion: 0 }
const BYTES = 24 * MIB
const SAMPLE_MS = 100
/** What each has found out of the path by then is its own affair. */
const SETTLED_MS = 2_000

export const sharedRows: readonly PathRow[] = [
  { name: 'shared', run: () => FarPeople.meet(SHAPE, 2, (people) => measured('shared', 0, people)) },
  { name: 'latecomer', run: () => FarPeople.meet(SHAPE, 2, (people) => measured('latecomer', 4_000, people)) },
]

async function measured(name: string, laterMs: number, people: FarPeople): Promise<Line> {
  const [sender, receiver] = [await people.chromium(people.first), await people.chromium(people.last)]
  const probe = await people.probe()
  const idle = await idlePing(probe)
  console.info(`${name}: two transfers on ${described(SHAPE)}, the second ${laterMs / 1000} s later;`)
  process.stdout.write('of each round both rates while both run, in MB/s, and the ping: ')
  const rounds: { first: number; second: number; ping: number }[] = []
  for (let number = 0; number < ROUNDS; number++) {
    const pages: Page[] = []
    const transfers: Page[] = []
    for (let transfer = 0; transfer < 2; transfer++) {
      const [home, link] = [await sender.newPage(), await receiver.newPage()]
      await openReady(
        link,
        await shareFile(home, people.url, writeRandomFile(join(people.folder, `${transfer}`), BYTES)),
      )
      pages.push(home, link)
      transfers.push(link)
    }
    probe.takeRoundTripsMs()
    const [a, b] = await Promise.all(
      transfers.map((page, transfer) =>
        page.evaluate(downloadWatched, { laterMs: transfer * laterMs, sampleMs: SAMPLE_MS }),
      ),
    )
    const round = { ...whileBoth(a ?? [], b ?? []), ping: median(probe.takeRoundTripsMs()) }
    rounds.push(round)
    process.stdout.write(`${round.first.toFixed(2)} ${round.second.toFixed(2)} (${round.ping.toFixed(0)} ms)`)
    process.stdout.write(number < ROUNDS - 1 ? ' | ' : '\n')
    await Promise.all(pages.map((page) => page.close()))
  }
  const of = (which: 'first' | 'second') => median(rounds.map((round) => round[which])).toFixed(2)
  const lesser = rounds.map(({ first, second }) => Math.min(first, second) / (first + second))
  return {
    path: `${name}: two on ${described(SHAPE)}`,
    Swarmdrop: `${of('first')} and ${of('second')} MB/s`,
    ratio: asShares(median(lesser)),
    slowest: asShares(Math.min(...lesser)),
    wanted: asShares(0.4),
    ...pingColumns(idle, median(rounds.map(({ ping }) => ping))),
  }
}

const asShares = (lesser: number) => `${(100 * lesser).toFixed(0)}:${(100 - 100 * lesser).toFixed(0)}`

/** A sample on the clock that all pages of a browser share. */
type Sample = { atMs: number; bytes: number }

/** Megabytes a second of each, from when both had settled until one was done. */
function whileBoth(a: readonly Sample[], b: readonly Sample[]): { first: number; second: number } {
  const from = Math.max(a[0]?.atMs ?? 0, b[0]?.atMs ?? 0) + SETTLED_MS
  const until = Math.min(a.at(-1)?.atMs ?? 0, b.at(-1)?.atMs ?? 0)
  const rate = (samples: readonly Sample[]) => {
    const within = samples.filter(({ atMs }) => atMs >= from && atMs <= until)
    const [start, end] = [within[0], within.at(-1)]
    return start && end ? (end.bytes - start.bytes) / 1e3 / (end.atMs - start.atMs) : Number.NaN
  }
  return { first: rate(a), second: rate(b) }
}

/** Runs in a receiver's page: clicks, and notes what has come, until it is complete. */
function downloadWatched({ laterMs, sampleMs }: { laterMs: number; sampleMs: number }): Promise<Sample[]> {
  const transfer = document.querySelector('[data-testid=transfer]') as HTMLElement
  const samples: Sample[] = []
  return new Promise((resolve) => {
    setTimeout(() => {
      document.querySelector<HTMLElement>('[data-testid=download]')?.click()
      const timer = setInterval(() => {
        const bytes = window.swarmdrop.snapshot()[0]?.downloadedBytes ?? 0
        samples.push({ atMs: performance.timeOrigin + performance.now(), bytes })
        if (transfer.dataset.phase !== 'complete') return
        clearInterval(timer)
        resolve(samples)
      }, sampleMs)
    }, laterMs)
  })
}

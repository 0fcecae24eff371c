// The adapters for files and bytes in a real browser: on a secure origin, and on one without HTTPS.
import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { type BrowserContext, expect, type Page, test } from '@playwright/test'
import type { RunChunks } from '@swarmdrop/peer/lab'
import { expectKept, storageAnswer } from './support/storage-origin'
import { unzip } from './support/unzip'

// No server answers at these: every request is answered from a bundle made here.
const SECURE = 'https://secure.test/'
const PLAIN = 'http://plain.test/'
const CHUNK_BYTES = 262_144

async function openPage(context: BrowserContext, origin: string): Promise<Page> {
  const page = await context.newPage()
  await page.route(`${origin}**`, async (route) => route.fulfill(await storageAnswer(route.request().url())))
  await page.goto(origin)
  await page.waitForFunction(() => 'adapters' in window)
  return page
}

/** Writes these files below a new directory of the test and returns their paths. */
function written(directory: string, files: Record<string, Uint8Array>): string[] {
  return Object.entries(files).map(([name, bytes]) => {
    const path = join(directory, name)
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, bytes)
    return path
  })
}

function digestsOf(content: Uint8Array): string[] {
  const chunks = Array.from({ length: Math.ceil(content.length / CHUNK_BYTES) }, (_, chunk) =>
    content.subarray(chunk * CHUNK_BYTES, (chunk + 1) * CHUNK_BYTES),
  )
  return chunks.map((chunk) => createHash('sha256').update(chunk).digest('hex'))
}

const bytesOf = (length: number, seed: number) =>
  Uint8Array.from({ length }, (_, index) => (index * seed + (index >> 9)) % 256)

/** Chosen in the page, hashed there: each chunk's digest in hex, and the paths in their order. */
async function hashed(page: Page, chosen: string | string[]) {
  await page.setInputFiles('input', chosen)
  return page.evaluate(async () => {
    const { files, digests, reports } = await window.adapters.hashChosen()
    const hex = Array.from(digests, (byte) => byte.toString(16).padStart(2, '0')).join('')
    return { paths: files.map(({ path }) => path), digests: hex.match(/.{64}/g) ?? [], reports }
  })
}

for (const [name, origin] of [
  ['a secure origin', SECURE],
  ['an origin without HTTPS', PLAIN],
] as const) {
  test.describe(name, () => {
    test('a memory store keeps the contract', async ({ context }) => {
      const page = await openPage(context, origin)
      const results = await page.evaluate(() =>
        window.adapters.contractResults(async (layout) => new window.adapters.MemoryStore(layout)),
      )
      expectKept(results, 10)
    })

    test('a store in the database keeps the contract, and its chunks beyond the page', async ({ context }) => {
      const page = await openPage(context, origin)
      const results = await page.evaluate(() => window.adapters.keptContractResults('database'))
      expectKept(results, 20)
    })

    test('links, the clock, claims, records and a run’s chunks keep their ports’ contracts', async ({ context }) => {
      const page = await openPage(context, origin)
      expectKept(await page.evaluate(() => window.adapters.linkResults()), 4)
      expectKept(await page.evaluate(() => window.adapters.clockResults()), 1)
      expectKept(await page.evaluate(() => window.adapters.recordResults()), 1)
      expectKept(await page.evaluate(() => window.adapters.runChunksResults()), 2)
      expectKept(await page.evaluate(() => window.adapters.claimResults()), 0)
    })

    test('files are hashed in workers, chunks across their borders', async ({ context }, testInfo) => {
      const files = { 'a.bin': bytesOf(9_000_001, 7), 'b.bin': bytesOf(0, 1), 'c.bin': bytesOf(700_000, 11) }
      const page = await openPage(context, origin)
      const workers: string[] = []
      page.on('worker', (worker) => workers.push(basename(worker.url())))
      const { paths, digests, reports } = await hashed(page, written(testInfo.outputPath('chosen'), files))
      expect(paths).toEqual(Object.keys(files))
      expect(digests).toEqual(digestsOf(Buffer.concat(Object.values(files))))
      expect(reports.at(-1)).toBe(9_700_001)
      expect(workers).toContain('hashing.worker.ts')
    })

    test('a thousand small files are hashed by the chunk, not each by itself', async ({ context }, testInfo) => {
      const files = Object.fromEntries(
        Array.from({ length: 1_000 }, (_, index) => [`${10_000 + index}.txt`, bytesOf(index % 2_500, index)]),
      )
      const page = await openPage(context, origin)
      await page.evaluate(() => document.querySelector('input')?.setAttribute('webkitdirectory', ''))
      written(testInfo.outputPath('small'), files)
      await page.setInputFiles('input', testInfo.outputPath('small'))
      const { calls, digests, paths } = await page.evaluate(async () => {
        let calls = 0
        const { prototype } = Worker
        prototype.postMessage = new Proxy(prototype.postMessage, {
          apply(post, worker, said) {
            calls++
            return Reflect.apply(post, worker, said)
          },
        })
        const { files, digests } = await window.adapters.hashChosen()
        return {
          calls,
          digests: Array.from(digests),
          paths: files.map(({ path }) => path),
        }
      })
      expect(paths).toEqual(Object.keys(files).map((path) => `small/${path}`))
      const chunks = digestsOf(Buffer.concat(Object.values(files)))
      expect(Buffer.from(digests).toString('hex')).toBe(chunks.join(''))
      expect(calls).toBeGreaterThan(0)
      expect(calls).toBeLessThanOrEqual(chunks.length)
    })

    test('a file that is altered on disk is named, before it is hashed and after', async ({ context }, testInfo) => {
      const page = await openPage(context, origin)
      const [whole = '', altered = ''] = written(testInfo.outputPath('altered'), {
        'a.bin': bytesOf(1_100_000, 3),
        'b.bin': bytesOf(300_000, 5),
      })
      await page.setInputFiles('input', [whole, altered])
      // A store over both files; what it says of the one that is altered afterwards, which lies past the stretch read
      // first.
      await page.evaluate(async () => {
        const { content, digests } = await window.adapters.hashChosen()
        const store = new window.adapters.FileStore(window.adapters.layoutOf(1_400_000), content, digests)
        await store.read(0, 0, 100)
        Object.assign(window, { readSecond: () => store.read(5, 0, 100) })
      })
      writeFileSync(altered, bytesOf(299_999, 6))
      const problems = await page.evaluate(async () => {
        const told = (promise: Promise<unknown>) => promise.then(String, (error: Error) => error.message)
        const { readSecond } = window as unknown as { readSecond: () => Promise<Uint8Array> }
        return [await told(readSecond()), await told(window.adapters.hashChosen())]
      })
      expect(problems[0]).toMatch(/^“b.bin” was moved, deleted or saved again after it was shared/)
      expect(problems[1]).toMatch(/^“b.bin” could not be read/)
    })

    test('a received folder is saved as a ZIP that another program unpacks, and file by file', async ({
      context,
    }, testInfo) => {
      const files = {
        'tree/empty.txt': bytesOf(0, 1),
        'tree/sub/größe.bin': bytesOf(1_500_000, 13),
        'tree/sub/写真.bin': bytesOf(800_001, 17),
      }
      const page = await openPage(context, origin)
      await page.evaluate(() => document.querySelector('input')?.setAttribute('webkitdirectory', ''))
      written(testInfo.outputPath('sent'), files)
      await page.setInputFiles('input', testInfo.outputPath('sent/tree'))

      const workers: string[] = []
      page.on('worker', (worker) => workers.push(basename(worker.url())))
      const zipping = page.waitForEvent('download')
      await page.evaluate(async () => {
        const kept = await window.adapters.receivedChosen()
        const last = kept.content.manifest.files.length - 1
        Object.assign(window, { saveLast: () => window.adapters.saveFile(kept, last) })
        await window.adapters.saveZip(kept, 'my tree')
      })
      const zip = await zipping
      expect(zip.suggestedFilename()).toBe('my tree.zip')
      // On disk where there is OPFS, so that a large one is never in memory.
      expect(workers.includes('zip.worker.ts')).toBe(origin === SECURE)
      await zip.saveAs(testInfo.outputPath('saved.zip'))
      unzip(testInfo.outputPath('saved.zip'), testInfo.outputPath('unpacked'))
      for (const [path, bytes] of Object.entries(files)) {
        expect(readFileSync(testInfo.outputPath('unpacked', path)).equals(bytes), path).toBe(true)
      }

      const saving = page.waitForEvent('download')
      await page.evaluate(() => (window as unknown as { saveLast: () => Promise<void> }).saveLast())
      const saved = await saving
      expect(saved.suggestedFilename()).toBe('写真.bin')
      expect(readFileSync(await saved.path()).equals(files['tree/sub/写真.bin'])).toBe(true)
    })

    test('the alarm clock rings on time from its worker', async ({ context }) => {
      const page = await openPage(context, origin)
      const started = page.waitForEvent('worker')
      const lateMs = await page.evaluate(async () => {
        const clock = new window.adapters.AlarmClock()
        const at = clock.now() + 20
        await new Promise<void>((ring) => clock.setAlarm(at, ring))
        return clock.now() - at
      })
      expect((await started).url()).toContain('alarm-clock.worker.ts')
      expect(lateMs).toBeGreaterThanOrEqual(0)
    })
  })
}

test('an OPFS store keeps the contract', async ({ context }) => {
  const page = await openPage(context, SECURE)
  const results = await page.evaluate(() =>
    window.adapters.contractResults(async (layout) =>
      window.adapters.OpfsStore.open(layout, await window.adapters.openScratch()),
    ),
  )
  expectKept(results, 10)
})

test('a kept OPFS store keeps the contract, and its chunks beyond the page', async ({ context }) => {
  const page = await openPage(context, SECURE)
  const results = await page.evaluate(() => window.adapters.keptContractResults('files'))
  expectKept(results, 20)
})

test('a receiver keeps its chunks on disk where it can, else in memory up to a limit', async ({ context }) => {
  const secure = await openPage(context, SECURE)
  const plain = await openPage(context, PLAIN)
  const isOnDisk = async () => {
    const { layoutOf, openReceiverStore, OpfsStore } = window.adapters
    return (await openReceiverStore(layoutOf(1000))) instanceof OpfsStore
  }
  expect(await secure.evaluate(isOnDisk)).toBe(true)
  expect(await plain.evaluate(isOnDisk)).toBe(false)

  const problemOf = (bytes: number) =>
    window.adapters.openReceiverStore(window.adapters.layoutOf(bytes)).then(String, (error: Error) => error.message)
  expect(await plain.evaluate(problemOf, 4_200_000_000)).toMatch(/keeps the file in memory here, up to 1\.1 GB/)
  expect(await secure.evaluate(problemOf, 1e15)).toMatch(/not enough space: this needs 1000 TB/)
})

test('what a page that is gone has left behind is deleted, what a living one needs is not', async ({ context }) => {
  const openStore = async () => {
    await window.adapters.openReceiverStore(window.adapters.layoutOf(1000))
  }
  const directories = async () => {
    const root = await (await navigator.storage.getDirectory()).getDirectoryHandle('swarmdrop')
    const names: string[] = []
    for await (const name of root.keys()) names.push(name)
    return names
  }
  const dead = await openPage(context, SECURE)
  const living = await openPage(context, SECURE)
  await dead.evaluate(openStore)
  await living.evaluate(openStore)
  const both = await living.evaluate(directories)
  expect(both).toHaveLength(2)

  await dead.close()
  const newcomer = await openPage(context, SECURE)
  // The browser frees a closed page's locks and files a moment after.
  await expect(async () => {
    await newcomer.evaluate(async () => (await window.adapters.openReceiverStore(window.adapters.layoutOf(9))).remove())
    expect(await newcomer.evaluate(directories)).toHaveLength(1)
  }).toPass()
  expect(both).toContain((await newcomer.evaluate(directories))[0])
})

for (const [name, origin] of [
  ['on a secure origin', SECURE],
  ['on plain HTTP', PLAIN],
] as const) {
  test(`a run’s chunks outlive a reload, for the tab and the run that they are of, ${name}`, async ({ context }) => {
    const page = await openPage(context, origin)
    await page.evaluate(async () => {
      const { KeptChunks } = window.adapters
      const ada = await KeptChunks.open('ada', 'run 1')
      ada.put(3, new Uint8Array([1, 2, 3]))
      ada.put(70_000, new Uint8Array([4]))
      ada.close()
      const bob = await KeptChunks.open('bob', 'run 1')
      bob.put(3, new Uint8Array([9]))
      bob.close()
    })
    await page.reload()
    await page.waitForFunction(() => 'adapters' in window)
    const found = await page.evaluate(async () => {
      const open = async (owner: string, run: string, then: 'close' | 'remove') => {
        const kept = await window.adapters.KeptChunks.open(owner, run)
        const chunks = [...(await kept.load())].map(([chunk, bytes]) => [chunk, ...bytes])
        kept[then]()
        return chunks
      }
      return {
        again: await open('ada', 'run 1', 'close'),
        ofNextRun: await open('ada', 'run 2', 'close'),
        // What a tab kept of a run before goes with its next run.
        ofFormerRun: await open('ada', 'run 1', 'close'),
        ofAnother: await open('bob', 'run 1', 'remove'),
        removed: await open('bob', 'run 1', 'close'),
      }
    })
    expect(found).toEqual({
      again: [
        [3, 1, 2, 3],
        [70_000, 4],
      ],
      ofNextRun: [],
      ofFormerRun: [],
      ofAnother: [[3, 9]],
      removed: [],
    })
  })
}

test('a run goes on when the browser deletes what is kept of it, and ends as any other', async ({ context }) => {
  const page = await openPage(context, SECURE)
  await page.evaluate(async () => {
    const kept = await window.adapters.KeptChunks.open('ada', 'run')
    kept.put(0, new Uint8Array([1]))
    Object.assign(window, { kept })
  })
  const session = await context.newCDPSession(page)
  await session.send('Storage.clearDataForOrigin', { origin: new URL(page.url()).origin, storageTypes: 'all' })
  const left = await page.evaluate(async () => {
    const { kept } = window as unknown as { kept: RunChunks }
    kept.put(1, new Uint8Array([2]))
    kept.remove()
    const again = await window.adapters.KeptChunks.open('ada', 'run')
    again.put(2, new Uint8Array([3]))
    const { size } = await again.load()
    again.close()
    return size
  })
  expect(left).toBe(1)
})

test('chunks of a tab that never came back are deleted after half a day, by whoever opens a run then', async ({
  context,
}) => {
  const page = await openPage(context, SECURE)
  const left = await page.evaluate(async () => {
    const { KeptChunks } = window.adapters
    const load = async (owner: string) => {
      const kept = await KeptChunks.open(owner, 'run')
      const { size } = await kept.load()
      kept.close()
      return size
    }
    const now = Date.now()
    for (const owner of ['gone', 'here']) {
      Date.now = () => now - (owner === 'gone' ? 13 : 11) * 3_600_000
      const kept = await KeptChunks.open(owner, 'run')
      kept.put(0, new Uint8Array([1]))
      kept.close()
    }
    Date.now = () => now
    await load('newcomer')
    return [await load('gone'), await load('here')]
  })
  expect(left).toEqual([0, 1])
})

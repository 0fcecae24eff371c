// Files that are chosen are hashed and read, and saved at the other end, in a real browser: on a secure origin, and on
// one without HTTPS.
import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { expect, type Page, test } from '@playwright/test'
import { openPage, PLAIN, SECURE } from './support/storage-pages'
import { unzip } from './support/unzip'

const CHUNK_BYTES = 262_144

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
  })
}

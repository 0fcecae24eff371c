// How fast a large file's digests are made when somebody shares it, compared with WebCrypto's speed on all cores, in
// the same run. Also how fast the browser hands out the file at all.
import { median } from '../tooling/figures'
import { MIB } from '../tooling/files'
import { shareFile, withProduct, writeRandomFile } from './product'
import { listed, type Report, ratioOutcome } from './rows'

const ROUNDS = 3
const FILE_BYTES = 1024 * MIB
const WANTED = 0.8
const READ_ALONE = 'read-alone'

/**
 * MB/s. `digesting`: one core, from memory. `reading`: the file, by as many workers as the product has, and nothing
 * done with it.
 */
type Round = { digesting: number; cores: number; hashing: number; reading: number }

export function hashing(): Promise<Report> {
  return withProduct(async ({ browser, url, folder }) => {
    const path = writeRandomFile(folder, FILE_BYTES)
    const rounds: Round[] = []
    for (let round = 0; round < ROUNDS; round++) {
      const page = await browser.newPage()
      await page.addInitScript(timeSharing)
      await page.goto(url)
      const cores = await page.evaluate(() => navigator.hardwareConcurrency)
      const digesting = await page.evaluate(inWorkers, { program: String(digestInTurn), count: 1 })
      await page.evaluate(addFileInput, READ_ALONE)
      await page.locator(`#${READ_ALONE}`).setInputFiles(path)
      const reading = await page.evaluate(inWorkers, { program: String(readInTurn), count: cores, input: READ_ALONE })
      await shareFile(page, url, path)
      const seconds = await page.evaluate(() => window.sharingSeconds)
      rounds.push({ digesting, cores, reading, hashing: FILE_BYTES / 1e6 / seconds })
      await page.close()
    }
    return report(rounds)
  })
}

function report(rounds: readonly Round[]): Report {
  const ratios = rounds.map(({ hashing, digesting, cores }) => hashing / (digesting * cores))
  const cores = rounds[0]?.cores ?? 0
  const rates = (of: 'digesting' | 'hashing' | 'reading') => rounds.map((round) => round[of])
  return {
    rows: [
      {
        what: 'hashing a 1 GiB file',
        measured: `${median(rates('hashing')).toFixed(0)} MB/s`,
        comparedWith: `WebCrypto ${median(rates('digesting')).toFixed(0)} MB/s × ${cores} cores`,
        ...ratioOutcome(median(ratios), WANTED),
      },
    ],
    details: [
      `hashing: ${listed(rates('hashing'), 0)} MB/s, WebCrypto on one core ${listed(rates('digesting'), 0)}, ratios ${listed(ratios, 2)}; ` +
        `reading the file without hashing it ${listed(rates('reading'), 0)}`,
    ],
  }
}

declare global {
  interface Window {
    sharingSeconds: number
  }
}

// These run in the page.

/** Times sharing, from the choice of a file to its link. To be called before all else. */
function timeSharing(): void {
  let startedAt = 0
  document.addEventListener('change', () => (startedAt = performance.now()), { capture: true })
  new MutationObserver(() => {
    const isShared = document.querySelector('[data-testid=share-link]') !== null
    if (isShared && startedAt > 0) window.sharingSeconds ??= (performance.now() - startedAt) / 1000
  }).observe(document, { childList: true, subtree: true })
}

function addFileInput(id: string): void {
  document.body.append(Object.assign(document.createElement('input'), { type: 'file', id }))
}

type Part = { file: File | undefined; index: number; count: number }
type Work = { bytes: number; ms: number }

/**
 * MB/s of all workers together. `program`: a function from Part to Work. `input`: the element whose file it is about.
 */
async function inWorkers({
  program,
  count,
  input,
}: {
  program: string
  count: number
  input?: string
}): Promise<number> {
  const file = input === undefined ? undefined : document.querySelector<HTMLInputElement>(`#${input}`)?.files?.[0]
  const source = `globalThis.__name = (value) => value; onmessage = ({ data }) => (${program})(data).then(postMessage)`
  const url = URL.createObjectURL(new Blob([source]))
  const workOf = (index: number) =>
    new Promise<Work>((resolve, reject) => {
      const worker = new Worker(url)
      worker.onerror = ({ message }) => reject(new Error(message))
      worker.onmessage = ({ data }) => {
        worker.terminate()
        resolve(data)
      }
      worker.postMessage({ file, index, count } satisfies Part)
    })
  const works = await Promise.all(Array.from({ length: count }, (_, index) => workOf(index)))
  return works.reduce((sum, { bytes }) => sum + bytes, 0) / 1000 / Math.max(...works.map(({ ms }) => ms))
}

// These run in workers, and see nothing of this file.

/** One chunk after the other, from memory. */
async function digestInTurn(): Promise<Work> {
  const chunk = Uint8Array.from({ length: 262_144 }, (_, index) => (index * 7_919) >> 3)
  let bytes = 0
  const startedAt = performance.now()
  for (; performance.now() - startedAt < 1_500; bytes += chunk.length) await crypto.subtle.digest('SHA-256', chunk)
  return { bytes, ms: performance.now() - startedAt }
}

/** Reads as the product does: 32 MiB at a time, two at once, 2 MiB of them into the same memory again and again. */
async function readInTurn({ file, index, count }: Part): Promise<Work> {
  const runBytes = 33_554_432
  const total = file?.size ?? 0
  let next = index * runBytes
  let bytes = 0
  const startedAt = performance.now()
  const read = async () => {
    let memory = new ArrayBuffer(2_097_152)
    for (let start = next; start < total; start = next) {
      next += count * runBytes
      const reader = file
        ?.slice(start, start + runBytes)
        .stream()
        .getReader({ mode: 'byob' })
      for (;;) {
        const piece = await reader?.read(new Uint8Array(memory))
        if (piece?.value) memory = piece.value.buffer
        if (!piece?.value || piece.done) break
        bytes += piece.value.byteLength
      }
    }
  }
  await Promise.all([read(), read()])
  return { bytes, ms: performance.now() - startedAt }
}

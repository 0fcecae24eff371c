// The bytes that are spread: a file of the teacher's or made-up ones, in memory once for all peers of the host. Each
// run gets a content id of its own, so that no run finds what another has spread.
import { buildContent, CHUNK_BYTES, type Content, DIGEST_BYTES, layoutOf } from '@swarmdrop/core'
import { type Experiment, seededRandom } from '@swarmdrop/core/simulation'
import type { Hasher } from '../ports'

/** The most chunks: so many that manifest, hash pages and bitfields fit into one message of the room each. */
const MAX_LAB_CHUNKS = 1_024
/** Enough to keep several cores digesting, little enough to stay near them. */
const DIGESTS_AT_ONCE = 8

export type LabData = { name: string; bytes: Uint8Array<ArrayBuffer>; digests: Uint8Array; chunkBytes: number }

export type RunContent = { content: Content; pages: Uint8Array[] }

/** A file that somebody chose, not yet read. `key`: differs between files, and between versions of one. */
export type LabFile = { name: string; bytes: number; key: string; read(): Promise<Uint8Array<ArrayBuffer>> }

/** The data that the next run spreads, and the last one's bytes for as long as they serve. */
export class LabDataSource {
  readonly #sha256: Hasher
  #file: LabFile | undefined
  #last: { key: string; data: LabData } | undefined

  constructor(sha256: Hasher) {
    this.#sha256 = sha256
  }

  /** Takes a file in place of made-up data; undefined: made-up data again. */
  takeFile(file: LabFile | undefined): void {
    this.#file = file
  }

  /** Throws Error with a sentence for the person. */
  async forExperiment({ fileBytes, chunkBytes = CHUNK_BYTES, seed }: Experiment): Promise<LabData> {
    const problem = labDataProblem(fileBytes, chunkBytes)
    if (problem !== undefined) throw new Error(problem)
    const file = this.#file?.bytes === fileBytes ? this.#file : undefined
    const key = `${file ? file.key : seed} ${fileBytes} ${chunkBytes}`
    if (this.#last?.key !== key) {
      const [name, bytes] = file ? ['file.bin', await readLabFile(file)] : ['data.bin', madeUp(fileBytes, seed)]
      this.#last = { key, data: { name, bytes, digests: await this.#digests(bytes, chunkBytes), chunkBytes } }
    }
    return this.#last.data
  }

  async #digests(bytes: Uint8Array<ArrayBuffer>, chunkBytes: number): Promise<Uint8Array> {
    const { chunkCount } = layoutOf(bytes.length, chunkBytes)
    const digests = new Uint8Array(chunkCount * DIGEST_BYTES)
    for (let first = 0; first < chunkCount; first += DIGESTS_AT_ONCE) {
      const chunks = Array.from({ length: Math.min(DIGESTS_AT_ONCE, chunkCount - first) }, (_, index) => first + index)
      // Each in memory of its own: a hasher may hand all of a buffer to its worker.
      const digested = await Promise.all(
        chunks.map((chunk) => this.#sha256(bytes.slice(chunk * chunkBytes, (chunk + 1) * chunkBytes))),
      )
      for (const [index, digest] of digested.entries()) digests.set(digest, (first + index) * DIGEST_BYTES)
    }
    return digests
  }
}

/** Why this much cannot be run here, in a sentence; undefined when it can. */
export function labDataProblem(fileBytes: number, chunkBytes: number): string | undefined {
  if (fileBytes <= MAX_LAB_CHUNKS * chunkBytes) return undefined
  const most = Math.floor((MAX_LAB_CHUNKS * chunkBytes) / 1e6)
  return `The lab spreads at most ${MAX_LAB_CHUNKS} chunks, here ${most} MB. Take a smaller file.`
}

/** Bytes as good as random, the same for the same seed. */
function madeUp(byteCount: number, seed: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(byteCount)
  const words = new Uint32Array(bytes.buffer, 0, byteCount >> 2)
  let state = Math.floor(seededRandom(seed)() * (2 ** 32 - 1)) + 1
  for (let i = 0; i < words.length; i++) {
    // Xorshift: as quick as memory, and no two chunks alike.
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    words[i] = state
  }
  return bytes
}

/** The file's bytes. Rejects with an Error for the person when it cannot be read. */
function readLabFile(file: LabFile): Promise<Uint8Array<ArrayBuffer>> {
  return file.read().catch(() => {
    throw new Error(`“${file.name}” cannot be read. Choose it again.`)
  })
}

/** `run` makes the id differ from every other run's. */
export function contentOfRun({ name, bytes, digests, chunkBytes }: LabData, run: string): RunContent {
  return buildContent([{ path: `${run}/${name}`, bytes: bytes.length }], digests, chunkBytes)
}

// Files of a content of which other chunks may be missing, end to end, proved chunk by chunk while somebody packs or
// writes them. Knows nothing of ZIPs or downloads.
import { chunkDigest, chunkLength, chunkRange, type Range } from '@swarmdrop/core'
import type { Hasher, Waiting } from '@swarmdrop/peer'
import { inTime, keptDamaged, LATER_ANSWER_MS, sameBytes } from '@swarmdrop/peer/stores'
import type { BytesToSave } from './files-with-bytes'
import type { KeptContent } from './whole-chunks'
import { bufferOf } from './whole-stream'

type KeptPart = Pick<KeptContent, 'content' | 'pages'> & { store: Pick<KeptContent['store'], 'read'> }
type Bytes = Uint8Array<ArrayBuffer>

export class ChosenBytes implements BytesToSave {
  readonly #kept: KeptPart
  readonly #ranges: readonly Range[]
  readonly #sha256: Hasher
  readonly #time: Waiting
  /** Small files lie in one chunk: it is read and proved once for those that follow each other. */
  #last: { chunk: number; bytes: Promise<Bytes> } | undefined

  /** `ranges`: the bytes of the content that are the files, in order; every chunk that holds any of them is here. */
  constructor(kept: KeptPart, ranges: readonly Range[], sha256: Hasher, time: Waiting) {
    this.#kept = kept
    this.#ranges = ranges
    this.#sha256 = sha256
    this.#time = time
  }

  get bytes(): number {
    return this.#ranges.reduce((sum, { start, end }) => sum + end - start, 0)
  }

  /** Reading them rejects with StoreError where they are no longer what arrived. */
  slice(start: number, end: number) {
    const stream = () => streamOf(this.#pieces(start, end))
    return { stream, arrayBuffer: () => bufferOf(stream()) }
  }

  async *#pieces(start: number, end: number): AsyncGenerator<Bytes> {
    let before = 0
    for (const range of this.#ranges) {
      const from = Math.max(range.start, range.start + start - before)
      const to = Math.min(range.end, range.start + end - before)
      before += range.end - range.start
      if (from < to) yield* this.#stretch(from, to)
      if (before >= end) return
    }
  }

  async *#stretch(from: number, to: number): AsyncGenerator<Bytes> {
    const { layout } = this.#kept.content
    const chunks = chunkRange(layout, { start: from, end: to })
    for (let chunk = chunks.start; chunk < chunks.end; chunk++) {
      const bytes = await this.#proved(chunk)
      const at = chunk * layout.chunkBytes
      yield bytes.slice(Math.max(0, from - at), Math.min(bytes.length, to - at))
    }
  }

  #proved(chunk: number): Promise<Bytes> {
    if (this.#last?.chunk !== chunk) this.#last = { chunk, bytes: this.#readProved(chunk) }
    return this.#last.bytes
  }

  async #readProved(chunk: number): Promise<Bytes> {
    const { store, content, pages } = this.#kept
    const reading = store.read(chunk, 0, chunkLength(content.layout, chunk))
    const bytes = new Uint8Array(await inTime(this.#time, LATER_ANSWER_MS, reading))
    if (!sameBytes(await this.#sha256(bytes), chunkDigest(pages, chunk))) throw keptDamaged()
    return bytes
  }
}

function streamOf(pieces: AsyncGenerator<Bytes>): ReadableStream<Bytes> {
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = await pieces.next()
      if (done) controller.close()
      else controller.enqueue(value)
    },
    async cancel() {
      await pieces.return(undefined)
    },
  })
}

// The start of a content as far as it is here without a gap, as a Blob that grows, and what is to come next for it.
// Knows nothing of who looks at it.
import { chunkLength, type Layout } from '@swarmdrop/core'

/** 8 MiB are asked for before all else: seconds of a film, and not so much that rare chunks starve. */
const AHEAD_CHUNKS = 32
/**
 * The most bytes of a preview until all is here: it is a second copy, in memory where the browser has no better place.
 */
export const MOST_BYTES = 268_435_456

export type PrefixPorts = {
  layout: Layout
  /** Says which chunks are here now. */
  held(): (chunk: number) => boolean
  read(chunk: number, offset: number, length: number): Promise<Uint8Array>
  /** All of it as it is kept, without a copy, once all is held. */
  whole(): Promise<Blob>
  /** Fetches chunks [first, end) before all others. */
  want(first: number, end: number): void
}

export class ContentPrefix {
  #blob = new Blob()
  #chunks = 0
  #growing: Promise<Blob> | undefined
  readonly #ports: PrefixPorts

  constructor(ports: PrefixPorts) {
    this.#ports = ports
    this.#wantNext()
  }

  /** The start, with all that has come since the last time. Rejects with StoreError. */
  grow(): Promise<Blob> {
    this.#growing ??= this.#grow().finally(() => {
      this.#growing = undefined
    })
    return this.#growing
  }

  /** Ends the preview: chunks come in their usual order. */
  stop(): void {
    this.#ports.want(0, 0)
  }

  async #grow(): Promise<Blob> {
    const { layout, held, read, whole } = this.#ports
    if (this.#blob.size === layout.totalBytes) return this.#blob
    const most = Math.min(layout.chunkCount, Math.floor(MOST_BYTES / layout.chunkBytes))
    const isHeld = held()
    if (this.#chunks >= most) {
      if (isAll(layout, isHeld)) this.#blob = await whole()
      return this.#blob
    }
    const parts: Uint8Array<ArrayBuffer>[] = []
    for (; this.#chunks < most && isHeld(this.#chunks); this.#chunks++)
      parts.push(new Uint8Array(await read(this.#chunks, 0, chunkLength(layout, this.#chunks))))
    if (parts.length > 0) {
      this.#blob = new Blob([this.#blob, ...parts])
      this.#wantNext()
    }
    return this.#blob
  }

  #wantNext(): void {
    this.#ports.want(this.#chunks, this.#chunks + AHEAD_CHUNKS)
  }
}

function isAll({ chunkCount }: Layout, isHeld: (chunk: number) => boolean): boolean {
  for (let chunk = 0; chunk < chunkCount; chunk++) if (!isHeld(chunk)) return false
  return true
}

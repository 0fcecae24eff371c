// The chunks in which a stretch of a content lies, and what proves them. Knows nothing of how they are read, nor of
// what is saved.
import { type Bitfield, type Content, chunkDigest, type Layout, layoutOf } from '@swarmdrop/core'
import { inTime, keptDamaged, keptVanished, LATER_ANSWER_MS, sameBytes } from '@swarmdrop/peer/stores'
import type { ReceiverStore } from '../stores/receiver-store'
import { ownTimers } from '../workers/waiting'

/** What a receiver keeps of a content, and what proves it. */
export type KeptContent = {
  store: ReceiverStore
  content: Content
  pages: readonly (Uint8Array | undefined)[]
  /** The files that were chosen, a bit each; absent: all. */
  chosen?: Bitfield | undefined
  /** Chunks are missing. */
  isPart?: boolean
}

/** Chunks of a content from `first` on, as a Blob whose every byte is still to be proved. */
export type WholeChunks = { blob: Blob; layout: Layout; first: number; pages: KeptContent['pages'] }

/**
 * The chunks in which bytes [start, end) lie. Rejects with StoreError where fewer bytes are kept than the layout says.
 */
export async function wholeChunks(
  { store, content, pages }: KeptContent,
  start: number,
  end: number,
): Promise<WholeChunks> {
  const { chunkBytes, totalBytes } = content.layout
  const first = Math.floor(start / chunkBytes)
  const from = Math.min(first * chunkBytes, totalBytes)
  const to = Math.max(from, Math.min(Math.ceil(end / chunkBytes) * chunkBytes, totalBytes))
  const blob = await inTime(ownTimers, LATER_ANSWER_MS, store.contentBlob(from, to))
  if (blob.size !== to - from) throw keptVanished()
  return { blob, layout: layoutOf(to - from, chunkBytes), first, pages }
}

/** Throws StoreError unless these are the digests of the chunks at `index` and behind it. */
export function compareDigests({ first, pages }: WholeChunks, index: number, digests: readonly Uint8Array[]): void {
  for (const [behind, digest] of digests.entries())
    if (!sameBytes(digest, chunkDigest(pages, first + index + behind))) throw keptDamaged()
}

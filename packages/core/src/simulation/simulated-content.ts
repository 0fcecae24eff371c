// Content without bytes: a layout, a manifest and pages that nobody hashes. Blocks are views of one empty buffer, so
// that a thousand simulated peers cost no memory for what they "hold".
import { CHUNK_BYTES, type Content, DIGEST_BYTES, layoutOf, pageCount, pageLength } from '../content/index'

const good = new Uint8Array(CHUNK_BYTES)
const bad = new Uint8Array(CHUNK_BYTES)
const views = { good: new Map<number, Uint8Array>(), bad: new Map<number, Uint8Array>() }

/** A block that is right, or one that a poisoner sends. Told apart by its buffer, which no policy looks at. */
export function simulatedBlock(length: number, isRight: boolean): Uint8Array {
  const kind = isRight ? views.good : views.bad
  let view = kind.get(length)
  if (!view) {
    view = (isRight ? good : bad).subarray(0, length)
    kind.set(length, view)
  }
  return view
}

export const isRightBlock = (block: Uint8Array): boolean => block.buffer === good.buffer

export function simulatedContent(fileBytes: number, chunkBytes: number): { content: Content; pages: Uint8Array[] } {
  const layout = layoutOf(fileBytes, chunkBytes)
  const pages = Array.from({ length: pageCount(layout) }, (_, page) => new Uint8Array(pageLength(layout, page)))
  const manifest = { chunkBytes, files: [{ path: 'simulated', bytes: fileBytes }], folders: [], pages: [] }
  return { content: { id: new Uint8Array(DIGEST_BYTES), manifestBytes: new Uint8Array(1), manifest, layout }, pages }
}

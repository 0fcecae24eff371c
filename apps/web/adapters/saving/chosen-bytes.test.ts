// Saves files of which the neighbours are missing, from a store that holds only their chunks.
import { buildContent, chunkRange, DIGEST_BYTES } from '@swarmdrop/core'
import { fileOffsets, fileRange } from '@swarmdrop/core/files'
import type { Waiting } from '@swarmdrop/peer'
import { beforeEach, describe, expect, it } from 'vitest'
import { sha256 } from '../hashing/digest'
import { MemoryStore } from '../stores/memory-store'
import { ChosenBytes } from './chosen-bytes'
import type { KeptContent } from './whole-chunks'

const CHUNK = 100
const FILES = Array.from({ length: 30 }, (_, at) => ({
  path: `f${String(at).padStart(2, '0')}`,
  bytes: (at * 37) % 260,
}))
const TOTAL = FILES.reduce((sum, { bytes }) => sum + bytes, 0)
const BYTES = Uint8Array.from({ length: TOTAL }, (_, at) => (at * 31 + (at >> 7)) % 256)
const CHOSEN = [3, 4, 7, 14, 21, 29]
const offsets = fileOffsets(FILES)
const ranges = CHOSEN.map((file) => fileRange(FILES, offsets, file))
const expected = ranges.flatMap(({ start, end }) => [...BYTES.slice(start, end)])
const time: Waiting = { now: () => 0, after: () => () => {} }

describe('chosen files', () => {
  let kept: KeptContent
  let reads: number[]
  beforeEach(async () => {
    const count = Math.ceil(TOTAL / CHUNK)
    const digests = new Uint8Array(count * DIGEST_BYTES)
    const bytesOf = (chunk: number) => BYTES.slice(chunk * CHUNK, (chunk + 1) * CHUNK)
    for (let chunk = 0; chunk < count; chunk++) digests.set(await sha256(bytesOf(chunk)), chunk * DIGEST_BYTES)
    const { content, pages } = buildContent(FILES, digests, CHUNK)
    const store = new MemoryStore(content.layout)
    kept = { store, content, pages, isPart: true }
    for (const range of ranges) {
      const { start, end } = chunkRange(content.layout, range)
      for (let chunk = start; chunk < end; chunk++)
        await store.write(chunk, [bytesOf(chunk)], digests.slice(chunk * DIGEST_BYTES, (chunk + 1) * DIGEST_BYTES))
    }
    reads = []
    const read = store.read.bind(store)
    store.read = (chunk, ...part) => {
      reads.push(chunk)
      return read(chunk, ...part)
    }
  })
  const read = async (start: number, end: number, of = ranges) => [
    ...new Uint8Array(await new ChosenBytes(kept, of, sha256, time).slice(start, end).arrayBuffer()),
  ]

  it('lie end to end, whole and any part of them, and no other chunk is read', async () => {
    expect(new ChosenBytes(kept, ranges, sha256, time).bytes).toBe(expected.length)
    for (let start = 0; start <= expected.length; start += 17)
      for (const end of [start, start + 5, start + 130, expected.length])
        expect(await read(start, Math.min(end, expected.length))).toEqual(expected.slice(start, end))
  })

  it('read a chunk that several lie in once', async () => {
    await read(0, expected.length)
    expect(reads).toEqual([...new Set(reads)])
  })

  it('are refused where the store has other bytes than arrived, and where a chunk is not here', async () => {
    const { read: right } = kept.store
    kept.store.read = async (chunk, ...part) => (await right(chunk, ...part)).map((byte) => byte ^ 1)
    await expect(read(0, expected.length)).rejects.toMatchObject({ code: 'damaged' })
    kept.store.read = right
    await expect(read(0, 10, [fileRange(FILES, offsets, 25)])).rejects.toMatchObject({ code: 'unavailable' })
  })
})

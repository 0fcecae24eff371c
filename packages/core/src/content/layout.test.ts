import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  CHUNK_BYTES,
  CHUNKS_PER_PAGE,
  chunkLength,
  chunkRange,
  layoutOf,
  MAX_CHUNKS,
  pageChunks,
  pageCount,
  pageLength,
} from './layout'

const indices = (count: number) => Array.from({ length: count }, (_, index) => index)
const sum = (numbers: number[]) => numbers.reduce((total, number) => total + number, 0)

describe('layout', () => {
  it('[LAYOUT-1] cuts chunks of 262,144 bytes, and none of nothing', () => {
    expect(CHUNK_BYTES).toBe(262_144)
    expect(layoutOf(0).chunkCount).toBe(0)
    expect(layoutOf(1).chunkCount).toBe(1)
    expect(layoutOf(CHUNK_BYTES).chunkCount).toBe(1)
    expect(layoutOf(CHUNK_BYTES + 1).chunkCount).toBe(2)
    expect(layoutOf(MAX_CHUNKS * CHUNK_BYTES).totalBytes).toBe(256 * 2 ** 30)
  })

  it('[LAYOUT-1] gives every chunk its full length but the last, and all together the whole', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 5_000 }), fc.integer({ min: 1, max: 300 }), (totalBytes, chunkBytes) => {
        const layout = layoutOf(totalBytes, chunkBytes)
        const lengths = indices(layout.chunkCount).map((chunk) => chunkLength(layout, chunk))
        expect(sum(lengths)).toBe(totalBytes)
        expect(lengths.slice(0, -1).every((length) => length === chunkBytes)).toBe(true)
        expect(lengths.every((length) => length >= 1)).toBe(true)
      }),
    )
  })

  it('[LAYOUT-1] refuses a chunk, a size or a chunk size that cannot be', () => {
    const layout = layoutOf(10, 4)
    for (const chunk of [-1, 3, 0.5, Number.NaN]) expect(() => chunkLength(layout, chunk)).toThrow(RangeError)
    for (const bytes of [-1, 0.5, Number.NaN, 2 ** 53]) expect(() => layoutOf(bytes)).toThrow(RangeError)
    for (const bytes of [0, -1, 1.5]) expect(() => layoutOf(10, bytes)).toThrow(RangeError)
  })

  it('[LAYOUT-2] finds the chunks that hold any byte of a range', () => {
    const layout = layoutOf(10, 4)
    expect(chunkRange(layout, { start: 0, end: 4 })).toEqual({ start: 0, end: 1 })
    expect(chunkRange(layout, { start: 3, end: 5 })).toEqual({ start: 0, end: 2 })
    expect(chunkRange(layout, { start: 8, end: 10 })).toEqual({ start: 2, end: 3 })
    expect(chunkRange(layout, { start: 5, end: 5 })).toEqual({ start: 1, end: 1 })
  })

  it('[PAGE-1] puts 8,192 digests on a page, the last page shorter', () => {
    const layout = layoutOf(2 * CHUNKS_PER_PAGE + 5, 1)
    expect(pageCount(layout)).toBe(3)
    expect(indices(3).map((page) => pageChunks(layout, page))).toEqual([8_192, 8_192, 5])
    expect(indices(3).map((page) => pageLength(layout, page))).toEqual([262_144, 262_144, 160])
    expect(pageCount(layoutOf(CHUNKS_PER_PAGE, 1))).toBe(1)
    expect(pageCount(layoutOf(0))).toBe(0)
    for (const page of [-1, 3, 0.5]) expect(() => pageChunks(layout, page)).toThrow(RangeError)
  })
})

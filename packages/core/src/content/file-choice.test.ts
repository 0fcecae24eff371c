import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Bitfield } from './bitfield'
import { bytesOfChunks, chunksOfFiles, isWhole } from './file-choice'
import { fileOffsets, fileRange } from './file-ranges'
import { chunkLength, layoutOf } from './layout'

const sizes = fc.array(fc.integer({ min: 0, max: 40 }), { minLength: 1, maxLength: 12 })
const bitfieldOf = (size: number, set: (index: number) => boolean): Bitfield => {
  const bits = new Bitfield(size)
  for (let index = 0; index < size; index++) if (set(index)) bits.set(index)
  return bits
}
const filesOf = (bytes: number[]) => bytes.map((size, at) => ({ path: `f${at}`, bytes: size }))
const total = (numbers: number[]) => numbers.reduce((sum, number) => sum + number, 0)

describe('file choice', () => {
  it('[CHOICE-1] takes the chunks that hold any byte of a chosen file, borders too', () => {
    const files = filesOf([10, 10, 0, 20])
    const layout = layoutOf(40, 8)
    const chunks = (...chosen: number[]) => [
      ...chunksOfFiles(
        layout,
        files,
        bitfieldOf(4, (file) => chosen.includes(file)),
      ).indices(),
    ]
    expect(chunks(0)).toEqual([0, 1])
    expect(chunks(1)).toEqual([1, 2])
    expect(chunks(0, 1)).toEqual([0, 1, 2])
    expect(chunks(2)).toEqual([])
    expect(chunks(3)).toEqual([2, 3, 4])
    expect(chunks(0, 1, 2, 3)).toEqual([0, 1, 2, 3, 4])
  })

  it('[CHOICE-1] agrees with a look at each byte, and makes exactly the chosen files whole, and those in their chunks', () => {
    fc.assert(
      fc.property(sizes, fc.integer({ min: 1, max: 9 }), fc.nat(), (bytes, chunkBytes, draw) => {
        const files = filesOf(bytes)
        const layout = layoutOf(total(bytes), chunkBytes)
        const chosen = bitfieldOf(files.length, (file) => ((draw >> file) & 1) === 1)
        const chunks = chunksOfFiles(layout, files, chosen)
        const needed = new Set<number>()
        const chunksOfFile = bytes.map((size, file) => {
          const start = total(bytes.slice(0, file))
          const own = new Set(Array.from({ length: size }, (_, at) => Math.floor((start + at) / chunkBytes)))
          if (chosen.has(file)) for (const chunk of own) needed.add(chunk)
          return own
        })
        expect([...chunks.indices()]).toEqual([...needed].sort((a, b) => a - b))
        expect(bytesOfChunks(layout, chunks)).toBe(total([...needed].map((chunk) => chunkLength(layout, chunk))))
        for (const [file, own] of chunksOfFile.entries())
          expect(isWhole(layout, fileRange(files, fileOffsets(files), file), chunks)).toBe(
            [...own].every((chunk) => needed.has(chunk)),
          )
      }),
    )
  })

  it('[BITFIELD-2] counts, sets and compares ranges as one bit after the other', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 70 }), fc.nat(70), fc.nat(70), fc.nat(), fc.nat(), (size, a, b, x, y) => {
        const [start, end] = [Math.min(a, b, size), Math.min(Math.max(a, b), size)]
        const one = bitfieldOf(size, (index) => (x * (index + 3)) % 5 === 0)
        const other = bitfieldOf(size, (index) => (y * (index + 1)) % 3 === 0)
        const within = [...one.indices()].filter((index) => index >= start && index < end)
        expect(one.countIn(start, end)).toBe(within.length)
        expect(one.hasAnyIn(start, end)).toBe(within.length > 0)
        const both = [...one.indices()].filter((index) => other.has(index))
        expect(one.countShared(other)).toBe(both.length)
        const rest = one.without(other)
        expect([...rest.indices()]).toEqual([...one.indices()].filter((index) => !other.has(index)))
        expect(rest.count).toBe(one.count - both.length)
        const before = [...one.indices()]
        const copy = one.copy()
        one.setRange(start, end)
        expect([...copy.indices()]).toEqual(before)
        copy.clearRange(start, end)
        expect([...copy.indices()]).toEqual(before.filter((index) => index < start || index >= end))
        expect(copy.count).toBe(before.length - within.length)
        expect(one.count).toBe([...one.indices()].length)
        expect(one.countIn(start, end)).toBe(end - start)
      }),
    )
    expect(() => new Bitfield(3).setRange(0, 4)).toThrow(RangeError)
  })
})

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Bitfield } from './bitfield'
import { CHUNK_BYTES, MAX_CHUNKS } from './layout'

/** A size and some indices below it. */
const sizeAndIndices = fc
  .integer({ min: 1, max: 100 })
  .chain((size) => fc.tuple(fc.constant(size), fc.array(fc.nat(size - 1), { maxLength: 150 })))

const bitfieldOf = (size: number, indices: Iterable<number>) => {
  const bitfield = new Bitfield(size)
  for (const index of indices) bitfield.set(index)
  return bitfield
}

describe('bitfield', () => {
  it('[BITFIELD-1] puts the first chunk in the highest bit of the first byte', () => {
    expect(bitfieldOf(10, [0, 7, 8]).toBytes()).toEqual(Uint8Array.of(0b1000_0001, 0b1000_0000))
    expect(new Bitfield(0).toBytes()).toEqual(new Uint8Array(0))
  })

  it('[BITFIELD-2] counts and lists what is set, through any setting and clearing', () => {
    fc.assert(
      fc.property(sizeAndIndices, fc.infiniteStream(fc.boolean()), ([size, indices], coins) => {
        const bitfield = new Bitfield(size)
        const model = new Set<number>()
        for (const index of indices) {
          if (coins.next().value) {
            bitfield.set(index)
            model.add(index)
          } else {
            bitfield.clear(index)
            model.delete(index)
          }
        }
        expect([...bitfield.indices()]).toEqual([...model].sort((a, b) => a - b))
        expect(bitfield.count).toBe(model.size)
        expect(bitfield.isComplete).toBe(model.size === size)
        for (let index = 0; index < size; index += 1) expect(bitfield.has(index)).toBe(model.has(index))
      }),
    )
  })

  it('[BITFIELD-1] reads back the bytes that it gives', () => {
    fc.assert(
      fc.property(sizeAndIndices, ([size, indices]) => {
        const bitfield = bitfieldOf(size, indices)
        const copy = Bitfield.fromBytes(size, bitfield.toBytes())
        expect(copy && [...copy.indices()]).toEqual([...bitfield.indices()])
        expect(copy?.count).toBe(bitfield.count)
      }),
    )
  })

  it('[BITFIELD-3] refuses a wrong length and spare bits', () => {
    expect(Bitfield.fromBytes(10, new Uint8Array(1))).toBeUndefined()
    expect(Bitfield.fromBytes(10, new Uint8Array(3))).toBeUndefined()
    expect(Bitfield.fromBytes(10, Uint8Array.of(0, 0b0010_0000))).toBeUndefined()
    expect(Bitfield.fromBytes(10, Uint8Array.of(0, 0b0100_0000))?.has(9)).toBe(true)
    expect(Bitfield.fromBytes(8, Uint8Array.of(0xff))?.isComplete).toBe(true)
    expect(Bitfield.fromBytes(0, new Uint8Array(0))?.isComplete).toBe(true)
  })

  it('[BITFIELD-3] of a full holder sets every chunk and no spare bit', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 40 }), (size) => {
        const full = Bitfield.full(size)
        expect(full.count).toBe(size)
        expect(full.isComplete).toBe(true)
        expect(Bitfield.fromBytes(size, full.toBytes())?.count).toBe(size)
      }),
    )
  })

  it('[BITFIELD-2] holds no chunk that does not exist, and sets none', () => {
    const full = Bitfield.full(10)
    for (const index of [-1, 10, 15, 2 ** 32, Number.NaN]) {
      expect(full.has(index)).toBe(false)
      expect(() => full.set(index)).toThrow(RangeError)
      expect(() => full.clear(index)).toThrow(RangeError)
    }
    expect(() => new Bitfield(-1)).toThrow(RangeError)
  })

  it('[BITFIELD-2] keeps its bytes to itself', () => {
    const bytes = new Uint8Array(2)
    const bitfield = Bitfield.fromBytes(10, bytes)
    bytes[0] = 0xff
    bitfield?.toBytes().fill(0xff)
    expect([...(bitfield?.indices() ?? [])]).toEqual([])
  })

  it('[LAYOUT-4] of the largest content fits in one message', () => {
    expect(new Bitfield(MAX_CHUNKS).toBytes().length).toBeLessThan(CHUNK_BYTES)
  })
})

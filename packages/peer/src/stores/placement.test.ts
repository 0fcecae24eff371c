import { Bitfield, layoutOf } from '@swarmdrop/core'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Placement } from './placement'

const LAYOUT = layoutOf(6 * 10 + 3, 10)
const chunks = (...set: number[]) => {
  const bits = new Bitfield(LAYOUT.chunkCount)
  for (const chunk of set) bits.set(chunk)
  return bits
}

describe('a placement', () => {
  it('of all chunks is the content as it is', () => {
    const whole = Placement.whole(LAYOUT)
    expect([whole.bytes, whole.at(0), whole.at(6)]).toEqual([63, 0, 60])
    expect(whole.stretches({ start: 5, end: 63 })).toEqual([{ start: 5, end: 63 }])
    expect(whole.with(chunks(1, 6))).toBe(whole)
    expect(Placement.whole(layoutOf(0)).bytes).toBe(0)
  })

  it('takes space for what is chosen alone, and more behind it when more is', () => {
    const first = Placement.none(LAYOUT).with(chunks(5, 6))
    expect([first.bytes, first.at(5), first.at(6), first.at(0)]).toEqual([13, 0, 10, undefined])
    const more = first.with(chunks(0, 1, 3, 5))
    expect(more.runs).toEqual([
      [5, 7],
      [0, 2],
      [3, 4],
    ])
    expect([5, 6, 0, 1, 3].map((chunk) => more.at(chunk))).toEqual([0, 10, 20, 30, 40])
    expect(more.bytes).toBe(50)
    expect(more.stretches({ start: 8, end: 12 })).toEqual([{ start: 28, end: 32 }])
    expect(more.stretches({ start: 35, end: 55 })).toBeUndefined()
  })

  it('refuses what is none: what was stored may be damaged', () => {
    for (const runs of [
      [[0, 8]],
      [[2, 2]],
      [[3, 1]],
      [
        [0, 3],
        [2, 4],
      ],
      [[-1, 2]],
      [[0.5, 2]],
    ] as [number, number][][])
      expect(Placement.read(LAYOUT, runs), JSON.stringify(runs)).toBeUndefined()
  })

  it('gives each chunk a place of its own, the same for ever, however it is chosen, and finds all bytes again', () => {
    const choices = fc.array(fc.array(fc.nat(LAYOUT.chunkCount - 1)), { maxLength: 5 })
    fc.assert(
      fc.property(choices, fc.nat(63), fc.nat(63), (steps, a, b) => {
        let placement = Placement.none(LAYOUT)
        const content = Uint8Array.from({ length: 63 }, (_, at) => at)
        for (const step of steps) {
          const before = placement
          placement = placement.with(chunks(...step))
          for (let chunk = 0; chunk < 7; chunk++)
            if (before.at(chunk) !== undefined) expect(placement.at(chunk)).toBe(before.at(chunk))
        }
        expect(Placement.read(LAYOUT, placement.runs)?.bytes).toBe(placement.bytes)
        const file = new Uint8Array(placement.bytes)
        for (let chunk = 0; chunk < 7; chunk++) {
          const at = placement.at(chunk)
          if (at !== undefined) file.set(content.slice(chunk * 10, chunk * 10 + 10), at)
        }
        const range = { start: Math.min(a, b), end: Math.max(a, b) }
        const found = placement.stretches(range)?.flatMap(({ start, end }) => [...file.slice(start, end)])
        const isPlaced = [...content.slice(range.start, range.end)].every(
          (byte) => placement.at(Math.floor(byte / 10)) !== undefined,
        )
        expect(found).toEqual(isPlaced ? [...content.slice(range.start, range.end)] : undefined)
      }),
    )
  })
})

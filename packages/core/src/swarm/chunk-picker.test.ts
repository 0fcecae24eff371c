import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Bitfield } from '../content/index'
import { seededRandom } from '../testing/test-content'
import { ChunkPicker, type PickerPolicy } from './chunk-picker'

const CHUNKS = 12
const all = () => true

function pickerWith(policy: PickerPolicy, open: number[], random: () => number, copies: number[] = []): ChunkPicker {
  const picker = new ChunkPicker(CHUNKS, policy, random)
  copies.forEach((count, chunk) => {
    for (let i = 0; i < count; i++) picker.addCopy(chunk, i + 1)
  })
  for (const chunk of open) picker.setOpen(chunk)
  return picker
}

/** Every open chunk, in the order in which the picker gives them. */
function drain(picker: ChunkPicker, holds: (chunk: number) => boolean = all): number[] {
  const order: number[] = []
  for (let chunk = picker.pick(holds); chunk !== undefined; chunk = picker.pick(holds)) {
    order.push(chunk)
    picker.setClosed(chunk)
  }
  return order
}

const ascending = (chunks: Iterable<number>) => [...chunks].sort((a, b) => a - b)

/** Pearson's statistic of counts that should be equal. */
function chiSquare(counts: number[]): number {
  const expected = counts.reduce((sum, n) => sum + n, 0) / counts.length
  return counts.reduce((sum, n) => sum + (n - expected) ** 2 / expected, 0)
}

describe('chunk picker', () => {
  it('[PICK-2] picks the rarest of the open chunks that the neighbour holds', () => {
    const copiesOf = fc.array(fc.nat(5), { minLength: CHUNKS, maxLength: CHUNKS })
    const some = fc.uniqueArray(fc.nat(CHUNKS - 1))
    fc.assert(
      fc.property(copiesOf, some, some, fc.nat(), (copies, open, held, seed) => {
        const picked = pickerWith('rarest-first', open, seededRandom(seed), copies).pick((chunk) =>
          held.includes(chunk),
        )
        const choices = open.filter((chunk) => held.includes(chunk))
        if (choices.length === 0) {
          expect(picked).toBeUndefined()
          return
        }
        const fewest = Math.min(...choices.map((chunk) => copies[chunk] as number))
        expect(choices.filter((chunk) => copies[chunk] === fewest)).toContain(picked)
      }),
    )
  })

  it('[PICK-3] picks next to the last one among equals, wherever that lies, and never instead of a rarer one', () => {
    const copies = [1, 1, 1, 1, 1, 1, 1, 0, 1, 1, 1, 1]
    for (let seed = 0; seed < 50; seed++) {
      const without7 = [0, 1, 2, 3, 4, 5, 6, 8, 9, 10, 11]
      const picker = pickerWith('rarest-first', without7, seededRandom(seed), copies)
      expect([4, 5, 6]).toContain(picker.pick(all, false, 7))
      expect([4, 5, 6]).toContain(picker.pick(all, true, 7))
      expect([0, 1, 2, 3]).toContain(picker.pick((chunk) => chunk < 4, false, 7))
      picker.setOpen(7)
      expect(picker.pick(all, false, 0)).toBe(7)
    }
  })

  it('[PICK-2] follows the copies as neighbours come, fetch and go', () => {
    const picker = pickerWith('rarest-first', [0, 1, 2], seededRandom(1), [3, 2, 1])
    expect(picker.pick(all)).toBe(2)
    const newcomer = Bitfield.fromBytes(CHUNKS, Uint8Array.of(0b01100000, 0)) as Bitfield
    picker.addCopies(newcomer, 9)
    for (let i = 0; i < 4; i++) picker.addCopy(2, 10 + i)
    expect([0, 1, 2].map((chunk) => picker.copies(chunk))).toEqual([3, 3, 6])
    picker.removeCopies(newcomer, 9)
    expect([0, 1, 2].map((chunk) => picker.copies(chunk))).toEqual([3, 2, 5])
    expect(drain(picker)).toEqual([1, 0, 2])
  })

  it.each<PickerPolicy>(['rarest-first', 'random'])('[PICK-3] is fair among equals (%s)', (policy) => {
    const seed = 20_240
    const random = seededRandom(seed)
    const counts = new Array<number>(CHUNKS).fill(0)
    for (let run = 0; run < 6_000; run++) {
      const chunk = pickerWith(
        policy,
        [...counts.keys()],
        random,
        counts.map(() => 2),
      ).pick(all) as number
      counts[chunk] = (counts[chunk] ?? 0) + 1
    }
    // 11 degrees of freedom: 31.3 is passed once in a thousand.
    expect(chiSquare(counts), `seed ${seed}: ${counts}`).toBeLessThan(31.3)
  })

  it('[PICK-3] is fair among equals though chunks were closed and opened again', () => {
    const seed = 7
    const random = seededRandom(seed)
    const counts = new Array<number>(CHUNKS).fill(0)
    for (let run = 0; run < 6_000; run++) {
      const picker = pickerWith('rarest-first', [...counts.keys()], random)
      for (const chunk of [0, 5, 6, 11]) picker.setClosed(chunk)
      for (const chunk of [6, 5, 11, 0]) picker.setOpen(chunk)
      const chunk = picker.pick(all) as number
      counts[chunk] = (counts[chunk] ?? 0) + 1
    }
    expect(chiSquare(counts), `seed ${seed}: ${counts}`).toBeLessThan(31.3)
  })

  it('[PICK-4] goes from the first to the last if it is sequential', () => {
    expect(drain(pickerWith('sequential', [7, 3, 9, 0], seededRandom(3), [9, 9, 9, 1]))).toEqual([0, 3, 7, 9])
  })

  it('[PICK-4] goes by chance alone if it is random, or if it is told to', () => {
    const copies = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]
    const orders = (policy: PickerPolicy, byChance: boolean) =>
      new Set(
        Array.from({ length: 200 }, (_, seed) =>
          pickerWith(policy, copies, seededRandom(seed), copies).pick(all, byChance),
        ),
      )
    expect(orders('random', false).size).toBe(CHUNKS)
    expect(orders('rarest-first', true).size).toBe(CHUNKS)
    expect(orders('rarest-first', false)).toEqual(new Set([0]))
  })

  it('[PICK-5] gives exactly the open chunks, whatever was opened and closed before', () => {
    const steps = fc.array(fc.record({ open: fc.boolean(), chunk: fc.nat(CHUNKS - 1) }), { maxLength: 60 })
    fc.assert(
      fc.property(steps, fc.nat(), (moves, seed) => {
        const picker = new ChunkPicker(CHUNKS, 'random', seededRandom(seed))
        const model = new Set<number>()
        for (const { open, chunk } of moves) {
          if (open) picker.setOpen(chunk)
          else picker.setClosed(chunk)
          if (open) model.add(chunk)
          else model.delete(chunk)
          expect(picker.openCount).toBe(model.size)
        }
        expect(ascending(drain(picker))).toEqual(ascending(model))
      }),
    )
  })

  it('[PICK-5] regression: a chunk closed last does not come back when another is opened at the end', () => {
    const atTheEnd = () => 0.999
    const picker = pickerWith('sequential', [0, 1, 2], atTheEnd)
    picker.setClosed(2)
    picker.setOpen(3)
    picker.setOpen(2)
    expect(drain(picker)).toEqual([0, 1, 2, 3])
  })

  it('[PICK-2] knows whether the neighbours together hold every chunk', () => {
    const picker = new ChunkPicker(2, 'random', seededRandom(1))
    picker.addCopy(0, 1)
    expect(picker.neighboursHoldAll).toBe(false)
    picker.addCopy(1, 1)
    expect(picker.neighboursHoldAll).toBe(true)
  })
})

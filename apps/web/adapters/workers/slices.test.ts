import { expect, it } from 'vitest'
import { mapInSlices, Slices } from './slices'

const never = new AbortController().signal

/** A clock that goes on by a millisecond with each item. */
function clocked(signal: AbortSignal) {
  let nowMs = 0
  return { slices: new Slices(signal, () => nowMs), work: () => nowMs++ }
}

it('lets others have their turn again and again, and keeps the order', async () => {
  let isOver = false
  let turns = 0
  const others = () => {
    turns += 1
    if (!isOver) setImmediate(others)
  }
  setImmediate(others)
  const { slices, work } = clocked(never)
  const items = Array.from({ length: 1_000 }, (_, index) => index)
  const double = (item: number) => {
    work()
    return item * 2
  }
  expect(await mapInSlices(items, double, never, slices)).toEqual(items.map((item) => item * 2))
  isOver = true
  expect(turns).toBeGreaterThan(10)
})

it('ends with the slice in which it is told to', async () => {
  const abort = new AbortController()
  const { slices, work } = clocked(abort.signal)
  let count = 0
  const mapping = mapInSlices(
    Array.from({ length: 10_000 }),
    () => {
      work()
      if (++count === 50) abort.abort()
    },
    abort.signal,
    slices,
  )
  await expect(mapping).rejects.toMatchObject({ name: 'AbortError' })
  expect(count).toBeLessThan(65)
})

it('does nothing for one who has stopped already', async () => {
  let count = 0
  await expect(mapInSlices([1], () => count++, AbortSignal.abort())).rejects.toMatchObject({ name: 'AbortError' })
  expect(count).toBe(0)
})

it('counts a slice by its clock', async () => {
  let nowMs = 0
  const slices = new Slices(never, () => nowMs)
  nowMs = 11
  expect(slices.isOver).toBe(false)
  nowMs = 13
  expect(slices.isOver).toBe(true)
  await slices.next()
  expect(slices.isOver).toBe(false)
})

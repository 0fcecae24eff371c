// Grows a prefix over a content that comes in any order.
import { layoutOf } from '@swarmdrop/core'
import { expect, it } from 'vitest'
import { ContentPrefix, MOST_BYTES } from './content-prefix'

const CHUNK = 4
const text = 'once upon a time there was'

function comingContent() {
  const here = new Set<number>()
  const wanted: [number, number][] = []
  const reads: number[] = []
  const prefix = new ContentPrefix({
    layout: layoutOf(text.length, CHUNK),
    held: () => (chunk) => here.has(chunk),
    read: async (chunk, offset, length) => {
      reads.push(chunk)
      const start = chunk * CHUNK + offset
      return new TextEncoder().encode(text.slice(start, start + length))
    },
    whole: async () => new Blob([text]),
    want: (first, end) => wanted.push([first, end]),
  })
  return { prefix, here, wanted, reads }
}

it('is as long as what is here without a gap, and reads each chunk once', async () => {
  const { prefix, here, reads } = comingContent()
  here.add(0).add(1).add(3)
  expect(await (await prefix.grow()).text()).toBe('once upo')
  here.add(2)
  expect(await (await prefix.grow()).text()).toBe('once upon a time')
  for (const chunk of [4, 5, 6]) here.add(chunk)
  expect(await (await prefix.grow()).text()).toBe(text)
  expect(reads).toEqual([0, 1, 2, 3, 4, 5, 6])
})

it('asks for what follows it, and for nothing once nobody looks', async () => {
  const { prefix, here, wanted } = comingContent()
  expect(wanted).toEqual([[0, 32]])
  here.add(0).add(1)
  await prefix.grow()
  await prefix.grow()
  expect(wanted).toEqual([
    [0, 32],
    [2, 34],
  ])
  prefix.stop()
  expect(wanted.at(-1)).toEqual([0, 0])
})

it('grows once though two ask at a time', async () => {
  const { prefix, here, reads } = comingContent()
  here.add(0)
  await Promise.all([prefix.grow(), prefix.grow()])
  expect(reads).toEqual([0])
})

it('copies no more than its bound, and gives all as it is kept once all is here', async () => {
  const chunkBytes = MOST_BYTES / 2
  const layout = layoutOf(5 * chunkBytes, chunkBytes)
  // Of the size that is said, without its bytes.
  const kept = Object.defineProperty(new Blob(), 'size', { value: layout.totalBytes })
  const here = new Set([0, 1, 2, 3])
  const reads: number[] = []
  const prefix = new ContentPrefix({
    layout,
    held: () => (chunk) => here.has(chunk),
    read: async (chunk) => {
      reads.push(chunk)
      return new Uint8Array(1)
    },
    whole: async () => kept,
    want: () => {},
  })
  expect((await prefix.grow()).size).toBe(2)
  expect((await prefix.grow()).size).toBe(2)
  here.add(4)
  expect(await prefix.grow()).toBe(kept)
  expect(await prefix.grow()).toBe(kept)
  expect(reads).toEqual([0, 1])
})

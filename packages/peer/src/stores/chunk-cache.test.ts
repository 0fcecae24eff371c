// Counts what the cache loads.
import { expect, it, vi } from 'vitest'
import { ChunkCache } from './chunk-cache'

const load = (chunk: number) => Promise.resolve(Uint8Array.of(chunk, chunk + 1, chunk + 2))

it('loads a chunk once for all its blocks, asked for one by one or at once', async () => {
  const loads = vi.fn(load)
  const cache = new ChunkCache(2, loads)
  expect(await Promise.all([cache.read(5, 0, 1), cache.read(5, 1, 2)])).toEqual([Uint8Array.of(5), Uint8Array.of(6, 7)])
  expect(await cache.read(5, 0, 3)).toEqual(Uint8Array.of(5, 6, 7))
  expect(loads).toHaveBeenCalledTimes(1)
})

it('forgets the chunk that was read longest ago', async () => {
  const loads = vi.fn(load)
  const cache = new ChunkCache(2, loads)
  for (const chunk of [1, 2, 1, 3, 1, 2]) await cache.read(chunk, 0, 1)
  expect(loads.mock.calls.flat()).toEqual([1, 2, 3, 2])
})

it('loads again after a load that failed', async () => {
  const loads = vi.fn(load).mockRejectedValueOnce(new Error('busy'))
  const cache = new ChunkCache(2, loads)
  await expect(cache.read(1, 0, 1)).rejects.toThrow('busy')
  await expect(cache.read(1, 0, 1)).resolves.toEqual(Uint8Array.of(1))
})

it('does not load what it was given', async () => {
  const loads = vi.fn(load)
  const cache = new ChunkCache(2, loads)
  cache.put(7, Uint8Array.of(1, 2))
  expect(await cache.read(7, 1, 1)).toEqual(Uint8Array.of(2))
  expect(loads).not.toHaveBeenCalled()
})

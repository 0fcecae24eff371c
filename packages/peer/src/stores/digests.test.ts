import { expect, it } from 'vitest'
import { sha256 } from '../testing/sha256'
import { digestAt, isProved, sameBytes } from './digests'

it('compares bytes', () => {
  expect(sameBytes(Uint8Array.of(1, 2), Uint8Array.of(1, 2))).toBe(true)
  expect(sameBytes(Uint8Array.of(1, 2), Uint8Array.of(1, 3))).toBe(false)
  expect(sameBytes(Uint8Array.of(1, 2), Uint8Array.of(1))).toBe(false)
})

it('proves a chunk by its own digest in a row of them, and by no other', async () => {
  const chunks = [Uint8Array.of(1), Uint8Array.of(2)]
  const digests = new Uint8Array((await Promise.all(chunks.map(sha256))).flatMap((digest) => [...digest]))
  for (const [index, chunk] of chunks.entries()) {
    expect(await isProved(chunk, digestAt(digests, index), sha256)).toBe(true)
    expect(await isProved(chunk, digestAt(digests, 1 - index), sha256)).toBe(false)
  }
})

// Both ways to a digest give the same one.
import { createHash } from 'node:crypto'
import { afterEach, expect, it, vi } from 'vitest'
import { sha256 } from './digest'

const samples = [0, 1, 63, 64, 262_144].map((length) => Uint8Array.from({ length }, (_, index) => index % 251))
const expected = (bytes: Uint8Array) => new Uint8Array(createHash('sha256').update(bytes).digest())

afterEach(() => vi.unstubAllGlobals())

it('digests with WebCrypto', async () => {
  for (const bytes of samples) expect(await sha256(bytes)).toEqual(expected(bytes))
})

it('digests the same where there is no WebCrypto, many at once too', async () => {
  vi.stubGlobal('crypto', {})
  expect(await Promise.all(samples.map((bytes) => sha256(bytes)))).toEqual(samples.map(expected))
})

// What a receiver gets where the browser has no private file system. The rest needs a browser: e2e/storage.spec.ts.
import { layoutOf } from '@swarmdrop/core'
import { beforeEach, expect, it, vi } from 'vitest'
import { MemoryStore } from './memory-store'
import { openReceiverStore } from './open-receiver-store'

beforeEach(() => {
  vi.stubGlobal('navigator', {})
  return () => vi.unstubAllGlobals()
})

it('keeps up to 1 GiB in memory', async () => {
  expect(await openReceiverStore(layoutOf(2 ** 30))).toBeInstanceOf(MemoryStore)
})

it('refuses more than that, and says what to do', async () => {
  await expect(openReceiverStore(layoutOf(2 ** 30 + 1))).rejects.toMatchObject({
    code: 'no-space',
    message: /in memory here, up to 1\.1 GB, .* Open the link over HTTPS/,
  })
})

it('says so where more is refused because storage is blocked', async () => {
  await expect(openReceiverStore(layoutOf(2 ** 30 + 1), undefined, 'refused')).rejects.toMatchObject({
    code: 'no-space',
    message: /^Your browser blocks storage for this site, .* up to 1\.1 GB, .* Allow cookies for this site/,
  })
})

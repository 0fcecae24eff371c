import { StoreError } from '@swarmdrop/core'
import { expect, it } from 'vitest'
import { OpeningStore } from './opening-store'

const bytes = Uint8Array.of(1, 2, 3)
const place = {
  write: async () => 'stored' as const,
  read: async () => bytes,
}

it('does what was asked of it before the store was open', async () => {
  let open: (store: typeof place) => void = () => {}
  const store = new OpeningStore(new Promise<typeof place>((resolve) => (open = resolve)))
  const [written, read] = [store.write(0, [bytes], bytes), store.read(0, 0, 3)]
  open(place)
  expect([await written, await read]).toEqual(['stored', bytes])
})

it('fails with the reason for which the store did not open, and only where it was asked', async () => {
  const full = new StoreError('no-space', 'There is no space left.')
  const store = new OpeningStore(Promise.reject(full))
  await expect(store.write(0, [bytes], bytes)).rejects.toBe(full)
})

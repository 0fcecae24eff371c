// Holds the memory store to the contract of all stores.
import { describe, expect, it } from 'vitest'
import { MemoryStore } from './memory-store'
import { receiverChecks } from './store-contract'

describe('a memory store', () => {
  it.each(receiverChecks)('$name', async ({ run }) => {
    await expect(run(async (layout) => new MemoryStore(layout))).resolves.toBeUndefined()
  })
})

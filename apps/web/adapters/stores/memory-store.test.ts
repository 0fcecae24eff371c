// Holds the memory store to the contract of all stores.
import { receiverChecks } from '@swarmdrop/peer/testing'
import { describe, expect, it } from 'vitest'
import { MemoryStore } from './memory-store'
import { blobChecks } from './testing/blob-checks'

describe('a memory store', () => {
  it.each([...receiverChecks, ...blobChecks])('$name', async ({ run }) => {
    await expect(run(async (layout) => new MemoryStore(layout))).resolves.toBeUndefined()
  })
})

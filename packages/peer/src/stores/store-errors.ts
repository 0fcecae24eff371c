// What stores say to the person when they cannot go on. Knows no store.
import { StoreError } from '@swarmdrop/core'

/** What a failed use of the disk means for the person. */
export function asStoreError(error: unknown): StoreError {
  if (error instanceof StoreError) return error
  const { name, code } = error instanceof Error ? (error as Error & { code?: unknown }) : { name: '', code: '' }
  // As a browser says it, and as Node does.
  if (name === 'QuotaExceededError' || code === 'ENOSPC' || code === 'EDQUOT') return noSpaceLeft()
  const detail = error instanceof Error ? ` (${error.message})` : ''
  return new StoreError('unavailable', `The storage for this file cannot be used${detail}. Reload the page.`)
}

export const noSpaceLeft = (): StoreError =>
  new StoreError(
    'no-space',
    'There is no space left on this device for the rest. Free some space and go on: what is here already is not lost.',
  )

export const storeClosed = (): StoreError =>
  new StoreError('unavailable', 'This transfer is closed, and its bytes are no longer here.')

export const chunkMissing = (chunk: number): StoreError =>
  new StoreError('unavailable', `Chunk ${chunk} is not here yet.`)

export const contentIncomplete = (): StoreError =>
  new StoreError('unavailable', 'The file can be saved when all of it is here.')

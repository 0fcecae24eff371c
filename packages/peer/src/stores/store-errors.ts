// What the fault of a store means, for every store there is: its words for the person, and what is to be done. One
// place for all, in browsers and in Node. Knows no store. (docs/faults.md lists every fault with its words and its
// test.)
import { StoreError, type StoreFault } from '@swarmdrop/core'

/**
 * What a receiver does. `go-on`: what is held stays good, and the same place is tried again when the person says so.
 * `reopen`: nothing counts as held until a place is opened again and what is there is proved again. `end`: this attempt
 * is over.
 */
export type Remedy = 'go-on' | 'reopen' | 'end'

export const remedyOf: Record<StoreFault, Remedy> = {
  'no-space': 'go-on',
  vanished: 'reopen',
  damaged: 'reopen',
  refused: 'reopen',
  silent: 'reopen',
  changed: 'end',
  unavailable: 'end',
}

/** A failed use of a storage as a StoreError in words for the person. */
export function asStoreError(error: unknown): StoreError {
  if (error instanceof StoreError) return error
  const { name, code } = error instanceof Error ? (error as Error & { code?: unknown }) : { name: '', code: '' }
  // As a browser says it, and as Node does.
  if (name === 'QuotaExceededError' || code === 'ENOSPC' || code === 'EDQUOT') return noSpaceLeft()
  if (name === 'NotFoundError' || code === 'ENOENT') return keptVanished()
  if (name === 'SecurityError' || code === 'EACCES') return storageRefused()
  const detail = error instanceof Error ? ` (${error.message})` : ''
  return new StoreError('unavailable', `The storage for this file cannot be used${detail}. Reload the page.`)
}

export const noSpaceLeft = (): StoreError =>
  new StoreError(
    'no-space',
    'There is no space left on this device for the rest. Free some space and continue: what has arrived is not lost.',
  )

export const keptVanished = (): StoreError =>
  new StoreError('vanished', 'The browser has deleted what was kept here. Fetch it again.')

export const keptDamaged = (): StoreError =>
  new StoreError(
    'damaged',
    'Some of what was kept here is damaged. Fetch it again: only the damaged parts are downloaded.',
  )

export const storageRefused = (): StoreError =>
  new StoreError(
    'refused',
    'Your browser no longer lets this page store anything. Continue starts again and keeps the file in memory.',
  )

export const storageSilent = (): StoreError =>
  new StoreError('silent', 'The browser’s storage does not answer. Continue tries again, without it if necessary.')

/** A sender's own files do not answer: `storageSilent` in words for a sender. */
export const filesSilent = (): StoreError =>
  new StoreError(
    'silent',
    'The files do not answer: their disk or network drive may be asleep or disconnected. Sharing continues when they do.',
  )

export const storeClosed = (): StoreError =>
  new StoreError('unavailable', 'This transfer is closed, and its bytes are no longer here.')

export const chunkMissing = (chunk: number): StoreError =>
  new StoreError('unavailable', `Chunk ${chunk} is not here yet.`)

export const contentIncomplete = (): StoreError =>
  new StoreError('unavailable', 'The file can be saved when all of it is here.')

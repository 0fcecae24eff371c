// Opens a private file for synchronous use. Runs in dedicated workers only. Knows not what is in it.
import { FIRST_ANSWER_MS, inTime, type SyncHandle } from '@swarmdrop/peer/stores'
import { ownTimers } from '../workers/waiting'
import { type Directory, privateFile } from './private-files'

/** How long a page that has just gone may hold its files yet: one that is reloaded overlaps with itself. */
const PATIENCE_MS = 3_000
const RETRY_MS = 50

/** Rejects where the browser has no synchronous handles, and where somebody else has this file open. */
export async function openSyncHandle(directory: Directory, name: string): Promise<SyncHandle> {
  const file = await soon(privateFile(directory, name))
  if (!opensSync(file)) throw new Error('This browser has no synchronous file handles.')
  for (const start = performance.now(); ; await new Promise((resolve) => setTimeout(resolve, RETRY_MS))) {
    try {
      return await soon(file.createSyncAccessHandle())
    } catch (error) {
      const isBusy = error instanceof DOMException && error.name === 'NoModificationAllowedError'
      if (!isBusy || performance.now() - start > PATIENCE_MS) throw error
    }
  }
}

const soon = <T>(answer: Promise<T>): Promise<T> => inTime(ownTimers, FIRST_ANSWER_MS, answer)

function opensSync(
  file: FileSystemFileHandle,
): file is FileSystemFileHandle & { createSyncAccessHandle(): Promise<SyncHandle> } {
  return 'createSyncAccessHandle' in file
}

// Finds out, by trying, where this browser would keep what is received, and how much fits. Keeps nothing.
import type { StorageFact } from '@swarmdrop/peer/check'
import { openDatabase } from './database'
import { deleteDirectory, hasFileSystem, privateFile } from './private-files'
import { freeBytesNow } from './space'

export async function whatKeeps(): Promise<StorageFact> {
  const keeps = (await canMakeFiles()) ? 'files' : (await opensDatabase()) ? 'database' : 'memory'
  const freeBytes = await freeBytesNow().catch(() => undefined)
  return { keeps, ...(freeBytes !== undefined && { freeBytes }) }
}

/** Some browsers have private files and refuse to make any, in private windows for one. */
async function canMakeFiles(): Promise<boolean> {
  if (!hasFileSystem()) return false
  // A name of its own: another tab may be trying the same.
  const directory = `scratch/check-${Math.floor(Date.now())}` as const
  try {
    await privateFile(directory, 'empty')
    await deleteDirectory(directory)
    return true
  } catch {
    return false
  }
}

const opensDatabase = () =>
  openDatabase().then(
    () => true,
    () => false,
  )

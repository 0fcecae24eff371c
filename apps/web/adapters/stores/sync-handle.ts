// Opens a scratch file for synchronous use. Runs in dedicated workers only. Knows not what is in it.
import { scratchFile } from './scratch'
import type { SyncHandle } from './sync-file-store'

/** Rejects where the browser has no synchronous handles. */
export async function openSyncHandle(scratch: string): Promise<SyncHandle> {
  const file = await scratchFile(scratch)
  if (!opensSync(file)) throw new Error('This browser has no synchronous file handles.')
  return file.createSyncAccessHandle()
}

function opensSync(
  file: FileSystemFileHandle,
): file is FileSystemFileHandle & { createSyncAccessHandle(): Promise<SyncHandle> } {
  return 'createSyncAccessHandle' in file
}

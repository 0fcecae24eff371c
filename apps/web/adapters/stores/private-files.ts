// The browser's private file system (OPFS): each content has a directory of its own there. Knows not what is in them.

/** `scratch`: gone soon after its page is. `kept`: there until it is deleted. */
type Shelf = 'scratch' | 'kept'
export type Directory = `${Shelf}/${string}`

/**
 * A directory for one content, and what becomes of it. `handedOut`: a Blob of its file is still somebody's.
 * `free` deletes it now where it can; `release` lets go of it.
 */
export type Place = {
  directory: Directory
  free(handedOut: boolean): Promise<void>
  release(handedOut: boolean): void
}

const ROOT_NAMES: Record<Shelf, string> = { scratch: 'swarmdrop', kept: 'swarmdrop-kept' }

/**
 * Whether there is a file system: only on secure origins. A browser may still refuse it, in private windows for one.
 */
export function hasFileSystem(): boolean {
  return typeof navigator.storage?.getDirectory === 'function' && typeof Worker !== 'undefined'
}

/** A file of this name, made when it is not there. Windows and workers both find it by its names. */
export async function privateFile(directory: Directory, name: string): Promise<FileSystemFileHandle> {
  const [shelf, own] = partsOf(directory)
  const folder = await (await rootOf(shelf)).getDirectoryHandle(own, { create: true })
  return folder.getFileHandle(name, { create: true })
}

/** A private file that is there: rejects with NotFoundError where it is not. */
export async function existingFile(directory: Directory, name: string): Promise<FileSystemFileHandle> {
  const [shelf, own] = partsOf(directory)
  return (await (await rootOf(shelf)).getDirectoryHandle(own)).getFileHandle(name)
}

/** Names of the directories on a shelf. */
export async function directoriesOn(shelf: Shelf): Promise<string[]> {
  const names: string[] = []
  for await (const name of (await rootOf(shelf)).keys()) names.push(name)
  return names
}

/** Deletes a directory. False when it is still open somewhere. One that is not there is deleted already. */
export async function deleteDirectory(directory: Directory): Promise<boolean> {
  const [shelf, own] = partsOf(directory)
  try {
    await (await rootOf(shelf)).removeEntry(own, { recursive: true })
    return true
  } catch (error) {
    return error instanceof DOMException && error.name === 'NotFoundError'
  }
}

function partsOf(directory: Directory): [Shelf, string] {
  const cut = directory.indexOf('/')
  return [directory.slice(0, cut) as Shelf, directory.slice(cut + 1)]
}

async function rootOf(shelf: Shelf): Promise<FileSystemDirectoryHandle> {
  const storage = await navigator.storage.getDirectory()
  return storage.getDirectoryHandle(ROOT_NAMES[shelf], { create: true })
}

// What somebody chose, dropped or pasted, as files with clean paths. Knows nothing of hashing or links.
import { cleanPath, distinctPaths, StoreError } from '@swarmdrop/core'
import { allowReading, fileOf, filesBehind, handleOf } from './file-handles'

/**
 * `path`: clean, with folders, and unlike any other of the same pick. `root`: what it was found in, where it can be found again.
 * `reopen`: the same file as it is later; rejects when it is gone.
 */
export type PickedFile = { file: File; path: string; root?: FileSystemHandle; reopen?: () => Promise<File> }
type FoundFile = { file: File; rawPath: string; root?: FileSystemHandle | undefined; reopen?: () => Promise<File> }

/** From `<input type=file>`, with folders where it has `webkitdirectory`. */
export function pickedFromInput(files: Iterable<File>): PickedFile[] {
  return withPaths(Array.from(files, (file) => ({ file, rawPath: file.webkitRelativePath || file.name })))
}

/**
 * From a drop or a paste. Call it within the event: the browser empties the transfer when that ends. Rejects with
 * StoreError when a file or folder cannot be opened.
 */
export async function pickedFromTransfer(transfer: DataTransfer): Promise<PickedFile[]> {
  const items = Array.from(transfer.items)
    .filter((item) => item.kind === 'file')
    .map((item) => ({ source: item.webkitGetAsEntry?.() ?? item.getAsFile(), handle: handleOf(item) }))
  const found = items.map(async ({ source, handle }) => {
    const files = source === null ? [] : await filesOf(source)
    const root = await handle
    // A thing without an entry has what its handle gives.
    const behind = root && source instanceof File ? { reopen: fileOf(root) } : {}
    return files.map((file) => ({ ...file, ...behind, root }))
  })
  return withPaths((await Promise.all(found)).flat())
}

/** The same files on another day. Call it within a click. Rejects with StoreError when they may not be read, or are gone. */
export async function pickedFromHandles(handles: readonly FileSystemHandle[]): Promise<PickedFile[]> {
  await allowReading(handles)
  const found = handles.map(async (root) => {
    const files = await filesBehind(root).catch(() => {
      throw new StoreError('unavailable', `“${root.name}” is not where it was. Choose it again to share it.`)
    })
    return files.map((file) => ({ ...file, root }))
  })
  return withPaths((await Promise.all(found)).flat())
}

/** What the browser gave to find them all again; empty when it did not give it for each. */
export function rootsOf(picked: readonly PickedFile[]): FileSystemHandle[] {
  const roots = new Set(picked.map(({ root }) => root))
  return roots.has(undefined) ? [] : [...roots].filter((root) => root !== undefined)
}

/** Nothing is left out: a name that cannot be kept as it is gets another. */
function withPaths(found: readonly FoundFile[]): PickedFile[] {
  const paths = distinctPaths(found.map(({ rawPath }) => cleanPath(rawPath)))
  return found.map(({ file, root, reopen }, index) => ({
    file,
    path: paths[index] ?? file.name,
    ...(root && { root }),
    ...(reopen && { reopen }),
  }))
}

async function filesOf(source: File | FileSystemEntry): Promise<FoundFile[]> {
  if (source instanceof File) return [{ file: source, rawPath: source.name }]
  // The entry's own path starts with a slash, as the dropped things are the root of it.
  const rawPath = source.fullPath.replace(/^\//, '')
  try {
    if (isFile(source)) {
      const reopen = () => new Promise(source.file.bind(source))
      return [{ file: await reopen(), rawPath, reopen }]
    }
    if (!isFolder(source)) return []
    const found = await Promise.all((await childrenOf(source)).map((child) => filesOf(child)))
    return found.flat()
  } catch (error) {
    if (error instanceof StoreError) throw error
    throw new StoreError('unavailable', `“${rawPath}” could not be opened. Check that you may read it, and try again.`)
  }
}

/** A reader gives a folder piecemeal (Chromium: 100 entries at a time) and ends with an empty piece. */
async function childrenOf(folder: FileSystemDirectoryEntry): Promise<FileSystemEntry[]> {
  const reader = folder.createReader()
  const children: FileSystemEntry[] = []
  for (;;) {
    const piece = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject))
    if (piece.length === 0) return children
    children.push(...piece)
  }
}

function isFile(entry: FileSystemEntry): entry is FileSystemFileEntry {
  return entry.isFile
}

function isFolder(entry: FileSystemEntry): entry is FileSystemDirectoryEntry {
  return entry.isDirectory
}

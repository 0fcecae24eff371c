// What somebody chose, dropped or pasted, as files with clean paths. Knows nothing of hashing or links.
import { cleanPath, distinctPaths, StoreError } from '@swarmdrop/core'
import { allowReading, fileOf, filesBehind, handleOf } from './file-handles'
import { type LeftOut, whyNotOpened } from './left-out'

/**
 * `path`: clean, with folders, and unlike any other of the same pick. `root`: what it was found in, where it can be found again.
 * `reopen`: the same file as it is later; rejects when it is gone. `isNote`: it was written on the page, and is on no disk.
 */
export type PickedFile = {
  file: File
  path: string
  root?: FileSystemHandle
  reopen?: () => Promise<File>
  isNote?: true
}
type FoundFile = { file: File; rawPath: string; root?: FileSystemHandle | undefined; reopen?: () => Promise<File> }

/** `silent`: whether the browser may have left something out without a word. */
export type Picked = { files: PickedFile[]; leftOut: LeftOut[]; silent: boolean }

/**
 * From `<input type=file>`, with folders where it has `webkitdirectory`. Of such a folder browsers pass over subfolders that they may
 * not open, and nothing tells of it.
 */
export function pickedFromInput(files: Iterable<File>): Picked {
  const found = Array.from(files, (file) => ({ file, rawPath: file.webkitRelativePath || file.name }))
  return { files: withPaths(found), leftOut: [], silent: found.some(({ file }) => file.webkitRelativePath) }
}

/** From a drop or a paste. Call it within the event: the browser empties the transfer when that ends. */
export async function pickedFromTransfer(transfer: DataTransfer): Promise<Picked> {
  const leftOut: LeftOut[] = []
  const items = Array.from(transfer.items)
    .filter((item) => item.kind === 'file')
    .map((item) => ({ source: item.webkitGetAsEntry?.() ?? item.getAsFile(), handle: handleOf(item) }))
  const found = items.map(async ({ source, handle }) => {
    const files = source === null ? [] : await filesOf(source, leftOut)
    const root = await handle
    // A thing without an entry has what its handle gives.
    const behind = root && source instanceof File ? { reopen: fileOf(root) } : {}
    return files.map((file) => ({ ...file, ...behind, root }))
  })
  return { files: withPaths((await Promise.all(found)).flat()), leftOut, silent: false }
}

/** The same files on another day. Call it within a click. Rejects with StoreError when none may be read, or all are gone. */
export async function pickedFromHandles(handles: readonly FileSystemHandle[]): Promise<Picked> {
  await allowReading(handles)
  const leftOut: LeftOut[] = []
  const found = handles.map(async (root) => (await filesBehind(root, leftOut)).map((file) => ({ ...file, root })))
  const files = withPaths((await Promise.all(found)).flat())
  const [lost] = leftOut
  if (files.length === 0 && lost)
    throw new StoreError('unavailable', `“${lost.path}” is not where it was. Choose it again to share it.`)
  return { files, leftOut, silent: false }
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

/** What cannot be opened joins `leftOut`. */
async function filesOf(source: File | FileSystemEntry, leftOut: LeftOut[]): Promise<FoundFile[]> {
  if (source instanceof File) return [{ file: source, rawPath: source.name }]
  // The entry's own path starts with a slash, as the dropped things are the root of it.
  const rawPath = source.fullPath.replace(/^\//, '')
  try {
    if (isFile(source)) {
      const reopen = () => new Promise(source.file.bind(source))
      return [{ file: await reopen(), rawPath, reopen }]
    }
    if (!isFolder(source)) return []
    const found = await Promise.all((await childrenOf(source)).map((child) => filesOf(child, leftOut)))
    return found.flat()
  } catch (error) {
    leftOut.push({ path: cleanPath(rawPath), why: whyNotOpened(error), folder: source.isDirectory })
    return []
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

// What somebody chose, dropped or pasted, as files with clean paths. Knows nothing of hashing or links.
import { StoreError } from '@swarmdrop/core'
import { cleanPath, distinctPaths } from '@swarmdrop/core/files'
import { mapInSlices } from '../workers/slices'
import { allowReading, handleOf } from './file-handles'
import { FolderFinder } from './folder-finder'
import type { LeftOut } from './left-out'
import { type Found, type FoundFile, Refusing, type SearchOptions, type Source, searchAll } from './search'
import { isFileHandle, isFolderHandle, thingOfEntry, thingOfHandle } from './things'
import { TreeReader } from './tree-reader'

/**
 * `path`: clean, with folders, and unlike any other of the same pick. `root`: what it was found in, where it can be
 * found again. `reopen`: the same file as it is later; rejects when it is gone. `note`: the text, where it was written
 * on the page, and is on no disk.
 */
export type PickedFile = {
  file: File
  path: string
  root?: FileSystemHandle
  reopen?: () => Promise<File>
  note?: string
}

/**
 * `folders`: those that the browser tells of, with clean paths. `silent`: whether it may have left something out
 * without a word.
 */
export type Picked = { files: PickedFile[]; folders: string[]; leftOut: LeftOut[]; silent: boolean }

/**
 * Looks through what was chosen, once. Rejects with ContentError when it is too much for one link, and with the
 * signal's reason when that aborts.
 */
export type Search = (options: SearchOptions) => Promise<Picked>

/** Above this many things, no handles are asked for: each is a question to the browser. */
const MAX_HANDLES = 100
/** How far it is, is told after so many files. */
const TOLD_EVERY = 100

/**
 * What was picked by `<input type=file>`, with folders where it has `webkitdirectory`. Browsers silently pass over
 * subfolders of such a folder that they may not open.
 */
export function pickedFromInput(list: Iterable<File>): Search {
  const files = Array.from(list)
  return async (options) => {
    const { signal, onProgress } = options
    const refusing = new Refusing(options)
    const rawPaths = await mapInSlices(
      files,
      (file) => {
        const rawPath = file.webkitRelativePath || file.name
        refusing.name(rawPath)
        return rawPath
      },
      signal,
    )
    let opened = 0
    const found = await mapInSlices(
      files,
      (file): FoundFile => {
        // Chromium asks for the size of each when it is first read, and holds the thread up for it.
        const rawPath = rawPaths[opened] ?? file.name
        refusing.file(rawPath, file.size)
        if (opened % TOLD_EVERY === 0) onProgress({ found: files.length, opened })
        opened += 1
        return { file, rawPath }
      },
      signal,
    )
    const silent = files.some(({ webkitRelativePath }) => webkitRelativePath)
    return pickedOf({ files: found, folders: [], leftOut: [] }, silent, options)
  }
}

/** What was dropped or pasted. Call it within the event: the browser empties the transfer when that ends. */
export function pickedFromTransfer(transfer: DataTransfer): Search {
  const dropped = Array.from(transfer.items).filter((item) => item.kind === 'file')
  const items = dropped.map((item) => ({
    source: item.webkitGetAsEntry?.() ?? item.getAsFile(),
    handle: dropped.length <= MAX_HANDLES ? handleOf(item) : undefined,
  }))
  return async (options) => {
    const sources = items.map(async ({ source, handle }) => sourceOf(source, await handle))
    const found = await searchAll((await Promise.all(sources)).flat(), options)
    return pickedOf(found, false, options)
  }
}

/**
 * The same files on another day. Call it within a click. It rejects with StoreError when none may be read, or all are
 * gone.
 */
export function pickedFromHandles(handles: readonly FileSystemHandle[]): Search {
  const allowing = allowReading(handles)
  allowing.catch(() => {})
  return async (options) => {
    await allowing
    const found = await searchAll(handles.flatMap(sourceOfHandle), options)
    const [lost] = found.leftOut
    if (found.files.length === 0 && lost)
      throw new StoreError('unavailable', `“${lost.path}” is not where it was. Choose it again to share it.`)
    return pickedOf(found, false, options)
  }
}

/** The handles by which all can be found again; empty when the browser did not give one for each. */
export function rootsOf(picked: readonly PickedFile[]): FileSystemHandle[] {
  const roots = new Set(picked.map(({ root }) => root))
  return roots.has(undefined) || roots.size > MAX_HANDLES ? [] : [...roots].filter((root) => root !== undefined)
}

/** A handle, which can be looked through elsewhere, goes before an entry. A thing that has neither was pasted. */
function sourceOf(source: FileSystemEntry | File | null, handle: FileSystemHandle | undefined): Source[] {
  if (handle && (source instanceof File || isFolderHandle(handle))) return sourceOfHandle(handle)
  if (source instanceof File)
    return [{ finder: new TreeReader({ kind: 'file', path: source.name, open: async () => source }), root: undefined }]
  const thing = source === null ? undefined : thingOfEntry(source)
  return thing ? [{ finder: new TreeReader(thing), root: handle }] : []
}

function sourceOfHandle(root: FileSystemHandle): Source[] {
  if (isFileHandle(root)) return [{ finder: new TreeReader(thingOfHandle(root)), root }]
  return isFolderHandle(root) ? [{ finder: new FolderFinder(root), root }] : []
}

/** What was found, opened and named. Nothing is left out: a name that cannot be kept as it is gets another. */
async function pickedOf(found: Found, silent: boolean, { signal }: SearchOptions): Promise<Picked> {
  const paths = distinctPaths(await mapInSlices(found.files, ({ rawPath }) => cleanPath(rawPath), signal))
  let index = 0
  const named = ({ file, root, reopen }: FoundFile): PickedFile => ({
    file,
    path: paths[index++] ?? file.name,
    ...(root && { root }),
    ...(reopen && { reopen }),
  })
  const files = await mapInSlices(found.files, named, signal)
  const folders = await mapInSlices(found.folders, cleanPath, signal)
  return { files, folders, leftOut: found.leftOut.map((one) => ({ ...one, path: cleanPath(one.path) })), silent }
}

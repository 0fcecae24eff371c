// Writes a content as a new folder into one that the person chooses, where the browser lets a page do that. Knows
// nothing of where the bytes are kept.
import { StoreError } from '@swarmdrop/core'
import { asWritingError, chosenIn, type SaveOutcome, writeAll } from './chosen-file'
import { type BytesToSave, filesWithBytes } from './files-with-bytes'
import type { Tree } from './zip-length'

/** The part of the File System Access API that is used: the types for windows do not have it. */
type Picking = { showDirectoryPicker(options: { mode: 'readwrite' }): Promise<FileSystemDirectoryHandle> }

/** Opening and closing a file takes milliseconds, most of them spent waiting. */
const AT_ONCE = 4

/** Chromium on secure origins. */
export const canChooseFolder = (): boolean => picking() !== undefined

/**
 * Asks where to, which needs a press of the person just before, and makes a folder of this name there, or of one that
 * is not taken. A folder that holds the whole tree is that folder. `onFile` is told how many files are written. Nothing
 * is left there when it fails. Rejects with StoreError.
 */
export async function writeToChosenFolder(
  name: string,
  tree: Tree,
  content: () => Promise<BytesToSave>,
  onFile: (written: number) => void,
): Promise<SaveOutcome> {
  const parent = await chosenIn(async () => picking()?.showDirectoryPicker({ mode: 'readwrite' }))
  if (!parent) return 'cancelled'
  let folder: FileSystemDirectoryHandle | undefined
  try {
    const bytes = await content()
    folder = await newFolder(parent, name)
    await writeTree(folder, below(name, tree), bytes, onFile)
    return 'saved'
  } catch (error) {
    const { code, message } = asWritingError(error)
    const isGone = folder === undefined || (await isRemoved(parent, folder.name))
    throw new StoreError(code, isGone ? message : `${message} The folder “${folder?.name}” there is incomplete.`)
  }
}

const isRemoved = (parent: FileSystemDirectoryHandle, name: string): Promise<boolean> =>
  parent.removeEntry(name, { recursive: true }).then(
    () => true,
    () => false,
  )

/** The tree as it is seen from the folder `name`, where that holds all of it. */
function below(name: string, { files, folders }: Tree): Tree {
  const prefix = `${name}/`
  const isInside = [...files.map(({ path }) => path), ...folders].every((path) => path.startsWith(prefix))
  if (!isInside) return { files, folders }
  const inside = (path: string) => path.slice(prefix.length)
  return { files: files.map((file) => ({ ...file, path: inside(file.path) })), folders: folders.map(inside) }
}

async function newFolder(parent: FileSystemDirectoryHandle, name: string): Promise<FileSystemDirectoryHandle> {
  for (let number = 1; ; number++) {
    const distinct = number === 1 ? name : `${name} (${number})`
    if (!(await isTaken(parent, distinct))) return parent.getDirectoryHandle(distinct, { create: true })
  }
}

/** Whether the name is taken, by a folder or by a file. */
async function isTaken(parent: FileSystemDirectoryHandle, name: string): Promise<boolean> {
  try {
    await parent.getDirectoryHandle(name)
    return true
  } catch (error) {
    if (error instanceof DOMException && error.name === 'NotFoundError') return false
    if (error instanceof DOMException && error.name === 'TypeMismatchError') return true
    throw error
  }
}

async function writeTree(
  root: FileSystemDirectoryHandle,
  { files, folders }: Tree,
  content: BytesToSave,
  onFile: (written: number) => void,
): Promise<void> {
  const opened = new Map<string, Promise<FileSystemDirectoryHandle>>([['', Promise.resolve(root)]])
  const folderAt = (path: string): Promise<FileSystemDirectoryHandle> => {
    const known = opened.get(path)
    if (known !== undefined) return known
    const cut = path.lastIndexOf('/')
    const folder = folderAt(path.slice(0, Math.max(0, cut))).then((above) =>
      above.getDirectoryHandle(path.slice(cut + 1), { create: true }).catch(refused(path)),
    )
    opened.set(path, folder)
    return folder
  }
  let written = 0
  let isFailed = false
  const next = filesWithBytes(files, content)
  const writeOnes = async () => {
    for (let one = await next.next(); !one.done && !isFailed; one = await next.next()) {
      const { file, bytes } = one.value
      const cut = file.path.lastIndexOf('/')
      const folder = await folderAt(file.path.slice(0, Math.max(0, cut)))
      const place = await folder.getFileHandle(file.path.slice(cut + 1), { create: true }).catch(refused(file.path))
      await writeAll(place, bytes)
      written += 1
      onFile(written)
    }
  }
  const writing = Array.from({ length: AT_ONCE }, () =>
    writeOnes().catch((error) => {
      isFailed = true
      throw error
    }),
  )
  // None may write on where all of it is about to be removed.
  await Promise.allSettled(writing)
  await Promise.all(writing)
  for (const path of folders) await folderAt(path)
}

/** Browsers refuse names that a system would run or follow, as of shortcuts. */
const refused = (path: string) => (error: Error) => {
  if (!(error instanceof TypeError)) throw error
  throw new StoreError(
    'unavailable',
    `This browser writes no file called “${path}” into a folder. Save the ZIP instead.`,
  )
}

function picking(): Picking | undefined {
  return 'showDirectoryPicker' in window ? (window as Window & Picking) : undefined
}

// What was dropped or chosen, as files and folders to look through: by entries, which all browsers have, or by handles.
// Knows nothing of what is made of them.

/** `path`: with its folders, from the thing that was dropped or chosen. */
export type FileThing = { kind: 'file'; path: string; open(): Promise<File> }
export type FolderThing = { kind: 'folder'; path: string; children(): AsyncIterable<Thing> }
export type Thing = FileThing | FolderThing

export function thingOfEntry(entry: FileSystemEntry): Thing | undefined {
  // The entry's own path starts with a slash, as the dropped things are the root of it.
  const path = entry.fullPath.replace(/^\//, '')
  if (isFileEntry(entry)) return { kind: 'file', path, open: () => new Promise(entry.file.bind(entry)) }
  return isFolderEntry(entry) ? { kind: 'folder', path, children: () => childrenOfEntry(entry) } : undefined
}

/** A reader gives a folder piecemeal (Chromium: 100 entries at a time) and ends with an empty piece. */
async function* childrenOfEntry(folder: FileSystemDirectoryEntry): AsyncGenerator<Thing> {
  const reader = folder.createReader()
  for (;;) {
    const piece = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject))
    if (piece.length === 0) return
    for (const entry of piece) {
      const thing = thingOfEntry(entry)
      if (thing) yield thing
    }
  }
}

export function thingOfHandle(handle: FileSystemHandle, path = handle.name): Thing {
  if (isFileHandle(handle)) return { kind: 'file', path, open: () => handle.getFile() }
  return { kind: 'folder', path, children: () => childrenOfHandle(handle as FileSystemDirectoryHandle, path) }
}

async function* childrenOfHandle(folder: FileSystemDirectoryHandle, path: string): AsyncGenerator<Thing> {
  for await (const child of folder.values()) yield thingOfHandle(child, `${path}/${child.name}`)
}

/** The file at this path, which begins with the name of `root`. Rejects as the browser does when it is not there. */
export async function fileBelow(root: FileSystemDirectoryHandle, path: string): Promise<File> {
  const [, ...folders] = path.split('/')
  const name = folders.pop() ?? ''
  let folder = root
  for (const part of folders) folder = await folder.getDirectoryHandle(part)
  return (await folder.getFileHandle(name)).getFile()
}

export const isFileHandle = (handle: FileSystemHandle): handle is FileSystemFileHandle => handle.kind === 'file'
export const isFolderHandle = (handle: FileSystemHandle): handle is FileSystemDirectoryHandle =>
  handle.kind === 'directory'
const isFileEntry = (entry: FileSystemEntry): entry is FileSystemFileEntry => entry.isFile
const isFolderEntry = (entry: FileSystemEntry): entry is FileSystemDirectoryEntry => entry.isDirectory

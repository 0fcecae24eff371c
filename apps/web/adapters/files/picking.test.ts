// What becomes of the paths of chosen, dropped and pasted files.
import { describe, expect, it } from 'vitest'
import { type Picked, pickedFromHandles, pickedFromInput, pickedFromTransfer, type Search } from './picking'

const file = (name: string, folder?: string) =>
  Object.assign(new File(['x'], name), { webkitRelativePath: folder ? `${folder}/${name}` : '' })
const searched = (search: Search) => search({ signal: new AbortController().signal, onProgress: () => {} })
const inOrder = (leftOut: Picked['leftOut']) => leftOut.toSorted((a, b) => (a.path < b.path ? -1 : 1))
const paths = ({ files }: Picked) => files.map(({ path }) => path)

type Entry = Pick<FileSystemEntry, 'fullPath' | 'isFile' | 'isDirectory'>
type Transfer = { items: { kind: string; webkitGetAsEntry?: () => Entry | null; getAsFile: () => File | null }[] }

const fileEntry = (fullPath: string, error?: Error) => ({
  fullPath,
  isFile: true,
  isDirectory: false,
  file: (found: (file: File) => void, failed: (error: Error) => void) =>
    error ? failed(error) : found(file(fullPath.split('/').at(-1) ?? '')),
})

/** Gives its children two at a time, as browsers give a hundred. */
const folderEntry = (fullPath: string, children: Entry[]) => ({
  fullPath,
  isFile: false,
  isDirectory: true,
  createReader() {
    const left = [...children]
    return { readEntries: (found: (entries: Entry[]) => void) => found(left.splice(0, 2)) }
  },
})

/** Chromium's word for a folder that may not be listed. */
const LOCKED = new DOMException('no', 'NoModificationAllowedError')
const GONE = new DOMException('no', 'NotFoundError')
const lockedFolder = (fullPath: string) => ({
  fullPath,
  isFile: false,
  isDirectory: true,
  createReader: () => ({ readEntries: (_: unknown, failed: (error: Error) => void) => failed(LOCKED) }),
})

type Handle = { kind: string; name: string }
const fileHandle = (name: string, error?: Error) => ({
  kind: 'file',
  name,
  getFile: async () => {
    if (error) throw error
    return file(name)
  },
})
const folderHandle = (name: string, children: Handle[] | Error) => ({
  kind: 'directory',
  name,
  async *values() {
    if (children instanceof Error) throw children
    yield* children
  },
})
const found = (handles: Handle[]) => searched(pickedFromHandles(handles as unknown as FileSystemHandle[]))

const entryItem = (entry: Entry) => ({ kind: 'file', webkitGetAsEntry: () => entry, getAsFile: () => null })
const fileItem = (found: File | null) => ({ kind: 'file', webkitGetAsEntry: () => null, getAsFile: () => found })
const dropped = (transfer: Transfer) => searched(pickedFromTransfer(transfer as unknown as DataTransfer))
const chosen = (files: File[]) => searched(pickedFromInput(files))

describe('files chosen in a dialog', () => {
  it('keep their names, or their places in the chosen folder', async () => {
    const picked = await chosen([file('ünïcode 文件.txt'), file('b.txt', 'trip/day 1')])
    expect(paths(picked)).toEqual(['ünïcode 文件.txt', 'trip/day 1/b.txt'])
  })

  it('get distinct paths, and none is lost', async () => {
    const picked = await chosen([file('a.txt'), file('a.txt'), file('.DS_Store')])
    expect(new Set(paths(picked)).size).toBe(3)
    expect(paths(picked)).toContain('.DS_Store')
  })

  it('get paths that may be saved anywhere', async () => {
    const picked = await chosen([file('a\u0000b.txt', '..')])
    expect(paths(picked)[0]).not.toMatch(/\.\.|\0/)
  })
})

describe('a chosen folder', () => {
  it('[F1] may lack what the browser could not open, and nobody knows', async () => {
    expect((await chosen([file('b.txt', 'trip')])).silent).toBe(true)
    expect((await chosen([file('b.txt')])).silent).toBe(false)
  })
})

describe('dropped and pasted things', () => {
  it('are followed through all folders, however many entries a folder has', async () => {
    const many = Array.from({ length: 5 }, (_, index) => fileEntry(`/trip/${index}.jpg`))
    const trip = folderEntry('/trip', [...many, folderEntry('/trip/empty', []), fileEntry('/trip/notes/a.txt')])
    const picked = await dropped({ items: [entryItem(trip), entryItem(fileEntry('/b.txt'))] })
    expect(paths(picked).toSorted()).toEqual([
      'b.txt',
      'trip/0.jpg',
      'trip/1.jpg',
      'trip/2.jpg',
      'trip/3.jpg',
      'trip/4.jpg',
      'trip/notes/a.txt',
    ])
  })

  it('are taken out of the event before it ends', async () => {
    const items = [entryItem(fileEntry('/a.txt')), fileItem(file('b.png'))]
    const picking = dropped({ items })
    items.length = 0
    expect(paths(await picking)).toEqual(['a.txt', 'b.png'])
  })

  it('may be files without an entry, such as a pasted picture; text is passed over', async () => {
    const text = { kind: 'string', getAsFile: () => null }
    expect(paths(await dropped({ items: [text, fileItem(file('image.png')), fileItem(null)] }))).toEqual(['image.png'])
  })

  it('[F1] come without what cannot be opened, a file or a folder, and that is named', async () => {
    const trip = folderEntry('/trip', [
      fileEntry('/trip/a.txt'),
      fileEntry('/trip/gone.txt', new DOMException('no', 'NotFoundError')),
      lockedFolder('/trip/private'),
      fileEntry('/trip/b.txt'),
    ])
    const picked = await dropped({ items: [entryItem(trip)] })
    expect(paths(picked)).toEqual(['trip/a.txt', 'trip/b.txt'])
    expect(inOrder(picked.leftOut)).toEqual([
      { path: 'trip/gone.txt', why: 'gone', folder: false },
      { path: 'trip/private', why: 'denied', folder: true },
    ])
  })
})

describe('files found again by their handles', () => {
  it('come without what is gone, at whatever depth', async () => {
    const trip = folderHandle('trip', [fileHandle('a.txt'), folderHandle('private', LOCKED), fileHandle('gone', GONE)])
    const picked = await found([trip, fileHandle('lost.txt', GONE)])
    expect(paths(picked)).toEqual(['trip/a.txt'])
    expect(inOrder(picked.leftOut)).toEqual([
      { path: 'lost.txt', why: 'gone', folder: false },
      { path: 'trip/gone', why: 'gone', folder: false },
      { path: 'trip/private', why: 'denied', folder: true },
    ])
  })

  it('are told to be gone when all are', async () => {
    await expect(found([fileHandle('draft.txt', GONE)])).rejects.toMatchObject({
      code: 'unavailable',
      message: /^“draft.txt” is not where it was/,
    })
  })
})

// Folders of the test's own stand for those of a disk: what is written, and what becomes of it where writing fails.
import { afterEach, expect, it, vi } from 'vitest'
import { writeToChosenFolder } from './chosen-folder'

const missing = () => new DOMException('It is not there.', 'NotFoundError')

class Folder {
  readonly inside = new Map<string, Folder | Blob>()
  locked = false
  constructor(
    readonly name: string,
    readonly refuse: (path: string) => Error | undefined,
    readonly path = '',
  ) {}

  async getDirectoryHandle(name: string, { create = false } = {}): Promise<Folder> {
    const known = this.inside.get(name)
    if (known instanceof Blob) throw new DOMException('It is a file.', 'TypeMismatchError')
    if (known) return known
    if (!create) throw missing()
    const folder = new Folder(name, this.refuse, `${this.path}${name}/`)
    this.inside.set(name, folder)
    return folder
  }

  async getFileHandle(name: string) {
    let pieces: BlobPart[] = []
    const write = async (piece: BlobPart) => void pieces.push(piece)
    const close = async () => {
      const error = this.refuse(this.path + name)
      if (error) throw error
      this.inside.set(name, new Blob(pieces))
      pieces = []
    }
    const createWritable = async () => ({ write, close, abort: async () => {} })
    return { createWritable, getFile: async () => this.inside.get(name) }
  }

  async removeEntry(name: string): Promise<void> {
    if (this.locked) throw new DOMException('It is open.', 'NoModificationAllowedError')
    this.inside.delete(name)
  }

  /** Sizes by path, and folders. */
  all(): Record<string, number | 'folder'> {
    return Object.fromEntries(
      [...this.inside].flatMap(([name, one]) =>
        one instanceof Blob
          ? [[this.path + name, one.size]]
          : [[this.path + name, 'folder'], ...Object.entries(one.all())],
      ),
    )
  }
}

afterEach(() => vi.unstubAllGlobals())

/** Resolves when anything that would still write has had turns enough to: here all is written without waiting. */
const settled = async () => {
  for (let turn = 0; turn < 50; turn++) await new Promise((resolve) => setImmediate(resolve))
}

const COUNT = 40
const tree = {
  files: Array.from({ length: COUNT }, (_, at) => ({ path: `trip/${at % 4}/${at}.bin`, bytes: at })),
  folders: ['trip/empty'],
}
const content = async () => new Blob([new Uint8Array((COUNT * (COUNT - 1)) / 2)])

function chosen(refuse: (path: string) => Error | undefined = () => undefined) {
  const parent = new Folder('chosen', refuse)
  vi.stubGlobal('window', { showDirectoryPicker: async () => parent })
  return { parent, save: () => writeToChosenFolder('trip', tree, content, () => {}) }
}

it('is a new folder each time, next to what is there', async () => {
  const { parent, save } = chosen()
  parent.inside.set('trip', new Blob(['theirs']))
  expect([await save(), await save()]).toEqual(['saved', 'saved'])
  const all = parent.all()
  expect(all).toMatchObject({ trip: 6, 'trip (2)/3/39.bin': 39, 'trip (3)/0/0.bin': 0, 'trip (2)/empty': 'folder' })
  expect(Object.keys(all)).toHaveLength(1 + 2 * (1 + 4 + COUNT + 1))
})

it.each(['NotFoundError', 'AbortError', 'QuotaExceededError'])(
  'is gone where one of its files fails by %s, and it is said what to do',
  async (name) => {
    const { parent, save } = chosen((path) => (path.endsWith('/7.bin') ? new DOMException('blocked', name) : undefined))
    const error = await save().catch((caught) => caught)
    expect(error).toMatchObject({ code: 'unavailable', message: expect.stringContaining('hoose another') })
    await settled()
    expect(parent.all()).toEqual({})
  },
)

it('says what is left where it cannot be removed, and writes no more into it', async () => {
  const { parent, save } = chosen((path) =>
    path.endsWith('/7.bin') ? new DOMException('blocked', 'AbortError') : undefined,
  )
  parent.locked = true
  await expect(save()).rejects.toThrow('The folder “trip” there is incomplete.')
  const before = Object.keys(parent.all()).length
  await settled()
  expect(Object.keys(parent.all())).toHaveLength(before)
  expect(before).toBeLessThan(25)
})

it('is nothing where the dialog is closed', async () => {
  vi.stubGlobal('window', {
    showDirectoryPicker: () => Promise.reject(new DOMException('closed', 'AbortError')),
  })
  expect(await writeToChosenFolder('trip', tree, content, () => {})).toBe('cancelled')
})

// Tens of thousands of files looked through: how far it is is told, it can be stopped at any moment, and what is too
// much is said before anything is opened.
import { ContentError } from '@swarmdrop/core'
import { describe, expect, it } from 'vitest'
import { type SearchProgress, searchAll } from './search'
import type { Thing } from './things'
import { TreeReader } from './tree-reader'

const small = new File(['x'], 'small')
const never = new AbortController().signal

/** Lets turns pass, in which anything that is still going on would go on: nothing here waits for longer than a turn. */
async function turnsPass(): Promise<void> {
  for (let turn = 0; turn < 200; turn++) await new Promise((resolve) => setImmediate(resolve))
}

/** A folder of so many files. `opened` counts. */
function folderOf(count: number, nameOf = (index: number) => `${index}.txt`, onOpen = () => {}) {
  let opened = 0
  let found = 0
  // A clock that goes on by a millisecond whenever it is read.
  let nowMs = 0
  const root: Thing = {
    kind: 'folder',
    path: 'many',
    async *children() {
      for (let index = 0; index < count; index++) {
        found += 1
        // As a browser gives them: a piece at a time, each in a turn of its own.
        if (index % 100 === 0) await new Promise((resolve) => setImmediate(resolve))
        yield { kind: 'file', path: `many/${nameOf(index)}`, open }
      }
    },
  }
  const open = async () => {
    await new Promise((resolve) => setImmediate(resolve))
    opened += 1
    onOpen()
    return small
  }
  const look = (signal: AbortSignal, onProgress: (progress: SearchProgress) => void = () => {}) =>
    searchAll([{ finder: new TreeReader(root, () => nowMs++), root: undefined }], { signal, onProgress })
  return { root, look, opened: () => opened, found: () => found }
}

describe('looking through many files', () => {
  it('finds all names first and then opens all, and says how far that is', async () => {
    const folder = folderOf(20_000)
    const told: SearchProgress[] = []
    const { files } = await folder.look(never, (progress) => told.push(progress))
    expect(files).toHaveLength(20_000)
    expect(files[19_999]?.rawPath).toBe('many/19999.txt')
    expect(told.length).toBeGreaterThan(300)
    expect(told.every(({ found, opened }) => opened === 0 || found === 20_000)).toBe(true)
    expect(told.at(-1)).toEqual({ found: 20_000, opened: 20_000 })
  })

  it('stops among the names when it is told to', async () => {
    const abort = new AbortController()
    const folder = folderOf(2_000_000)
    const search = folder.look(abort.signal, ({ found }) => found > 0 && abort.abort())
    await expect(search).rejects.toMatchObject({ name: 'AbortError' })
    const found = folder.found()
    expect(found).toBeLessThan(1_000_000)
    await turnsPass()
    expect(folder.found()).toBe(found)
  })

  it('stops while files are opened, and opens none any more', async () => {
    const abort = new AbortController()
    let opening = 0
    const folder = folderOf(20_000, undefined, () => ++opening === 1_000 && abort.abort())
    await expect(folder.look(abort.signal)).rejects.toMatchObject({ name: 'AbortError' })
    const opened = folder.opened()
    expect(opened).toBeLessThan(1_100)
    await turnsPass()
    expect(folder.opened()).toBe(opened)
  })

  it('says that names alone are too much for one link before a file is opened', async () => {
    const folder = folderOf(200_000, (index) => `${index}`.padStart(100, '0'))
    const search = folder.look(never)
    await expect(search).rejects.toBeInstanceOf(ContentError)
    await expect(search).rejects.toThrow(/^There are too many files for one link: the names of the first \d+ take more/)
    expect(folder.opened()).toBe(0)
    expect(folder.found()).toBeLessThan(100_000)
  })

  it('counts no names that may yet be left out', async () => {
    const folder = folderOf(60_000, (index) => `${index}`.padStart(100, '0'))
    const sources = [{ finder: new TreeReader(folder.root), root: undefined }]
    const { files } = await searchAll(sources, { signal: never, onProgress: () => {}, counts: () => false })
    expect(files).toHaveLength(60_000)
  })

  it('says that all together are too large as soon as their sizes say so', async () => {
    const huge = Object.defineProperty(new File([], 'huge'), 'size', { value: 2 ** 37 })
    const root: Thing = {
      kind: 'folder',
      path: 'many',
      async *children() {
        for (let index = 0; index < 1_000; index++)
          yield { kind: 'file', path: `many/${index}`, open: async () => huge }
      },
    }
    const search = searchAll([{ finder: new TreeReader(root), root: undefined }], {
      signal: never,
      onProgress: () => {},
    })
    await expect(search).rejects.toThrow(/at most 256 GiB/)
  })
})

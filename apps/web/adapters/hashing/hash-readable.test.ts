// Files that turn unreadable between choosing and hashing are left out, and the rest is hashed. Files are real, and so
// is what is gone.
import { openAsBlob } from 'node:fs'
import { mkdtemp, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { CHUNK_BYTES } from '@swarmdrop/core'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { PickedFile } from '../files/picking'
import { hashFiles } from './hash-files'
import { hashReadable } from './hash-readable'

vi.stubGlobal('navigator', { hardwareConcurrency: 2 })
const never = new AbortController().signal
const bytesOf = (length: number, seed: number) => Uint8Array.from({ length }, (_, index) => (index * seed) % 253)

let directory: string
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'swarmdrop-'))
})
afterEach(() => rm(directory, { recursive: true }))

const onDisk = (path: string) => join(directory, path.replaceAll('/', '_'))
const opened = async (path: string) => new File([await openAsBlob(onDisk(path))], path.split('/').at(-1) ?? '')

async function picked(path: string, bytes: Uint8Array): Promise<PickedFile> {
  await writeFile(onDisk(path), bytes)
  return { file: await opened(path), path }
}

const hash = (files: readonly PickedFile[], signal = never) => hashReadable(files, () => {}, signal)

describe('[F1] hashing what can be read', () => {
  it('leaves out the files that are gone, and gives the link of the rest', async () => {
    const rest = [await picked('a', bytesOf(CHUNK_BYTES + 5, 3)), await picked('z', bytesOf(9, 5))]
    const gone = [await picked('b', bytesOf(700_000, 7)), await picked('d/e', bytesOf(3, 11))]
    for (const { path } of gone) await rm(onDisk(path))
    const { hashed, picked: kept, leftOut } = await hash([...gone, ...rest])
    expect(hashed).toEqual(await hashFiles(rest, () => {}, never))
    expect(kept).toEqual(rest)
    expect(leftOut).toEqual([
      { path: 'b', why: 'unreadable', folder: false },
      { path: 'd/e', why: 'unreadable', folder: false },
    ])
  })

  it('begins again once, however many are gone', async () => {
    const files = await Promise.all(
      Array.from({ length: 30 }, (_, index) => picked(`f${index}`, bytesOf(40_000, index + 1))),
    )
    for (const { path } of files.slice(0, 25)) await rm(onDisk(path))
    let beginnings = 0
    const { leftOut } = await hashReadable(files, ({ hashedBytes }) => hashedBytes === 0 && beginnings++, never)
    expect(leftOut).toHaveLength(25)
    expect(beginnings).toBe(2)
  })

  it('finds one that is broken in its middle alone', async () => {
    const bytes = bytesOf(500_000, 7)
    // Its end can be read, as of a disk with a bad sector.
    const [{ file: start }, { file: middle }] = [await picked('start', bytes), await picked('middle', bytes)]
    const broken = { path: 'broken', file: new File([start, middle, start], 'broken') }
    await rm(onDisk('middle'))
    const { leftOut } = await hash([broken, await picked('whole', bytesOf(10, 3))])
    expect(leftOut).toEqual([{ path: 'broken', why: 'unreadable', folder: false }])
  })

  it('opens again what has changed since it was chosen, and hashes it as it is now', async () => {
    const draft = { ...(await picked('draft', bytesOf(100, 3))), reopen: () => opened('draft') }
    const other = await picked('other', bytesOf(100, 5))
    // Another file in its place: what was opened before is refused from now on.
    await writeFile(onDisk('new'), bytesOf(333, 7))
    await rename(onDisk('new'), onDisk('draft'))
    const { hashed, leftOut } = await hash([draft, other])
    expect(leftOut).toEqual([])
    expect(hashed.files).toMatchObject([
      { path: 'draft', bytes: 333 },
      { path: 'other', bytes: 100 },
    ])
  })

  it('says so when nothing can be read, of one by its name', async () => {
    const files = [await picked('a', bytesOf(10, 3)), await picked('b', bytesOf(10, 5))]
    for (const { path } of files) await rm(onDisk(path))
    await expect(hash(files)).rejects.toThrow(/^None of these 2 files could be read/)
    await expect(hash(files.slice(0, 1))).rejects.toThrow(/^“a” could not be read/)
  })

  it('ends when it is told to, while it looks at each', async () => {
    const abort = new AbortController()
    const gone = await picked('gone', bytesOf(10, 3))
    await rm(onDisk('gone'))
    const reopen = async () => {
      abort.abort()
      throw new DOMException('', 'NotFoundError')
    }
    await expect(hash([{ ...gone, reopen }, await picked('z', bytesOf(10, 5))], abort.signal)).rejects.toMatchObject({
      name: 'AbortError',
    })
  })
})

// Serves real files from a disk, and alters them under the store's feet.
import { openAsBlob } from 'node:fs'
import { mkdtemp, rm, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DIGEST_BYTES, type Layout, layoutOf } from '@swarmdrop/core'
import { servingChecks } from '@swarmdrop/peer/testing'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { LocalContent } from '../files/local-content'
import { sha256 } from '../hashing/digest'
import { FileStore } from './file-store'

async function digestsOf(content: Uint8Array<ArrayBuffer>, { chunkBytes, chunkCount }: Layout): Promise<Uint8Array> {
  const digests = new Uint8Array(chunkCount * DIGEST_BYTES)
  for (let chunk = 0; chunk < chunkCount; chunk++) {
    const bytes = content.slice(chunk * chunkBytes, (chunk + 1) * chunkBytes)
    digests.set(await sha256(bytes), chunk * DIGEST_BYTES)
  }
  return digests
}

describe('a store of files', () => {
  it.each(servingChecks)('$name', async ({ run }) => {
    const made = run(async (content, layout) => {
      const parts = [content.slice(0, 1500), content.slice(1500, 1500), content.slice(1500)]
      const files = parts.map(({ length }, index) => ({ path: `part ${index}`, bytes: length }))
      const sources = parts.map((part) => new Blob([part]))
      return new FileStore(layout, await LocalContent.of(files, sources), await digestsOf(content, layout))
    })
    await expect(made).resolves.toBeUndefined()
  })

  it('is not written to', async () => {
    const store = new FileStore(layoutOf(0, 1000), await LocalContent.of([], []), new Uint8Array(0))
    await expect(store.write()).rejects.toMatchObject({ code: 'unavailable' })
  })
})

describe('a shared file that changes on disk', () => {
  const content = new Uint8Array(1500).fill(1)
  const layout = layoutOf(content.length, 1000)
  let directory: string
  let store: FileStore
  const pathOf = (name: string) => join(directory, name)

  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'swarmdrop-'))
    const files = [
      { path: 'first.bin', bytes: 700 },
      { path: 'second.bin', bytes: 800 },
    ]
    for (const { path, bytes } of files) await writeFile(pathOf(path), content.subarray(0, bytes))
    const sources = await Promise.all(files.map(({ path }) => openAsBlob(pathOf(path))))
    store = new FileStore(layout, await LocalContent.of(files, sources), await digestsOf(content, layout))
  })
  afterEach(() => rm(directory, { recursive: true }))

  it('is named when it was cut short', async () => {
    await writeFile(pathOf('second.bin'), content.subarray(0, 100))
    await expect(store.read(0, 0, 100)).rejects.toMatchObject({
      code: 'changed',
      message:
        '“second.bin” was moved, deleted or saved again after it was shared. Choose it again: if its content is the same, the link stays the same.',
    })
  })

  it('is named when it was deleted', async () => {
    await rm(pathOf('first.bin'))
    await expect(store.read(0, 0, 100)).rejects.toMatchObject({ code: 'changed', message: /^“first.bin” was moved/ })
  })

  describe('and can be opened again', () => {
    const opened: number[] = []

    beforeEach(async () => {
      opened.length = 0
      const sources = await Promise.all(['first.bin', 'second.bin'].map((name) => openAsBlob(pathOf(name))))
      const files = sources.map(({ size }, index) => ({ path: ['first.bin', 'second.bin'][index] ?? '', bytes: size }))
      const reopen = (index: number) => {
        opened.push(index)
        return openAsBlob(pathOf(files[index]?.path ?? ''))
      }
      store = new FileStore(layout, await LocalContent.of(files, sources), await digestsOf(content, layout), reopen)
    })

    it('is served on when it was touched, opened once however many ask', async () => {
      await utimes(pathOf('second.bin'), 1_000, 1_000)
      const reads = await Promise.all([store.read(0, 0, 1000), store.read(1, 0, 500), store.read(1, 100, 400)])
      expect(reads.map(({ length }) => length)).toEqual([1000, 500, 400])
      expect(opened).toEqual([1])
    })

    it('is served on when it was saved again as it was', async () => {
      await rm(pathOf('first.bin'))
      await writeFile(pathOf('first.bin'), content.subarray(0, 700))
      await utimes(pathOf('first.bin'), 1_000, 1_000)
      await expect(store.read(0, 0, 1000)).resolves.toEqual(content.slice(0, 1000))
    })

    it('is not when its bytes are others', async () => {
      await writeFile(pathOf('second.bin'), new Uint8Array(800).fill(2))
      await utimes(pathOf('second.bin'), 1_000, 1_000)
      await expect(store.read(1, 0, 100)).rejects.toMatchObject({
        code: 'changed',
        message: /^“second.bin” changed on/,
      })
    })

    it('is not when it is shorter, or gone', async () => {
      await writeFile(pathOf('second.bin'), content.subarray(0, 100))
      await expect(store.read(1, 0, 100)).rejects.toMatchObject({ code: 'changed', message: /^“second.bin” was moved/ })
      await rm(pathOf('first.bin'))
      await expect(store.read(0, 0, 100)).rejects.toMatchObject({ code: 'changed', message: /^“first.bin” was moved/ })
    })
  })

  it('is noticed by its digest where the browser notices nothing', async () => {
    const sources = [new Blob([content.with(3, 9)])]
    const local = await LocalContent.of([{ path: 'a', bytes: 1500 }], sources)
    const altered = new FileStore(layout, local, await digestsOf(content, layout))
    await expect(altered.read(0, 500, 100)).rejects.toMatchObject({ code: 'changed', message: /^“a” changed on disk/ })
    await expect(altered.read(1, 0, 100)).resolves.toEqual(content.slice(0, 100))
  })
})

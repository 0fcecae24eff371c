// Hashes files without a browser: on this thread, as where workers will not start.
import { openAsBlob } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { CHUNK_BYTES, DIGEST_BYTES } from '@swarmdrop/core'
import { describe, expect, it, vi } from 'vitest'
import { sha256 } from './digest'
import { hashFiles } from './hash-files'

const bytesOf = (length: number, seed: number) => Uint8Array.from({ length }, (_, index) => (index * seed) % 253)
const picked = (path: string, ...parts: BlobPart[]) => ({
  file: new File(parts, path.split('/').at(-1) ?? '', { lastModified: 1_241_161_511_999 }),
  path,
})
const modified = 1_241_161_511
const never = new AbortController().signal

vi.stubGlobal('navigator', { hardwareConcurrency: 2 })

async function digestsOf(content: Uint8Array<ArrayBuffer>): Promise<Uint8Array> {
  const digests: number[] = []
  for (let start = 0; start < content.length; start += CHUNK_BYTES) {
    digests.push(...(await sha256(content.slice(start, start + CHUNK_BYTES))))
  }
  return Uint8Array.from(digests)
}

describe('hashing files', () => {
  it('lays them end to end in canonical order, with chunks across their borders', async () => {
    const [one, two] = [bytesOf(CHUNK_BYTES + 100, 7), bytesOf(2 * CHUNK_BYTES, 11)]
    const hashed = await hashFiles([picked('b/two', two), picked('a/one', one)], () => {}, never)
    expect(hashed.files).toEqual([
      { path: 'a/one', bytes: one.length, modified },
      { path: 'b/two', bytes: two.length, modified },
    ])
    expect(hashed.sources.map((file) => file.name)).toEqual(['one', 'two'])
    expect(hashed.digests).toEqual(await digestsOf(Uint8Array.from([...one, ...two])))
  })

  it('takes thousands of small files, and files without a byte', async () => {
    const many = Array.from({ length: 5_000 }, (_, index) => picked(`f${index}`, index % 10 ? `file ${index}` : ''))
    const { files, digests } = await hashFiles(many, () => {}, never)
    expect(files).toHaveLength(5_000)
    expect(digests).toHaveLength(DIGEST_BYTES)
  })

  it('gives no digests for nothing but empty files', async () => {
    const { files, digests } = await hashFiles([picked('empty', '')], () => {}, never)
    expect(files).toEqual([{ path: 'empty', bytes: 0, modified }])
    expect(digests).toHaveLength(0)
  })

  it('tells what may be executed', async () => {
    const { files } = await hashFiles([picked('a/run', '#!/bin/sh'), picked('a/read', 'me')], () => {}, never)
    expect(files).toEqual([
      { path: 'a/read', bytes: 2, modified },
      { path: 'a/run', bytes: 9, modified, executable: true },
    ])
  })

  it('reports from nothing to everything, never backwards', async () => {
    const reports: number[] = []
    const size = 40 * CHUNK_BYTES
    await hashFiles([picked('a', new Uint8Array(size))], ({ hashedBytes }) => reports.push(hashedBytes), never)
    expect(reports[0]).toBe(0)
    expect(reports.at(-1)).toBe(size)
    expect(reports).toEqual(reports.toSorted((a, b) => a - b))
  })

  it('names the file that is gone', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'swarmdrop-'))
    const path = join(directory, 'gone.bin')
    await writeFile(path, 'here for a moment')
    const gone = { file: new File([await openAsBlob(path)], 'gone.bin'), path: 'folder/gone.bin' }
    await rm(directory, { recursive: true })
    await expect(hashFiles([picked('a', 'x'), gone, picked('z', 'x')], () => {}, never)).rejects.toMatchObject({
      code: 'changed',
      message: /^“folder\/gone.bin” could not be read/,
    })
  })

  it('says in time what no link can carry', async () => {
    await expect(hashFiles([], () => {}, never)).rejects.toThrow('These files cannot be shared')
  })

  it('ends when it is told to', async () => {
    const abort = new AbortController()
    const hashing = hashFiles([picked('a', new Uint8Array(CHUNK_BYTES))], () => abort.abort(), abort.signal)
    await expect(hashing).rejects.toMatchObject({ name: 'AbortError' })
  })
})

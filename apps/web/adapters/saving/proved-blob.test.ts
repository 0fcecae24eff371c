// Saves from real files, which are cut, altered and deleted under its feet.
import { openAsBlob } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buildContent, DIGEST_BYTES } from '@swarmdrop/core'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { sha256 } from '../hashing/digest'
import { MemoryStore } from '../stores/memory-store'
import { provedBlob } from './proved-blob'
import { ProvedBytes } from './proved-bytes'
import { type KeptContent, wholeChunks } from './whole-chunks'

const CHUNK = 1_000
const FILES = [
  { path: 'a', bytes: 1_500 },
  { path: 'b', bytes: 0 },
  { path: 'c', bytes: 9_000_007 },
]
const BYTES = Uint8Array.from({ length: 9_001_507 }, (_, at) => (at * 31 + (at >> 9)) % 256)

/** All of it, in a file on a disk that the test can alter. */
class OnDisk extends MemoryStore {
  path = ''
  override async contentBlob(start: number, end: number): Promise<Blob> {
    return (await openAsBlob(this.path)).slice(start, end)
  }
}

describe('what is handed over', () => {
  let directory: string
  let store: OnDisk
  let kept: KeptContent
  const alter = (bytes: Uint8Array) => writeFile(store.path, bytes)
  const provedBytes = async () => {
    return new ProvedBytes(await wholeChunks(kept, 0, BYTES.length), sha256)
  }
  const read = async (start: number, end: number) =>
    new Uint8Array(await (await provedBytes()).slice(start, end).arrayBuffer())

  beforeEach(async () => {
    vi.stubGlobal('navigator', { hardwareConcurrency: 2 })
    const count = Math.ceil(BYTES.length / CHUNK)
    const digests = new Uint8Array(count * DIGEST_BYTES)
    for (let chunk = 0; chunk < count; chunk++)
      digests.set(await sha256(BYTES.slice(chunk * CHUNK, (chunk + 1) * CHUNK)), chunk * DIGEST_BYTES)
    const { content, pages } = buildContent(FILES, digests, CHUNK)
    store = new OnDisk(content.layout)
    kept = { store, content, pages }
    directory = await mkdtemp(join(tmpdir(), 'swarmdrop-'))
    store.path = join(directory, 'content')
    await alter(BYTES)
  })
  afterEach(async () => {
    vi.unstubAllGlobals()
    await rm(directory, { recursive: true })
  })

  it('is what arrived, whole or any part of it', async () => {
    for (const [start, end] of [
      [0, 9_001_507],
      [1_500, 1_500],
      [1_500, 9_001_507],
      [999, 2_001],
      [9_001_507, 9_001_507],
    ] as const) {
      const expected = Buffer.from(BYTES.slice(start, end))
      const blob = await provedBlob(kept, start, end)
      expect(expected.equals(new Uint8Array(await blob.arrayBuffer())), `${start} to ${end}`).toBe(true)
      expect(expected.equals(await read(start, end)), `${start} to ${end}, streamed`).toBe(true)
    }
  })

  it.each([
    ['no byte is left', () => alter(new Uint8Array()), 'vanished'],
    ['one byte is missing', () => alter(BYTES.slice(0, -1)), 'vanished'],
    ['one byte is another', () => alter(BYTES.with(9_000_000, 1 + (BYTES[9_000_000] ?? 0))), 'damaged'],
  ])('is nothing where %s, and it is said why', async (_, change, code) => {
    await change()
    await expect(provedBlob(kept, 0, BYTES.length)).rejects.toMatchObject({ code })
    await expect(read(0, BYTES.length)).rejects.toMatchObject({ code })
  })

  it('is one file of several though another of them is damaged', async () => {
    await alter(BYTES.with(9_000_000, 1 + (BYTES[9_000_000] ?? 0)))
    expect((await provedBlob(kept, 0, 1_500)).size).toBe(1_500)
    await expect(provedBlob(kept, 1_500, BYTES.length)).rejects.toMatchObject({ code: 'damaged' })
  })

  it('is nothing where the file goes while it is read', async () => {
    const bytes = await provedBytes()
    await rm(store.path)
    await expect(bytes.slice(0, 5_000).arrayBuffer()).rejects.toMatchObject({ code: 'vanished' })
    await alter(BYTES)
  })
})

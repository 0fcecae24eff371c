import { openAsBlob } from 'node:fs'
import { mkdtemp, rm, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { isUnreadable } from './blob-slice'
import { SliceReader } from './slice-reader'

const bytes = Uint8Array.from({ length: 300_000 }, (_, index) => (index * 7) % 251)

async function piecesOf(reader: SliceReader): Promise<number[][]> {
  const pieces: number[][] = []
  for (let piece = await reader.next(); piece; piece = await reader.next()) pieces.push([...piece])
  return pieces
}

describe.each(['into its own memory', 'where streams take none'])('a slice, read %s', (way) => {
  let folder: string
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'swarmdrop-'))
    if (way === 'where streams take none')
      vi.spyOn(Blob.prototype, 'stream').mockImplementation(() => new ReadableStream() as never)
  })
  afterEach(async () => {
    vi.restoreAllMocks()
    await rm(folder, { recursive: true })
  })

  it.each([
    [0, 300_000, 100_000, 3],
    [1, 299_999, 100_000, 3],
    [5, 6, 100_000, 1],
    [7, 7, 100_000, 0],
  ])('is whole and in order: [%i, %i), %i at a time', async (start, end, pieceBytes, count) => {
    const pieces = await piecesOf(new SliceReader(new Blob([bytes]), start, end, new ArrayBuffer(pieceBytes)))
    expect(pieces).toHaveLength(count)
    expect(pieces.flat()).toEqual([...bytes.subarray(start, end)])
  })

  it('rejects when the file is gone, or shorter than it was', async () => {
    const path = join(folder, 'file')
    await writeFile(path, bytes)
    const file = await openAsBlob(path)
    await truncate(path, 1_000)
    const failure = await new SliceReader(file, 0, 300_000, new ArrayBuffer(100_000))
      .next()
      .catch((error: unknown) => error)
    expect(isUnreadable(failure)).toBe(true)
  })
})

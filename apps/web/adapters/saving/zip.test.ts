// Unpacks the ZIPs with another program.
import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { zipLength, zipStream } from './zip'

const run = promisify(execFile)
const MODIFIED = new Date('2024-05-06T07:08:10')

describe('a ZIP of shared files', () => {
  let directory: string
  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'swarmdrop-'))
  })
  afterEach(() => rm(directory, { recursive: true }))

  async function zipped(texts: Record<string, string>): Promise<Uint8Array> {
    const files = Object.entries(texts).map(([path, text]) => ({ path, bytes: Buffer.byteLength(text) }))
    const stream = zipStream(files, new Blob(Object.values(texts)), MODIFIED)
    const bytes = new Uint8Array(await new Response(stream).arrayBuffer())
    expect(bytes).toHaveLength(zipLength(files))
    return bytes
  }

  it('unpacks to the same tree, names and bytes', async () => {
    const texts = {
      'empty.txt': '',
      'trip/day 1/notes.txt': 'first day',
      'trip/day 2/notes.txt': 'second day',
      'trip/写真/été 🌊.txt': 'sea',
    }
    const archive = join(directory, 'all.zip')
    await writeFile(archive, await zipped(texts))
    await run('unzip', ['-q', archive, '-d', directory])
    for (const [path, text] of Object.entries(texts)) {
      expect(await readFile(join(directory, path), 'utf8')).toBe(text)
    }
  })

  it('reads many small files at once, and a large one as it is', async () => {
    const sizes = [0, 600_000, 600_000, 10, 0, 3_000_000, 5, 1_048_576, 7]
    const files = sizes.map((bytes, index) => ({ path: `${index}.bin`, bytes }))
    const content = Buffer.from(Uint8Array.from({ length: 5_248_598 }, (_, at) => (at * 7 + (at >> 10)) % 256))
    const blob = new Blob([content])
    const slices = vi.spyOn(blob, 'slice')
    const archive = join(directory, 'mixed.zip')
    await writeFile(archive, Buffer.from(await new Response(zipStream(files, blob, MODIFIED)).arrayBuffer()))
    await run('unzip', ['-q', archive, '-d', directory])
    const unpacked = await Promise.all(files.map(({ path }) => readFile(join(directory, path))))
    expect(Buffer.concat(unpacked).equals(content)).toBe(true)
    expect(slices.mock.calls.length).toBeLessThan(sizes.length)
  })

  it('says beforehand how long it will be, past 4 GiB too', () => {
    const lengthOf = (...sizes: number[]) => zipLength(sizes.map((bytes, at) => ({ path: `${at}`, bytes })))
    // Around each file 30 + 1 bytes before, 46 + 1 in the directory, 16 of checksum and sizes behind; 22 at the end.
    expect(lengthOf(5)).toBe(5 + 94 + 22)
    // Where a size or a place needs 64 bits it is written twice, and the end has a longer one before it.
    expect(lengthOf(2 ** 32)).toBeGreaterThan(lengthOf(2 ** 32 - 2) + 2)
    expect(lengthOf(2 ** 31, 2 ** 31, 1)).toBeGreaterThan(2 ** 32 + 1 + 3 * 94 + 22)
  })

  it('passes the test of another program with thousands of files', async () => {
    const texts = Object.fromEntries(Array.from({ length: 5_000 }, (_, index) => [`folder/${index}.txt`, `${index}`]))
    const archive = join(directory, 'many.zip')
    await writeFile(archive, await zipped(texts))
    const { stdout } = await run('unzip', ['-tqq', archive])
    expect(stdout).toBe('')
  })
})

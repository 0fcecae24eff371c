// Unpacks the ZIPs with another program.
import { execFile } from 'node:child_process'
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { zipStream } from './zip'
import { zipLength } from './zip-length'

const execute = promisify(execFile)
/** Runs a command, in UTF-8: in another locale `unzip` writes other names for those outside ASCII. */
const run = (command: string, args: string[], env: Record<string, string> = {}) =>
  execute(command, args, { env: { ...process.env, LC_ALL: 'C.UTF-8', ...env } })
const MODIFIED = new Date('2024-05-06T07:08:10')

describe('a ZIP of shared files', () => {
  let directory: string
  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'swarmdrop-'))
  })
  afterEach(() => rm(directory, { recursive: true }))

  async function zipped(texts: Record<string, string>): Promise<Uint8Array> {
    const files = Object.entries(texts).map(([path, text]) => ({ path, bytes: Buffer.byteLength(text) }))
    const stream = zipStream({ files, folders: [] }, new Blob(Object.values(texts)), MODIFIED)
    return new Uint8Array(await new Response(stream).arrayBuffer())
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
    await writeFile(
      archive,
      Buffer.from(await new Response(zipStream({ files, folders: [] }, blob, MODIFIED)).arrayBuffer()),
    )
    await run('unzip', ['-q', archive, '-d', directory])
    const unpacked = await Promise.all(files.map(({ path }) => readFile(join(directory, path))))
    expect(Buffer.concat(unpacked).equals(content)).toBe(true)
    expect(slices.mock.calls.length).toBeLessThan(sizes.length)
  })

  it('[MANIFEST-1] keeps dates to the second, what may be executed, and empty folders', async () => {
    const tree = {
      files: [
        { path: 'a/run', bytes: 2, modified: 1_241_161_511, executable: true as const },
        { path: 'a/b/c/d/e/deep.txt', bytes: 1, modified: 1_241_161_512 },
        { path: 'early', bytes: 0, modified: 0 },
        { path: 'undated', bytes: 0 },
      ],
      folders: ['a/empty', 'été'],
    }
    const archive = join(directory, 'dated.zip')
    await writeFile(
      archive,
      Buffer.from(await new Response(zipStream(tree, new Blob(['#!x']), MODIFIED)).arrayBuffer()),
    )
    await run('unzip', ['-q', archive, '-d', directory], { TZ: 'Asia/Tokyo' })
    const seen = async (path: string) => {
      const { mtimeMs, mode } = await stat(join(directory, path))
      return [mtimeMs / 1_000, mode & 0o777]
    }
    expect(await seen('a/run')).toEqual([1_241_161_511, 0o755])
    expect(await seen('a/b/c/d/e/deep.txt')).toEqual([1_241_161_512, 0o644])
    expect(await seen('early')).toEqual([0, 0o644])
    expect(await seen('undated')).toEqual([MODIFIED.getTime() / 1_000, 0o644])
    for (const folder of tree.folders) expect(await readdir(join(directory, folder))).toEqual([])
  })

  it('ends with the error of what it reads', async () => {
    const slice = () => {
      throw new Error('gone')
    }
    const stream = zipStream({ files: [{ path: 'a', bytes: 5 }], folders: [] }, { slice }, MODIFIED)
    await expect(new Response(stream).arrayBuffer()).rejects.toThrow('gone')
  })

  it('says beforehand how long it will be at most', async () => {
    const texts = Object.fromEntries(Array.from({ length: 100 }, (_, at) => [`ü${at}`, 'x'.repeat(at * 40)]))
    const files = Object.entries(texts).map(([path, text]) => ({ path, bytes: text.length }))
    const { length } = await zipped(texts)
    const most = zipLength({ files, folders: [] })
    expect(length).toBeLessThanOrEqual(most)
    expect(length).toBeGreaterThan(most - 100 * 100 - 100)
  })

  it('passes the test of another program with hundreds of files', async () => {
    const texts = Object.fromEntries(Array.from({ length: 500 }, (_, index) => [`folder/${index}.txt`, `${index}`]))
    const archive = join(directory, 'many.zip')
    await writeFile(archive, await zipped(texts))
    const { stdout } = await run('unzip', ['-tqq', archive])
    expect(stdout).toBe('')
  })
})

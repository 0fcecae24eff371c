// Unpacks the ZIPs with another program.
import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
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

  it('passes the test of another program with thousands of files', async () => {
    const texts = Object.fromEntries(Array.from({ length: 5_000 }, (_, index) => [`folder/${index}.txt`, `${index}`]))
    const archive = join(directory, 'many.zip')
    await writeFile(archive, await zipped(texts))
    const { stdout } = await run('unzip', ['-tqq', archive])
    expect(stdout).toBe('')
  })
})

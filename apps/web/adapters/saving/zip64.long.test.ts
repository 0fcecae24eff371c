// A ZIP past 4 GiB, where offsets and sizes need 64 bits: checked by another program, and nearly nothing of it on disk.
// Its checksums take seconds.
import { execFile } from 'node:child_process'
import { mkdtemp, open, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, it } from 'vitest'
import { zipStream } from './zip'
import { zipLength } from './zip-length'

const run = promisify(execFile)
const GIB = 2 ** 30
const PIECE = new Uint8Array(4 * 2 ** 20)

/** A file of zero bytes, which take no memory. */
class Zeros extends Blob {
  readonly #bytes: number
  constructor(bytes: number) {
    super()
    this.#bytes = bytes
  }
  override get size(): number {
    return this.#bytes
  }
  override slice(start = 0, end = this.#bytes): Blob {
    return new Zeros(Math.min(end, this.#bytes) - start)
  }
  override async arrayBuffer(): Promise<ArrayBuffer> {
    return new ArrayBuffer(this.#bytes)
  }
  override stream(): ReadableStream<Uint8Array<ArrayBuffer>> {
    let left = this.#bytes
    return new ReadableStream({
      pull: (controller) => {
        const piece = PIECE.subarray(0, Math.min(left, PIECE.length))
        left -= piece.length
        if (piece.length > 0) controller.enqueue(piece)
        if (left === 0) controller.close()
      },
    })
  }
}

it('has a file of more than 4 GiB and one that begins behind it, as another program reads them', async () => {
  const files = [
    { path: 'long.bin', bytes: 4 * GIB + 5 },
    { path: 'behind it.bin', bytes: 2_000_000 },
  ]
  const directory = await mkdtemp(join(tmpdir(), 'swarmdrop-'))
  try {
    const archive = join(directory, 'big.zip')
    const file = await open(archive, 'w')
    let at = 0
    const content = new Zeros(4 * GIB + 2_000_005)
    for await (const piece of zipStream({ files, folders: [] }, content, new Date('2024-05-06T07:08:10'))) {
      // Zeros are left out: the file has holes where they would be.
      if (Buffer.compare(piece, PIECE.subarray(0, piece.length)) !== 0) await file.write(piece, 0, piece.length, at)
      at += piece.length
    }
    await file.close()
    expect(at).toBeLessThanOrEqual(zipLength({ files, folders: [] }))

    const { stdout } = await run('unzip', ['-lv', archive])
    expect(stdout).toMatch(/4294967301 {2}Stored +4294967301 .* long\.bin/)
    expect(stdout).toMatch(/2000000 {2}Stored +2000000 .* behind it\.bin/)
    // The second is found at its place, and its checksum is right.
    const { stdout: tested } = await run('unzip', ['-t', archive, 'behind it.bin'])
    expect(tested).toContain('No errors detected')
  } finally {
    await rm(directory, { recursive: true })
  }
}, 180_000)

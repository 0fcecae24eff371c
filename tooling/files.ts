// Large files of chance on the disk, and their digests. Knows nothing of pages.
import { createHash, randomBytes } from 'node:crypto'
import { appendFileSync, createReadStream, mkdirSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'

export const MIB = 1_048_576

/** A file of random bytes: new ones each time, so that nobody can have kept anything of it. Its path. */
export function randomFile(path: string, bytes: number): string {
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, '')
  // By pieces: one may be larger than any buffer.
  for (let left = bytes; left > 0; left -= 16 * MIB) appendFileSync(path, randomBytes(Math.min(left, 16 * MIB)))
  return path
}

/** SHA-256 of a file that may be larger than any buffer. */
export async function digestOfFile(path: string): Promise<string> {
  const hash = createHash('sha256')
  for await (const bytes of createReadStream(path, { highWaterMark: MIB })) hash.update(bytes)
  return hash.digest('hex')
}

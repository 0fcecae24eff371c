// Files for the tests, on disk and by their bytes. Knows nothing of pages.
import { createHash, randomBytes } from 'node:crypto'
import {
  appendFileSync,
  createReadStream,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'

export const MIB = 1_048_576
export const CHUNK_BYTES = 262_144

/** Bytes by path. Content is drawn anew each time, so that no test meets the swarm of another. */
export type Tree = Record<string, Uint8Array>

export const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')

/** A file of random bytes. Its path. */
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

/** Writes these files below a directory. */
export function writeTree(directory: string, tree: Tree): void {
  for (const [path, bytes] of Object.entries(tree)) {
    mkdirSync(dirname(join(directory, path)), { recursive: true })
    writeFileSync(join(directory, path), bytes)
  }
}

/** SHA-256 by path of every file below a directory. */
export function digestsBelow(directory: string): Record<string, string> {
  const paths = readdirSync(directory, { recursive: true, encoding: 'utf8' }).sort()
  const files = paths.filter((path) => statSync(join(directory, path)).isFile())
  return Object.fromEntries(files.map((path) => [path, sha256(readFileSync(join(directory, path)))]))
}

// Files for the tests, on disk and by their bytes. Knows nothing of pages.
import { createHash } from 'node:crypto'
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

export const CHUNK_BYTES = 262_144

/** Bytes by path. Content is drawn again each time, so that no test meets the swarm of another. */
export type Tree = Record<string, Uint8Array>

export const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')

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

/**
 * What and when everything below a directory is: of a file its SHA-256, date in seconds and rights; of a folder that it
 * is one.
 */
export function stateBelow(directory: string): Record<string, string> {
  const paths = readdirSync(directory, { recursive: true, encoding: 'utf8' }).sort()
  return Object.fromEntries(
    paths.map((path) => {
      const stat = statSync(join(directory, path))
      if (!stat.isFile()) return [path, 'folder']
      const digest = sha256(readFileSync(join(directory, path)))
      const runs = (stat.mode & 0o111) === 0 ? '' : ', runs'
      return [path, `${digest} of ${Math.floor(stat.mtimeMs / 1_000)}${runs}`]
    }),
  )
}

// How long a ZIP of a content's files is at most, before there is one. Knows nothing of how it is written (zip.ts).
import type { Manifest } from '@swarmdrop/core'
import { totalBytesOf } from '@swarmdrop/core/files'

/** The bytes around an entry besides its name, which stands there twice; each with all that large entries need. */
const ENTRY_BYTES = 30 + 46 + 2 * (9 + 28) + 24
const END_BYTES = 22 + 76

export type Tree = Pick<Manifest, 'files' | 'folders'>

/** Bytes that the ZIP will have, at most. */
export function zipLength({ files, folders }: Tree): number {
  const names = [...files.map(({ path }) => path), ...folders.map((path) => `${path}/`)]
  const utf8 = new TextEncoder()
  const around = names.reduce((bytes, name) => bytes + ENTRY_BYTES + 2 * utf8.encode(name).length, 0)
  return totalBytesOf(files) + around + END_BYTES
}

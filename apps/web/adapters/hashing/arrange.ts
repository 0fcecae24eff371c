// What is worked out over the whole list of a content's files. Knows nothing of what is in them.
import { buildContent, CHUNK_BYTES, sharingProblem } from '@swarmdrop/core'
import { byPath, emptyFolders, type FileEntry } from '@swarmdrop/core/files'

/** Indices of files, in canonical order; and why no link can carry them, told before a byte of them is read. */
export type Arranged = { order: Uint32Array; problem: string | undefined }

export function arrange(files: readonly FileEntry[]): Arranged {
  const inOrder = files.map((file, index) => ({ file, index, path: file.path })).sort(byPath)
  return {
    order: Uint32Array.from(inOrder, ({ index }) => index),
    problem: sharingProblem(inOrder.map(({ file }) => file)),
  }
}

/** `folders`: all that there are, with clean paths. */
export type Parts = { files: readonly FileEntry[]; digests: Uint8Array; folders: readonly string[] }
export type Built = ReturnType<typeof buildContent>

export function build({ files, digests, folders }: Parts): Built {
  const paths = files.map(({ path }) => path)
  return buildContent(files, digests, CHUNK_BYTES, emptyFolders(folders, paths))
}

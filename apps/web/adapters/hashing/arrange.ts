// The order in which files lie in a content. Knows nothing of what is in them.
import { byPath, type FileEntry, sharingProblem } from '@swarmdrop/core'

/** Indices of files, in canonical order; and why no link can carry them, told before a byte of them is read. */
export type Arranged = { order: Uint32Array; problem: string | undefined }

export function arrange(files: readonly FileEntry[]): Arranged {
  const inOrder = files.map((file, index) => ({ file, index, path: file.path })).sort(byPath)
  return {
    order: Uint32Array.from(inOrder, ({ index }) => index),
    problem: sharingProblem(inOrder.map(({ file }) => file)),
  }
}

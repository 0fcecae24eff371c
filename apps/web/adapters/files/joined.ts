// What was picked at several times, as one pick. Knows nothing of what is done with it.
import { distinctPaths } from '@swarmdrop/core'
import type { Picked, PickedFile } from './picking'

export const nothingPicked: Picked = { files: [], leftOut: [], silent: false }

/** What is picked a second time is in it once; another file of the same name gets another: `image (2).png`. */
export function joined(before: Picked, more: Picked): Picked {
  const rest = { leftOut: [...before.leftOut, ...more.leftOut], silent: before.silent || more.silent }
  if (before.files.length === 0) return { files: more.files, ...rest }
  const known = new Set(before.files.map(likeness))
  const files = [...before.files, ...more.files.filter((one) => !known.has(likeness(one)))]
  const paths = distinctPaths(files.map(({ path }) => path))
  return {
    files: files.map((one, index) => ({ ...one, path: paths[index] ?? one.path })),
    ...rest,
  }
}

/** No browser tells whether two files are one. Two that were pasted differ by the moment, and two notes may say the same. */
const likeness = ({ path, file }: PickedFile) => JSON.stringify([path, file.size, file.lastModified])

// What was picked at several times, as one pick. Knows nothing of what is done with it.
import { distinctPaths } from '@swarmdrop/core/files'
import type { Picked, PickedFile } from './picking'

export const nothingPicked: Picked = { files: [], folders: [], leftOut: [], silent: false }

/**
 * Both picks together. A file that is picked a second time is in it once; another file of the same name gets another:
 * `image (2).png`.
 */
export function joined(before: Picked, more: Picked): Picked {
  const rest = {
    folders: [...new Set([...before.folders, ...more.folders])],
    leftOut: [...before.leftOut, ...more.leftOut],
    silent: before.silent || more.silent,
  }
  // Tens of thousands may come at once, and mostly first: within one pick all is told apart.
  if (before.files.length === 0) return { files: more.files, ...rest }
  const known = new Map(before.files.map((one) => [one.path, one]))
  const files = [...before.files, ...more.files.filter((one) => !isSame(known.get(one.path), one))]
  const paths = distinctPaths(files.map(({ path }) => path))
  return { files: files.map((one, index) => ({ ...one, path: paths[index] ?? one.path })), ...rest }
}

/** Whether two files are one, as far as can be told: no browser says. Two that were pasted differ by the moment. */
const isSame = (known: PickedFile | undefined, { file }: PickedFile) =>
  known?.file.size === file.size && known.file.lastModified === file.lastModified

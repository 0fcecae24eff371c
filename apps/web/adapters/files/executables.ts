// Which files may be executed. No browser tells a page: their first bytes do. Knows nothing of manifests.
import { mapInSlices } from '../workers/slices'
import { isUnreadable, readSlice } from './blob-slice'

/** A script's first line, and what Linux and macOS run. */
const BEGINNINGS = [
  [0x23, 0x21],
  [0x7f, 0x45, 0x4c, 0x46],
  [0xcf, 0xfa, 0xed, 0xfe],
  [0xca, 0xfe, 0xba, 0xbe],
]
const LONGEST = 4
/**
 * Names that are looked into. A file with another ending is hardly meant to be started by its name, and looking costs a
 * read.
 */
const NAMES = /(^|\/)([^./]+|[^/]+\.(sh|bash|zsh|fish|command|tool|py|pl|rb|run|appimage))$/i
const AT_ONCE = 16

/** The indexes of files that look as if they can be started. Stops when the signal aborts. */
export async function executablesAmong(
  files: readonly { path: string; file: Blob }[],
  signal: AbortSignal,
): Promise<Set<number>> {
  const found = new Set<number>()
  const candidates: { file: Blob; index: number }[] = []
  let at = 0
  const consider = ({ path, file }: { path: string; file: Blob }) => {
    const index = at++
    if (NAMES.test(path)) candidates.push({ file, index })
  }
  await mapInSlices(files, consider, signal).catch(() => candidates.splice(0))
  const look = async () => {
    for (let one = candidates.pop(); one && !signal.aborted; one = candidates.pop())
      if (await isExecutable(one.file)) found.add(one.index)
  }
  await Promise.all(Array.from({ length: AT_ONCE }, look))
  return found
}

async function isExecutable(file: Blob): Promise<boolean> {
  try {
    const first = await readSlice(file, 0, Math.min(LONGEST, file.size))
    return BEGINNINGS.some((bytes) => bytes.every((byte, at) => first[at] === byte))
  } catch (error) {
    // What cannot be read is found where it is hashed.
    if (isUnreadable(error)) return false
    throw error
  }
}

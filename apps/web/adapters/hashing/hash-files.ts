// From the files somebody picked to the digests of their content. Knows nothing of manifests or links.
import { CHUNK_BYTES, ContentError, DIGEST_BYTES, layoutOf, manifestDate, StoreError } from '@swarmdrop/core'
import type { FileEntry } from '@swarmdrop/core/files'
import { Throttle } from '@swarmdrop/peer'
import { executablesAmong } from '../files/executables'
import { LocalContent } from '../files/local-content'
import type { PickedFile } from '../files/picking'
import { mapInSlices } from '../workers/slices'
import { ownTimers } from '../workers/waiting'
import { arrangeOffThread } from './content-off-thread'
import { digestInRuns, type RunHandlers } from './digest-in-runs'

export type HashingProgress = { hashedBytes: number; totalBytes: number }

const PROGRESS_INTERVAL_MS = 100

/**
 * `sources[i]` is the File of `files[i]`, which has its date and right, both in canonical order; `content`: all of them
 * end to end; `digests`: 32 bytes a chunk, in order.
 */
export type HashedFiles = { files: FileEntry[]; sources: File[]; content: LocalContent; digests: Uint8Array }

/** One file or several in bytes [start, end) of the content cannot be read. */
export class UnreadableFiles extends StoreError {
  constructor(
    name: string,
    readonly start: number,
    readonly end: number,
  ) {
    super(
      'changed',
      `${name} could not be read: it was moved, deleted or changed, or cannot be opened. Choose the files again.`,
    )
  }
}

/**
 * Reads every byte once, in parallel. Rejects with ContentError when no link can carry these files, with
 * UnreadableFiles when one cannot be read, naming it, and with the signal's reason when that aborts.
 */
export async function hashFiles(
  picked: readonly PickedFile[],
  onProgress: (progress: HashingProgress) => void,
  signal: AbortSignal,
): Promise<HashedFiles> {
  signal.throwIfAborted()
  const unordered = await mapInSlices(picked, entryOf, signal)
  const { order, problem } = await arrangeOffThread(unordered, signal)
  if (problem !== undefined) throw new ContentError(problem)
  const files: FileEntry[] = []
  const sources: File[] = []
  for (const index of order) {
    const [entry, one] = [unordered[index], picked[index]]
    if (!entry || !one) continue
    files.push(entry)
    sources.push(one.file)
  }
  const content = await LocalContent.of(files, sources, signal)
  const layout = layoutOf(content.blob.size, CHUNK_BYTES)
  const digests = new Uint8Array(layout.chunkCount * DIGEST_BYTES)

  const progress = { hashedBytes: 0, totalBytes: layout.totalBytes }
  const reporting = new Throttle(ownTimers, PROGRESS_INTERVAL_MS, () => onProgress({ ...progress }))
  onProgress({ ...progress })
  const handlers: RunHandlers = {
    done({ first, start, end }, digested) {
      digests.set(digested, first * DIGEST_BYTES)
      progress.hashedBytes += end - start
      reporting.call()
    },
    unreadable: async ({ start, end }) => new UnreadableFiles(await content.culpritIn(start, end), start, end),
  }
  try {
    const executables = executablesAmong(
      files.map(({ path }, index) => ({ path, file: sources[index] ?? new Blob() })),
      signal,
    )
    await digestInRuns(content.blob, layout, handlers, signal)
    for (const index of await executables) Object.assign(files[index] ?? {}, { executable: true })
  } finally {
    reporting.cancel()
  }
  onProgress({ ...progress })
  return { files, sources, content, digests }
}

function entryOf({ file, path }: PickedFile): FileEntry {
  const modified = manifestDate(file.lastModified)
  return { path, bytes: file.size, ...(modified !== undefined && { modified }) }
}

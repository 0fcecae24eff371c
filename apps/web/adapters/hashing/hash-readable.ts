// Hashes what can be read of the files that somebody picked, and says what cannot. Knows nothing of manifests or links.
import { StoreError } from '@swarmdrop/core'
import { byPath } from '@swarmdrop/core/files'
import { type LeftOut, type WhyLeftOut, whyNotOpened } from '../files/left-out'
import type { PickedFile } from '../files/picking'
import { type HashedFiles, type HashingProgress, hashFiles, UnreadableFiles } from './hash-files'

/** `picked`: what was hashed, each with the File that was read. */
export type HashedReadable = { hashed: HashedFiles; picked: PickedFile[]; leftOut: LeftOut[] }

/** A file is opened by the browser for each: more at once are no quicker. */
const CHECKS_AT_ONCE = 16

/**
 * Rejects as `hashFiles` does, and with StoreError when nothing of it can be read. Begins again without a file that
 * cannot be; one that has only changed since it was chosen is opened again, and hashed as it is now.
 */
export async function hashReadable(
  chosen: readonly PickedFile[],
  onProgress: (progress: HashingProgress) => void,
  signal: AbortSignal,
): Promise<HashedReadable> {
  let picked = [...chosen]
  const leftOut: LeftOut[] = []
  const reopened = new Set<string>()
  for (;;) {
    try {
      return { hashed: await hashFiles(picked, onProgress, signal), picked, leftOut }
    } catch (error) {
      if (!(error instanceof UnreadableFiles)) throw error
      // All are looked at, as one that is gone is seldom the only one: hashing begins again once, and not for each.
      const found = await lookAtEach(picked, error, signal)
      if (found.size === 0) throw error
      const kept: PickedFile[] = []
      for (const one of picked) {
        const why = found.get(one)
        const again = why === undefined ? one : await openedAgain(one, why, reopened)
        if (typeof again === 'object') kept.push(again)
        else leftOut.push({ path: one.path, why: again, folder: false })
      }
      if (kept.length === 0) throw chosen.length === 1 ? error : new StoreError('changed', nothingLeft(chosen.length))
      picked = kept
    }
  }
}

/** The files that cannot be read. One that has bytes where reading failed is read there, all others at their end. */
async function lookAtEach(
  picked: readonly PickedFile[],
  failed: UnreadableFiles,
  signal: AbortSignal,
): Promise<Map<PickedFile, WhyLeftOut>> {
  const found = new Map<PickedFile, WhyLeftOut>()
  let offset = 0
  const checks = picked.toSorted(byPath).map((one) => {
    const start = Math.max(0, failed.start - offset)
    const end = Math.min(one.file.size, failed.end - offset)
    offset += one.file.size
    return start < end ? { one, start, end } : { one, start: Math.max(0, one.file.size - 1), end: one.file.size }
  })
  const work = async () => {
    for (let check = checks.pop(); check; check = checks.pop()) {
      signal.throwIfAborted()
      const { one, start, end } = check
      const why = await whyUnread(one.file, start, end)
      if (why !== undefined) found.set(one, why)
    }
  }
  await Promise.all(Array.from({ length: CHECKS_AT_ONCE }, work))
  return found
}

/** The file opened again, or why it cannot be: once each, as what changes all the time cannot be shared. */
async function openedAgain(one: PickedFile, why: WhyLeftOut, tried: Set<string>): Promise<PickedFile | WhyLeftOut> {
  if (!one.reopen || tried.has(one.path)) return why
  tried.add(one.path)
  try {
    const file = await one.reopen()
    await file.slice(-1).arrayBuffer()
    return { ...one, file }
  } catch (error) {
    return whyNotOpened(error)
  }
}

/**
 * Why a file cannot be read; undefined: it can. A browser refuses one that has changed by the same word as one that may
 * not be opened.
 */
async function whyUnread(file: File, start: number, end: number): Promise<WhyLeftOut | undefined> {
  try {
    const { byteLength } = await file.slice(start, end).arrayBuffer()
    return byteLength === end - start ? undefined : 'unreadable'
  } catch (error) {
    return whyNotOpened(error) === 'gone' ? 'gone' : 'unreadable'
  }
}

const nothingLeft = (count: number) =>
  `None of these ${count} files could be read: they were moved or deleted, or cannot be opened. Choose them again.`

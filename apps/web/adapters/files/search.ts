// Looks through all that was chosen at once: how far that is, when it is to stop, and what is too much for one link.
// Knows nothing of browsers' drops and dialogs.
import { ContentError, ShareLimits } from '@swarmdrop/core'
import { Slices } from '../workers/slices'
import type { LeftOut } from './left-out'
import type { Finder } from './tree-reader'

/** Files whose names are known, and of how many the size is. */
export type SearchProgress = { found: number; opened: number }
/**
 * `counts`: whether a name counts for what is too much; what is asked about and may yet be left out does not. Absent:
 * all do.
 */
export type SearchOptions = {
  signal: AbortSignal
  onProgress(progress: SearchProgress): void
  counts?(path: string): boolean
}

/** `reopen`: the same file as it is later; rejects when it is gone. */
export type FoundFile = {
  file: File
  rawPath: string
  root?: FileSystemHandle | undefined
  reopen?: (() => Promise<File>) | undefined
}
export type Found = { files: FoundFile[]; folders: string[]; leftOut: LeftOut[] }

/** Things to look through, each with what finds it again on another day. */
export type Source = { finder: Finder; root: FileSystemHandle | undefined }

/** Refuses what no link can carry as soon as it is known: before anything is opened, where names alone are too much. */
export class Refusing {
  readonly #limits = new ShareLimits()
  readonly #counts: (path: string) => boolean

  constructor({ counts = () => true }: SearchOptions) {
    this.#counts = counts
  }

  name(path: string): void {
    if (this.#counts(path)) refuse(this.#limits.addName(path))
  }

  file(path: string, bytes: number): void {
    if (this.#counts(path)) refuse(this.#limits.addSize(bytes))
  }
}

/**
 * All files behind these. What cannot be opened is left out. Rejects with ContentError when it is too much for one
 * link, and with the signal's reason when that aborts.
 */
export async function searchAll(sources: readonly Source[], options: SearchOptions): Promise<Found> {
  const close = () => {
    for (const { finder } of sources) finder.close()
  }
  const { signal } = options
  signal.throwIfAborted()
  signal.addEventListener('abort', close)
  try {
    return await searchOn(sources, options)
  } catch (error) {
    signal.throwIfAborted()
    throw error
  } finally {
    signal.removeEventListener('abort', close)
    close()
  }
}

async function searchOn(sources: readonly Source[], options: SearchOptions): Promise<Found> {
  const { signal, onProgress } = options
  const refusing = new Refusing(options)
  const slices = new Slices(signal)
  const found: Found = { files: [], folders: [], leftOut: [] }
  const paths = sources.map((): string[] => [])
  let names = 0
  for (const [index, { finder }] of sources.entries())
    for (let done = false; !done; ) {
      const step = await finder.findOn()
      // Even where all of it came in one turn of this thread.
      await slices.next()
      for (const path of step.paths) refusing.name(path)
      for (const path of step.paths) paths[index]?.push(path)
      found.folders.push(...step.folders)
      found.leftOut.push(...step.leftOut)
      names += step.paths.length
      onProgress({ found: names, opened: 0 })
      done = step.done
    }

  let opened = 0
  for (const [index, { finder, root }] of sources.entries()) {
    const waiting = (paths[index] ?? []).values()
    for (let done = false; !done; ) {
      const step = await finder.openOn()
      await slices.next()
      for (const file of step.opened) {
        const path = waiting.next().value ?? ''
        if (file instanceof File) {
          refusing.file(path, file.size)
          found.files.push({ file, rawPath: path, root, reopen: () => finder.reopen(path) })
        } else found.leftOut.push({ path, why: file, folder: false })
      }
      opened += step.opened.length
      onProgress({ found: names, opened })
      done = step.done
    }
  }
  return found
}

function refuse(problem: string | undefined): void {
  if (problem !== undefined) throw new ContentError(problem)
}

// The files of a share as folders, as far as folders are open: one row each. Pure; knows nothing of how it is drawn, or
// of who chooses.
import type { Bitfield } from '@swarmdrop/core'
import type { FileEntry } from '@swarmdrop/core/files'

/** Files [first, end) of the share: one, or all that lie in the folder. */
export type TreeRow = { path: string; name: string; depth: number; first: number; end: number; isFolder: boolean }

export type Chosen = 'all' | 'some' | 'none'

export class FileTree {
  readonly #files: readonly FileEntry[]
  /** All bytes before each file; the last entry is the whole. */
  readonly #before: Float64Array
  /** The folder that all files share is not drawn: the page is called by it. */
  readonly #root: number

  /** `files` in the manifest's order, in which those of a folder stand together. */
  constructor(files: readonly FileEntry[]) {
    this.#files = files
    this.#before = new Float64Array(files.length + 1)
    for (const [at, { bytes }] of files.entries()) this.#before[at + 1] = (this.#before[at] as number) + bytes
    const root = (files[0]?.path.indexOf('/') ?? -1) + 1
    const folder = files[0]?.path.slice(0, root) ?? ''
    this.#root = files.at(-1)?.path.startsWith(folder) ? root : 0
  }

  /** The rows in the order of the share, which is that of their names. `open`: paths of the folders that are. */
  rows(open: ReadonlySet<string>): TreeRow[] {
    const rows: TreeRow[] = []
    this.#addRows(rows, { first: 0, end: this.#files.length, cut: this.#root, depth: 0 }, open)
    return rows
  }

  bytesOf({ first, end }: Pick<TreeRow, 'first' | 'end'>): number {
    return (this.#before[end] as number) - (this.#before[first] as number)
  }

  /** The bytes of all that are chosen; `chosen` undefined: all. */
  bytesChosen(chosen: Bitfield | undefined): number {
    if (!chosen) return this.#before[this.#files.length] as number
    let bytes = 0
    chosen.forEach((file) => {
      bytes += this.#files[file]?.bytes ?? 0
    })
    return bytes
  }

  #addRows(
    rows: TreeRow[],
    { first, end, cut, depth }: { first: number; end: number; cut: number; depth: number },
    open: ReadonlySet<string>,
  ): void {
    for (let at = first; at < end; ) {
      const path = this.#files[at]?.path ?? ''
      const slash = path.indexOf('/', cut)
      if (slash < 0) {
        if (path.length > cut)
          rows.push({ path, name: path.slice(cut), depth, first: at, end: at + 1, isFolder: false })
        at++
        continue
      }
      const folder = path.slice(0, slash + 1)
      const row = {
        path: folder,
        name: path.slice(cut, slash),
        depth,
        first: at,
        end: this.#endOf(folder, at, end),
        isFolder: true,
      }
      rows.push(row)
      if (open.has(folder)) this.#addRows(rows, { ...row, cut: slash + 1, depth: depth + 1 }, open)
      at = row.end
    }
  }

  /** Behind the last file of the folder, of which `first` is the first. */
  #endOf(folder: string, first: number, end: number): number {
    let [low, high] = [first, end]
    while (low + 1 < high) {
      const middle = (low + high) >> 1
      if (this.#files[middle]?.path.startsWith(folder)) low = middle
      else high = middle
    }
    return high
  }
}

/** The most files that are seen at a glance, with their folders. */
const FEW_FILES = 8

/** The folders that are open before anybody has opened one: all of a few files, and none of many. */
export function openAtFirst(files: readonly FileEntry[]): Set<string> {
  const open = new Set<string>()
  if (files.length <= FEW_FILES)
    for (const { path } of files)
      for (let slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', slash + 1))
        open.add(path.slice(0, slash + 1))
  return open
}

/** How much of these files is chosen; `chosen` undefined: all. */
export function chosenOf(chosen: Bitfield | undefined, { first, end }: Pick<TreeRow, 'first' | 'end'>): Chosen {
  const count = chosen ? chosen.countIn(first, end) : end - first
  return count === end - first ? 'all' : count === 0 ? 'none' : 'some'
}

// The files on this device, end to end as one Blob, and which of them is to blame. Knows nothing of digests.
import { type FileEntry, fileOffsets, filePieces } from '@swarmdrop/core/files'
import { blobGroups, GROUP } from './blob-groups'
import { isUnreadable, readSlice } from './blob-slice'

export class LocalContent {
  /** The content, made of references: nothing is read until a slice of it is. */
  readonly blob: Blob
  /** The Blobs that the content is made of, one for each `GROUP` of files. */
  readonly #groups: readonly Blob[]
  readonly #files: readonly FileEntry[]
  readonly #sources: readonly Blob[]
  readonly #offsets: readonly number[]

  private constructor(files: readonly FileEntry[], sources: readonly Blob[], groups: readonly Blob[]) {
    this.blob = new Blob([...groups])
    this.#groups = groups
    this.#files = files
    this.#sources = sources
    this.#offsets = fileOffsets(files)
  }

  /** `sources[i]` holds the bytes of `files[i]`. Rejects with the signal's reason when that aborts. */
  static async of(
    files: readonly FileEntry[],
    sources: readonly Blob[],
    signal = new AbortController().signal,
  ): Promise<LocalContent> {
    return new LocalContent(files, sources, await blobGroups(sources, signal))
  }

  /** The file in bytes [start, end) that cannot be read, for the person; if all can, which may be meant. */
  async culpritIn(start: number, end: number): Promise<string> {
    const [unreadable] = await this.unreadableIn(start, end)
    if (unreadable !== undefined) return this.#nameOf(unreadable)
    const suspects = this.#filesIn(start, end)
    const first = this.#nameOf(suspects[0] ?? 0)
    return suspects.length > 1 ? `${first}, or a file next to it,` : first
  }

  /** Which files in bytes [start, end) cannot be read, by their index. */
  async unreadableIn(start: number, end: number): Promise<number[]> {
    const unreadable = []
    for (const index of this.#filesIn(start, end)) if (!(await this.#isReadable(index))) unreadable.push(index)
    return unreadable
  }

  /** The same files with these in place of those, as long as each has as many bytes; undefined: one has not. */
  withSources(found: ReadonlyMap<number, Blob>): LocalContent | undefined {
    for (const [index, { size }] of found) if (size !== this.#files[index]?.bytes) return undefined
    const sources = this.#sources.map((source, index) => found.get(index) ?? source)
    const changed = new Set([...found.keys()].map((index) => Math.floor(index / GROUP)))
    const groups = this.#groups.map((group, index) =>
      changed.has(index) ? new Blob(sources.slice(index * GROUP, (index + 1) * GROUP)) : group,
    )
    return new LocalContent(this.#files, sources, groups)
  }

  #filesIn(start: number, end: number): number[] {
    return filePieces(this.#files, this.#offsets, { start, end }).map((piece) => piece.file)
  }

  /** Whether a file's last byte can be read, which tells both a file that is gone and one that was cut short. */
  async #isReadable(index: number): Promise<boolean> {
    const bytes = this.#files[index]?.bytes ?? 0
    try {
      await readSlice(this.#sources[index] ?? new Blob(), bytes - 1, bytes)
      return true
    } catch (error) {
      if (isUnreadable(error)) return false
      throw error
    }
  }

  #nameOf(index: number): string {
    return `“${this.#files[index]?.path ?? ''}”`
  }
}

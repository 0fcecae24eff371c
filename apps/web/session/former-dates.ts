// The dates and rights of what was shared last in this page: files that are chosen again for its link get them, so that one that was
// touched is no other link. Knows nothing of how files are hashed.
import type { FileEntry } from '@swarmdrop/core'

export class FormerDates {
  #id: string | undefined
  #files: readonly FileEntry[] = []

  /** `id`: of the link of these files. */
  remember(id: string, files: readonly FileEntry[]): void {
    this.#id = id
    this.#files = files
  }

  /** `formerId`: of the link that they are chosen again for. */
  given(files: readonly FileEntry[], formerId: string | undefined): FileEntry[] {
    if (formerId === undefined || formerId !== this.#id) return [...files]
    const entries = new Map(this.#files.map((file) => [file.path, file]))
    return files.map((file) => {
      const former = entries.get(file.path)
      return former?.bytes === file.bytes ? { ...former } : file
    })
  }
}

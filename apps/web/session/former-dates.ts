// What was shared last in this page: what is chosen again for its link gets its dates, rights and empty folders, so
// that one that was touched is no other link. Knows nothing of how files are hashed.
import type { Manifest } from '@swarmdrop/core'
import type { FileEntry } from '@swarmdrop/core/files'

export type Listed = { files: readonly FileEntry[]; folders: readonly string[] }

export class FormerDates {
  #id: string | undefined
  #entries: ReadonlyMap<string, FileEntry> = new Map()
  #folders: readonly string[] = []

  /** `id`: of the link of these files. */
  remember(id: string, { files, folders }: Pick<Manifest, 'files' | 'folders'>): void {
    this.#id = id
    this.#entries = new Map(files.map((file) => [file.path, file]))
    this.#folders = folders
  }

  /**
   * `formerId`: of the link that they are chosen again for. Where a browser tells of no folder, those from then are
   * taken.
   */
  given({ files, folders }: Listed, formerId: string | undefined): Listed {
    if (formerId === undefined || formerId !== this.#id) return { files, folders }
    const given = files.map((file) => {
      const former = this.#entries.get(file.path)
      return former?.bytes === file.bytes ? { ...former } : file
    })
    return { files: given, folders: folders.length > 0 ? folders : this.#folders }
  }
}

/** The list as version 1 of the manifest says it: older links have no more. */
export const withoutMore = ({ files }: Listed): Listed => ({
  files: files.map(({ path, bytes }) => ({ path, bytes })),
  folders: [],
})

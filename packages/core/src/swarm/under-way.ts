// Which chunks are on their way, and from whom. Decides nothing.
import type { ChunkDownload } from './chunk-download'

const NONE: readonly ChunkDownload[] = []

export class UnderWay {
  /** All downloads of each chunk: one, or two where the first is late. */
  private readonly downloads = new Map<number, ChunkDownload[]>()

  chunks(): IterableIterator<number> {
    return this.downloads.keys()
  }

  /** The downloads of the chunk, the first begun first. */
  of(chunk: number): readonly ChunkDownload[] {
    return this.downloads.get(chunk) ?? NONE
  }

  /** Whether all of the chunk has come from somebody, and is being checked. */
  isWhole(chunk: number): boolean {
    return this.of(chunk).some(({ checking }) => checking)
  }

  add(download: ChunkDownload): void {
    const others = this.downloads.get(download.chunk)
    if (others) others.push(download)
    else this.downloads.set(download.chunk, [download])
  }

  remove(download: ChunkDownload): void {
    const left = this.of(download.chunk).filter((other) => other !== download)
    if (left.length > 0) this.downloads.set(download.chunk, left)
    else this.downloads.delete(download.chunk)
  }
}

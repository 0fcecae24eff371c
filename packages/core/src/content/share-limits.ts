// What one link can carry, told while files are still being found. Knows nothing of where they are found.
import { utf8ToBytes } from '@noble/hashes/utils.js'
import { CHUNK_BYTES, MAX_CHUNKS } from './layout'
import { MAX_MANIFEST_BYTES } from './manifest'

/** A file's line in the manifest, besides its path: `["",0],`. */
const LEAST_LINE_BYTES = 7

/**
 * Adds up names and sizes as they are found. What it says is for the person; a list that it lets pass may still be
 * refused.
 */
export class ShareLimits {
  private files = 0
  private listBytes = 0
  private totalBytes = 0

  /** Counts one more file that is not opened yet. Returns why no link can carry them all; undefined: one may. */
  addName(path: string): string | undefined {
    this.files += 1
    this.listBytes += LEAST_LINE_BYTES + leastBytes(path)
    if (this.listBytes <= MAX_MANIFEST_BYTES) return undefined
    return tooManyFiles(`the first ${this.files}`)
  }

  /** The size of one of them. */
  addSize(bytes: number): string | undefined {
    this.totalBytes += bytes
    return this.totalBytes > MAX_CHUNKS * CHUNK_BYTES ? tooLarge(CHUNK_BYTES) : undefined
  }
}

/** `which`: “these 50000”. */
export const tooManyFiles = (which: string): string =>
  `There are too many files for one link: the names of ${which} take more than 4 MiB. ` +
  'Share fewer at once, or pack them into one archive first.'

export const tooLarge = (chunkBytes: number): string =>
  `This is too much for one link, which carries at most ${sizeLimit(chunkBytes)}. Share it in several parts.`

function sizeLimit(chunkBytes: number): string {
  const bytes = MAX_CHUNKS * chunkBytes
  return bytes >= 2 ** 30 ? `${Math.floor(bytes / 2 ** 30)} GiB` : `${bytes} bytes`
}

/** The least bytes that the path takes in UTF-8 as it is shared: in NFC, which may be shorter. */
function leastBytes(path: string): number {
  const ascii = /^[\x20-\x7e]*$/.test(path)
  return ascii ? path.length : utf8ToBytes(path.normalize('NFC')).length
}

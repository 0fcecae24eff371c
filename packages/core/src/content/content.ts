// Content whose every byte its id proves: id → manifest → hash pages → chunks. Knows nothing of where bytes come from.
import { equalBytes } from '@noble/ciphers/utils.js'
import { sha256 } from '@noble/hashes/sha2.js'
import { type FileEntry, totalBytesOf } from './file-ranges'
import {
  CHUNK_BYTES,
  CHUNKS_PER_PAGE,
  DIGEST_BYTES,
  type Layout,
  layoutOf,
  MAX_CHUNKS,
  pageCount,
  pageLength,
} from './layout'
import { decodeManifest, encodeManifest, MAX_MANIFEST_BYTES, type Manifest, manifestProblem } from './manifest'
import { tooLarge, tooManyFiles } from './share-limits'

/** `id` is the SHA-256 of `manifestBytes`: what the link carries. */
export type Content = { id: Uint8Array; manifestBytes: Uint8Array; manifest: Manifest; layout: Layout }

/** The reason why these files cannot be one content. `message` is for the person. */
export class ContentError extends Error {
  override readonly name = 'ContentError'
}

/** Why these files cannot be shared by one link, told before a byte of them is hashed; undefined when they can. */
export function sharingProblem(
  files: readonly FileEntry[],
  chunkBytes: number = CHUNK_BYTES,
  folders: readonly string[] = [],
): string | undefined {
  const totalBytes = totalBytesOf(files)
  if (totalBytes > MAX_CHUNKS * chunkBytes) return tooLarge(chunkBytes)
  const layout = layoutOf(totalBytes, chunkBytes)
  const pages = Array.from({ length: pageCount(layout) }, () => new Uint8Array(DIGEST_BYTES))
  return writtenProblem(written(files, folders, chunkBytes, pages))
}

/**
 * `files` in the order of `byPath`, `folders` as `emptyFolders` gives them; `digests`: the SHA-256 of every chunk, end
 * to end. `pages` are the hash pages. A file that is shared alone gives the same link whatever its date is. Throws
 * ContentError when no link can carry these files, RangeError when the digests are not one for each chunk.
 */
export function buildContent(
  files: readonly FileEntry[],
  digests: Uint8Array,
  chunkBytes: number = CHUNK_BYTES,
  folders: readonly string[] = [],
): { content: Content; pages: Uint8Array[] } {
  const totalBytes = totalBytesOf(files)
  if (totalBytes > MAX_CHUNKS * chunkBytes) throw new ContentError(tooLarge(chunkBytes))
  const layout = layoutOf(totalBytes, chunkBytes)
  const fullPage = CHUNKS_PER_PAGE * DIGEST_BYTES
  const pages = Array.from({ length: pageCount(layout) }, (_, page) =>
    digests.slice(page * fullPage, (page + 1) * fullPage),
  )
  const { manifest, manifestBytes } = written(
    files,
    folders,
    chunkBytes,
    pages.map((page) => sha256(page)),
  )
  const problem = writtenProblem({ manifest, manifestBytes })
  if (problem) throw new ContentError(problem)
  if (digests.length !== layout.chunkCount * DIGEST_BYTES) {
    throw new RangeError(`${layout.chunkCount} chunks need as many digests, not ${digests.length / DIGEST_BYTES}`)
  }
  return { content: { id: sha256(manifestBytes), manifestBytes, manifest, layout }, pages }
}

type Written = Pick<Content, 'manifest' | 'manifestBytes'>

/** The manifest and its bytes, without dates and rights where a list of so many files has no room for them. */
function written(
  files: readonly FileEntry[],
  folders: readonly string[],
  chunkBytes: number,
  pages: Uint8Array[],
): Written {
  const saying = (say: (file: FileEntry) => FileEntry): Written => {
    const manifest = { chunkBytes, files: files.map(say), folders: [...folders], pages }
    return { manifest, manifestBytes: encodeManifest(manifest) }
  }
  if (isAlone(files, folders)) return saying(withoutMore)
  const all = saying(withMore)
  return all.manifestBytes.length > MAX_MANIFEST_BYTES ? saying(withoutMore) : all
}

function writtenProblem({ manifest, manifestBytes }: Written): string | undefined {
  if (manifestBytes.length > MAX_MANIFEST_BYTES)
    return tooManyFiles(`these ${manifest.files.length + manifest.folders.length}`)
  const problem = manifestProblem(manifest)
  return problem && `These files cannot be shared: ${problem}.`
}

/** A browser saves it under its name alone: neither a date nor a right comes along. */
const isAlone = ([first, ...others]: readonly FileEntry[], folders: readonly string[]) =>
  others.length === 0 && folders.length === 0 && first?.path.includes('/') === false

const withoutMore = ({ path, bytes }: FileEntry): FileEntry => ({ path, bytes })

const withMore = ({ path, bytes, modified, executable }: FileEntry): FileEntry => ({
  path,
  bytes,
  ...(modified !== undefined && { modified }),
  ...(executable && { executable }),
})

/** Takes a manifest from anybody: only the one that `id` names is used. `reason` is for the person. */
export function contentFromManifest(
  id: Uint8Array,
  manifestBytes: Uint8Array,
): { ok: true; content: Content } | { ok: false; reason: string } {
  if (!isManifestOf(id, manifestBytes)) {
    return { ok: false, reason: 'The list of files that came is not the one that this link names.' }
  }
  return readProvedManifest(id, manifestBytes)
}

/** Whether this is the manifest that `id` names. */
export const isManifestOf = (id: Uint8Array, manifestBytes: Uint8Array): boolean =>
  manifestBytes.length <= MAX_MANIFEST_BYTES && equalBytes(sha256(manifestBytes), id)

/**
 * Reads a manifest that `isManifestOf` has proved. Apart from it, as of a long one proving and reading take about as
 * long. `reason` is for the person.
 */
export function readProvedManifest(
  id: Uint8Array,
  manifestBytes: Uint8Array,
): { ok: true; content: Content } | { ok: false; reason: string } {
  const decoded = decodeManifest(manifestBytes)
  if (!decoded.ok) return decoded
  const { manifest } = decoded
  const layout = layoutOf(totalBytesOf(manifest.files), manifest.chunkBytes)
  return { ok: true, content: { id: id.slice(), manifestBytes: manifestBytes.slice(), manifest, layout } }
}

/** Whether `bytes` are this hash page; false for a page that does not exist. */
export function isHashPage(content: Content, page: number, bytes: Uint8Array): boolean {
  const digest = content.manifest.pages[page]
  return digest !== undefined && bytes.length === pageLength(content.layout, page) && equalBytes(sha256(bytes), digest)
}

/**
 * The digest of a chunk: a view into its page. Throws RangeError when that page has not come yet or has no such chunk.
 */
export function chunkDigest(pages: readonly (Uint8Array | undefined)[], chunk: number): Uint8Array {
  const page = pages[Math.floor(chunk / CHUNKS_PER_PAGE)]
  const start = (chunk % CHUNKS_PER_PAGE) * DIGEST_BYTES
  if (page === undefined || start >= page.length) throw new RangeError(`no hash page here covers chunk ${chunk}`)
  return page.subarray(start, start + DIGEST_BYTES)
}

/** The names of contents: asked for whenever a transfer is drawn, and worked out over all files. */
const names = new WeakMap<object, string>()

/** One name for the whole: the file's, the folder's that holds all files, or the number of files. */
export function contentName(manifest: Pick<Manifest, 'files' | 'folders'>): string {
  const known = names.get(manifest)
  if (known !== undefined) return known
  const name = nameOf(manifest)
  names.set(manifest, name)
  return name
}

function nameOf(manifest: Pick<Manifest, 'files' | 'folders'>): string {
  const [first, second] = manifest.files
  if (first === undefined) return '0 files'
  if (second === undefined && manifest.folders.length === 0) return first.path.slice(first.path.lastIndexOf('/') + 1)
  const folder = first.path.slice(0, first.path.indexOf('/') + 1)
  const isCommon =
    folder !== '' &&
    manifest.files.every((file) => file.path.startsWith(folder)) &&
    manifest.folders.every((path) => path.startsWith(folder))
  if (isCommon) return folder.slice(0, -1)
  return second === undefined ? '1 file' : `${manifest.files.length} files`
}

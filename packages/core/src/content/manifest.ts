// What a link stands for, and its one form in bytes. Knows nothing of how it travels.
import { bytesToUtf8, equalBytes } from '@noble/ciphers/utils.js'
import { utf8ToBytes } from '@noble/hashes/utils.js'
import * as z from 'zod/mini'
import { decodeBase64url, encodeBase64url } from './base64url'
import { type FileEntry, totalBytesOf } from './file-ranges'
import { CHUNK_BYTES, CHUNKS_PER_PAGE, DIGEST_BYTES, layoutOf, MAX_CHUNKS, pageCount } from './layout'
import { byPath, pathsProblem } from './paths'

/**
 * `pages`: the SHA-256 of each hash page. `files` lie end to end, in the order of `byPath`. `folders`: those that hold
 * nothing, in ascending order.
 */
export type Manifest = { chunkBytes: number; files: FileEntry[]; folders: string[]; pages: Uint8Array[] }

export const MAX_MANIFEST_BYTES = 4 * 1024 * 1024

/** The last second of the year 9999: more than any archive can say. */
const MAX_MODIFIED = 253_402_300_799

const AnyVersion = z.object({ version: z.number() })
// Files are looked at one by one, so that the first bad one ends it.
const common = {
  chunkBytes: z.number(),
  files: z.custom<unknown[]>(Array.isArray),
  pages: z.array(z.unknown()).check(z.maxLength(MAX_CHUNKS / CHUNKS_PER_PAGE)),
}
const Shape = z.discriminatedUnion('version', [
  z.strictObject({ version: z.literal(1), ...common }),
  z.strictObject({ version: z.literal(2), ...common, folders: z.array(z.string()) }),
])

/** 2 only where 1 cannot say it, so that links of what has no more to say are what they always were. */
function versionOf({ files, folders }: Manifest): 1 | 2 {
  const hasMore = ({ modified, executable }: FileEntry) => modified !== undefined || executable !== undefined
  return folders.length > 0 || files.some(hasMore) ? 2 : 1
}

/** Compact JSON in UTF-8, its keys in this order: the same manifest gives the same bytes everywhere. */
export function encodeManifest(manifest: Manifest): Uint8Array {
  const { chunkBytes, folders } = manifest
  const version = versionOf(manifest)
  const files = manifest.files.map(encodeFile)
  const pages = manifest.pages.map(encodeBase64url)
  return utf8ToBytes(JSON.stringify({ version, chunkBytes, files, ...(version === 2 && { folders }), pages }))
}

const encodeFile = ({ path, bytes, modified, executable }: FileEntry) =>
  executable ? [path, bytes, modified ?? null, 1] : modified === undefined ? [path, bytes] : [path, bytes, modified]

/** Takes only what `encodeManifest` gives for a manifest without a problem. `reason` is for the person. */
export function decodeManifest(bytes: Uint8Array): { ok: true; manifest: Manifest } | { ok: false; reason: string } {
  if (bytes.length > MAX_MANIFEST_BYTES) return refuse('it is larger than 4 MiB')
  const json = parseJson(bytes)
  const version = AnyVersion.safeParse(json)
  if (version.success && version.data.version !== 1 && version.data.version !== 2) {
    const reason = `This link is of version ${version.data.version}, and this page knows only 1 and 2. Reload the page.`
    return { ok: false, reason }
  }
  const shape = Shape.safeParse(json)
  if (!shape.success) return refuse('it is not of the expected form')
  const files = readFiles(shape.data.files)
  const pages = readPages(shape.data.pages)
  if (!files || !pages) return refuse('it is not of the expected form')
  const folders = shape.data.version === 2 ? shape.data.folders : []
  const manifest: Manifest = { chunkBytes: shape.data.chunkBytes, files, folders, pages }
  const problem = manifestProblem(manifest)
  if (problem) return refuse(problem)
  if (!equalBytes(encodeManifest(manifest), bytes)) return refuse('it is not written in the one agreed way')
  return { ok: true, manifest }
}

/** What is wrong with this manifest, as words that follow “The list of files cannot be used: …”. */
export function manifestProblem(manifest: Manifest): string | undefined {
  const { chunkBytes, files, folders, pages } = manifest
  if (!Number.isInteger(chunkBytes) || chunkBytes < 1 || chunkBytes > CHUNK_BYTES) {
    return `its chunks are not of 1 to ${CHUNK_BYTES} bytes`
  }
  if (files.length === 0) return 'it has no file'
  if (!files.every((file) => Number.isSafeInteger(file.bytes) && file.bytes >= 0)) return 'it has an impossible size'
  if (!files.every(({ modified = 0 }) => isDate(modified))) return 'it has an impossible date'
  const totalBytes = totalBytesOf(files)
  if (totalBytes > MAX_CHUNKS * chunkBytes) return `it has more than ${MAX_CHUNKS} chunks`
  if (pages.length !== pageCount(layoutOf(totalBytes, chunkBytes))) return 'its hash pages do not fit its size'
  if (pages.some((page) => page.length !== DIGEST_BYTES)) return 'it has a hash that is not SHA-256'
  const badPaths = pathsProblem(
    files.map((file) => file.path),
    folders,
  )
  if (badPaths) return `it has ${badPaths}`
  const inOrder = files.every((file, at) => at === 0 || byPath(files[at - 1] ?? file, file) < 0)
  if (!inOrder) return 'its files are not in order'
  return folders.every((folder, at) => at === 0 || (folders[at - 1] ?? '') < folder)
    ? undefined
    : 'its folders are not in order'
}

const isDate = (seconds: number) => Number.isInteger(seconds) && seconds >= 0 && seconds <= MAX_MODIFIED

/** Milliseconds since 1970 as a manifest says them; undefined where it cannot. */
export function manifestDate(milliseconds: number): number | undefined {
  const seconds = Math.floor(milliseconds / 1_000)
  return isDate(seconds) ? seconds : undefined
}

function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(bytesToUtf8(bytes))
  } catch {
    return undefined
  }
}

function readFiles(entries: readonly unknown[]): FileEntry[] | undefined {
  const files: FileEntry[] = []
  for (const entry of entries) {
    // By hand: of sixty thousand, a schema takes as long as all the rest.
    if (!Array.isArray(entry) || entry.length < 2 || entry.length > 4) return undefined
    const [path, bytes, modified, executable]: unknown[] = entry
    if (typeof path !== 'string' || typeof bytes !== 'number') return undefined
    const file: FileEntry = { path, bytes }
    if (typeof modified === 'number') file.modified = modified
    if (executable === 1) file.executable = true
    // Whatever else stands there is found when it is written again.
    files.push(file)
  }
  return files
}

function readPages(texts: readonly unknown[]): Uint8Array[] | undefined {
  const pages: Uint8Array[] = []
  for (const text of texts) {
    const page = typeof text === 'string' ? decodeBase64url(text) : undefined
    if (!page) return undefined
    pages.push(page)
  }
  return pages
}

function refuse(why: string): { ok: false; reason: string } {
  return {
    ok: false,
    reason: `The list of files behind this link cannot be used: ${why}. Ask the sender to share again.`,
  }
}

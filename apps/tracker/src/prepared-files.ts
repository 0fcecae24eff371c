// Holds what the built page is made of, read and compressed once. Knows nothing of requests.
import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import { extname, join, sep } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, brotliDecompress, constants, gzip } from 'node:zlib'
import { type OwnAddress, withOwnAddress } from './base-path'

/** The encodings, in order of preference. */
export const encodings = ['br', 'gzip'] as const
export type Encoding = (typeof encodings)[number]

/** `type`: an ending, as `.js`. A body that compression makes no shorter is there plain alone. */
export type PreparedFile = { type: string; etag: string; plain: Buffer; compressed: Partial<Record<Encoding, Buffer>> }

/**
 * The quality for files that no build has compressed: 1.7 MB in 0.2 s. Eleven would take twelve seconds of every start.
 */
const BROTLI_QUALITY = 5
/** The ending of a file that the build has compressed as far as it goes (tooling/compress-build.mjs). */
const READY = '.br'
/** A shorter file fits one packet anyhow, and is not compressed. */
const MIN_COMPRESSED_BYTES = 1_024
const compressible = new Set([
  '.html',
  '.js',
  '.css',
  '.txt',
  '.json',
  '.svg',
  '.xml',
  '.map',
  '.wasm',
  '.ico',
  '.webmanifest',
])

const compress = {
  br: (bytes: Buffer) =>
    promisify(brotliCompress)(bytes, {
      params: {
        [constants.BROTLI_PARAM_QUALITY]: BROTLI_QUALITY,
        [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
      },
    }),
  gzip: (bytes: Buffer) => promisify(gzip)(bytes),
}

/**
 * The files by path, as `/_next/static/a.js`. Files whose names begin with a dot are nobody's. Empty where there is no
 * build. `address`: the page's address here, for files in which it stands.
 */
export async function prepareFiles(webRoot: string, address: OwnAddress): Promise<Map<string, PreparedFile>> {
  if (!existsSync(join(webRoot, 'index.html'))) return new Map()
  const entries = await readdir(webRoot, { recursive: true, withFileTypes: true })
  const paths = entries
    .filter((entry) => entry.isFile())
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(join(webRoot, sep).length - 1)
        .replaceAll(sep, '/'),
    )
    .filter((path) => !path.includes('/.') && !path.endsWith(READY))
  return new Map(
    await Promise.all(paths.map(async (path) => [path, await prepare(join(webRoot, path), address)] as const)),
  )
}

async function prepare(file: string, address: OwnAddress): Promise<PreparedFile> {
  const type = extname(file)
  const plain = withOwnAddress(await readFile(file), type, address)
  const etag = `W/"${createHash('sha256').update(plain).digest('base64url').slice(0, 22)}"`
  const compressed: PreparedFile['compressed'] = {}
  if (compressible.has(type) && plain.length >= MIN_COMPRESSED_BYTES)
    for (const encoding of encodings) {
      const ready = encoding === 'br' ? await readyFor(file, plain) : undefined
      const bytes = ready ?? (await compress[encoding](plain))
      if (bytes.length < plain.length) compressed[encoding] = bytes
    }
  return { type, etag, plain, compressed }
}

/**
 * The compressed file next to `file`; undefined where there is none, or it is of other bytes: those of another address,
 * or of a build before.
 */
async function readyFor(file: string, plain: Buffer): Promise<Buffer | undefined> {
  try {
    const ready = await readFile(file + READY)
    const bytes = await promisify(brotliDecompress)(ready, { maxOutputLength: plain.length })
    return bytes.equals(plain) ? ready : undefined
  } catch {
    return undefined
  }
}

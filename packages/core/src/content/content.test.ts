import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  buildContent,
  ContentError,
  chunkDigest,
  contentFromManifest,
  contentName,
  isHashPage,
  sharingProblem,
} from './content'
import type { FileEntry } from './file-ranges'
import { CHUNK_BYTES, CHUNKS_PER_PAGE, MAX_CHUNKS } from './layout'
import { encodeManifest } from './manifest'

const sha256 = (bytes: Uint8Array) => new Uint8Array(createHash('sha256').update(bytes).digest())
const digestsOf = (chunks: number) => {
  const digests = new Uint8Array(chunks * 32)
  for (let chunk = 0; chunk < chunks; chunk += 1) digests.set(sha256(Uint8Array.of(chunk, chunk >> 8)), chunk * 32)
  return digests
}
const chunks = 2 * CHUNKS_PER_PAGE + 3
const digests = digestsOf(chunks)
const { content, pages } = buildContent([{ path: 'a', bytes: chunks }], digests, 1)

const nameOf = (...paths: string[]) => contentName({ files: paths.map((path) => ({ path, bytes: 0 })), folders: [] })

const thrownBy = (files: FileEntry[]) => {
  try {
    buildContent(files, new Uint8Array(0))
  } catch (error) {
    return error
  }
  return undefined
}

describe('content', () => {
  it('[PAGE-2] is named by the SHA-256 of its manifest, which names its pages, which name its chunks', () => {
    expect(content.id).toEqual(sha256(content.manifestBytes))
    expect(content.manifest.pages).toEqual(pages.map(sha256))
    expect(pages.map((page) => page.length)).toEqual([262_144, 262_144, 96])
    for (const chunk of [0, 8_191, 8_192, chunks - 1]) {
      expect(chunkDigest(pages, chunk)).toEqual(digests.slice(chunk * 32, chunk * 32 + 32))
    }
  })

  it('[PAGE-2] has the same link for the same files', () => {
    expect(buildContent([{ path: 'a', bytes: chunks }], digests, 1).content.id).toEqual(content.id)
    expect(buildContent([{ path: 'b', bytes: chunks }], digests, 1).content.id).not.toEqual(content.id)
  })

  it('[MANIFEST-9] has the same link for a file alone whatever its date, and for a folder with the same dates', () => {
    const idOf = (files: FileEntry[], folders: string[] = []) =>
      buildContent(files, new Uint8Array(0), CHUNK_BYTES, folders).content.id
    const dated = (path: string, modified: number): FileEntry => ({ path, bytes: 0, modified })
    expect(idOf([{ ...dated('a', 1), executable: true }])).toEqual(idOf([{ path: 'a', bytes: 0 }]))
    const folder = (modified: number) => idOf([dated('f/a', 1), dated('f/b', modified)])
    expect(folder(2)).toEqual(folder(2))
    expect(folder(2)).not.toEqual(folder(3))
    expect(idOf([dated('f/a', 1)])).not.toEqual(idOf([dated('f/a', 2)]))
    expect(idOf([dated('a', 1)], ['b'])).not.toEqual(idOf([dated('a', 2)], ['b']))
  })

  it('[MANIFEST-9] leaves dates out where the list has no room for them', () => {
    const files = Array.from({ length: 45_000 }, (_, at) => ({
      path: `${at}`.padStart(80, '0'),
      bytes: 0,
      modified: 1_241_161_511,
    }))
    expect(sharingProblem(files.slice(0, 40_000))).toBeUndefined()
    expect(buildContent(files.slice(0, 40_000), new Uint8Array(0)).content.manifest.files[0]).toHaveProperty('modified')
    expect(sharingProblem(files)).toBeUndefined()
    expect(buildContent(files, new Uint8Array(0)).content.manifest.files[0]).not.toHaveProperty('modified')
  })

  it('[PAGE-3] takes from a neighbour only the page that the manifest names', () => {
    pages.forEach((page, at) => {
      expect(isHashPage(content, at, page)).toBe(true)
      expect(isHashPage(content, (at + 1) % pages.length, page)).toBe(false)
    })
    expect(isHashPage(content, pages.length, pages[0] ?? new Uint8Array(0))).toBe(false)
    expect(isHashPage(content, -1, new Uint8Array(0))).toBe(false)
    fc.assert(
      fc.property(fc.nat(95), fc.integer({ min: 1, max: 255 }), (at, flip) => {
        const page = pages[2]?.slice() ?? new Uint8Array(0)
        page[at] = (page[at] ?? 0) ^ flip
        expect(isHashPage(content, 2, page)).toBe(false)
      }),
      { numRuns: 30 },
    )
  })

  it('[PAGE-3] refuses a page of the wrong length even where the manifest names it', () => {
    const short = digestsOf(1)
    const manifest = { ...content.manifest, files: [{ path: 'a', bytes: 2 }], pages: [sha256(short)] }
    const manifestBytes = encodeManifest(manifest)
    const lying = contentFromManifest(sha256(manifestBytes), manifestBytes)
    expect(lying.ok && isHashPage(lying.content, 0, short)).toBe(false)
    expect(lying.ok).toBe(true)
  })

  it('[PAGE-4] gives no digest of a chunk whose page has not come', () => {
    expect(() => chunkDigest([undefined, pages[1]], 0)).toThrow(RangeError)
    expect(chunkDigest([undefined, pages[1]], 8_192)).toEqual(digests.slice(8_192 * 32, 8_193 * 32))
    expect(() => chunkDigest(pages, chunks)).toThrow(RangeError)
    expect(() => chunkDigest(pages, -1)).toThrow(RangeError)
  })

  it('[MANIFEST-7] takes a manifest only when it is the one that the link names', () => {
    const taken = contentFromManifest(content.id, content.manifestBytes)
    expect(taken).toEqual({ ok: true, content })
    fc.assert(
      fc.property(fc.nat(content.manifestBytes.length - 1), fc.integer({ min: 1, max: 255 }), (at, flip) => {
        const changed = content.manifestBytes.slice()
        changed[at] = (changed[at] ?? 0) ^ flip
        expect(contentFromManifest(content.id, changed)).toMatchObject({ ok: false })
      }),
      { numRuns: 50 },
    )
  })

  it('[MANIFEST-7] refuses a manifest that the link names but that is not valid', () => {
    const bytes = new TextEncoder().encode('{"version":1}')
    expect(contentFromManifest(sha256(bytes), bytes)).toMatchObject({ ok: false })
  })

  it('[MANIFEST-7] keeps its own copy of the manifest', () => {
    const frame = content.manifestBytes.slice()
    const taken = contentFromManifest(content.id, frame)
    frame.fill(0)
    expect(taken.ok && taken.content.manifestBytes).toEqual(content.manifestBytes)
  })

  it('[MANIFEST-5] shares an empty file', () => {
    const empty = buildContent([{ path: 'empty', bytes: 0 }], new Uint8Array(0))
    expect(empty.pages).toEqual([])
    expect(empty.content.layout.chunkCount).toBe(0)
    expect(contentFromManifest(empty.content.id, empty.content.manifestBytes).ok).toBe(true)
  })

  it('[MANIFEST-6] says to the sender that the files are too many or too large', () => {
    const many = Array.from({ length: 50_000 }, (_, at) => ({ path: `${at}`.padStart(100, '0'), bytes: 0 }))
    expect(thrownBy(many)).toBeInstanceOf(ContentError)
    expect(sharingProblem(many)).toMatch(/too many files.*these 50000.*4 MiB/)
    const large = [{ path: 'a', bytes: MAX_CHUNKS * CHUNK_BYTES + 1 }]
    expect(thrownBy(large)).toBeInstanceOf(ContentError)
    expect(sharingProblem(large)).toContain('at most 256 GiB')
  })

  it('[MANIFEST-3] shares nothing that a receiver would refuse', () => {
    expect(sharingProblem([])).toContain('no file')
    expect(sharingProblem([{ path: '/a', bytes: 1 }])).toContain('root of the disk')
    expect(sharingProblem([{ path: 'a', bytes: 1 }])).toBeUndefined()
    expect(() => buildContent([{ path: 'a', bytes: 1 }], new Uint8Array(31))).toThrow(RangeError)
  })

  it('[MANIFEST-8] is called by its file, its folder, or how many files it has', () => {
    expect(nameOf('a.txt')).toBe('a.txt')
    expect(nameOf('folder/a.txt')).toBe('a.txt')
    expect(nameOf('folder/a', 'folder/b/c')).toBe('folder')
    expect(nameOf('folder/a', 'folders/b')).toBe('2 files')
    expect(nameOf('a', 'b', 'c')).toBe('3 files')
    const beside = (path: string, ...folders: string[]) => contentName({ files: [{ path, bytes: 0 }], folders })
    expect(beside('folder/a', 'folder/b')).toBe('folder')
    expect(beside('folder/a', 'b')).toBe('1 file')
  })
})

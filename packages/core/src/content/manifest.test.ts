import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type FileEntry, totalBytesOf } from './file-ranges'
import { CHUNK_BYTES, layoutOf, MAX_CHUNKS, pageCount } from './layout'
import { decodeManifest, encodeManifest, MAX_MANIFEST_BYTES, type Manifest } from './manifest'
import { byPath, cleanPath, distinctPaths } from './paths'

const utf8 = (text: string) => new TextEncoder().encode(text)

const manifestOf = (files: FileEntry[], chunkBytes = CHUNK_BYTES): Manifest => {
  const pages = pageCount(layoutOf(totalBytesOf(files), chunkBytes))
  return {
    version: 1,
    chunkBytes,
    files,
    pages: Array.from({ length: pages }, (_, page) => new Uint8Array(32).fill(page)),
  }
}

const reasonOf = (bytes: Uint8Array) => {
  const decoded = decodeManifest(bytes)
  return decoded.ok ? undefined : decoded.reason
}

const anyManifest = fc
  .record({
    paths: fc.array(fc.string({ unit: 'binary', maxLength: 20 }), { minLength: 1, maxLength: 20 }),
    sizes: fc.array(fc.nat(100_000_000), { minLength: 20, maxLength: 20 }),
    chunkBytes: fc.integer({ min: 2_000, max: CHUNK_BYTES }),
  })
  .map(({ paths, sizes, chunkBytes }) => {
    const files = distinctPaths(paths.map(cleanPath)).map((path, at) => ({ path, bytes: sizes[at] ?? 0 }))
    return manifestOf(files.sort(byPath), chunkBytes)
  })

describe('manifest', () => {
  it('[MANIFEST-1] is compact JSON with its keys in one order', () => {
    const manifest = manifestOf([
      { path: 'a.txt', bytes: 0 },
      { path: 'ü', bytes: 1 },
    ])
    expect(new TextDecoder().decode(encodeManifest(manifest))).toBe(
      `{"version":1,"chunkBytes":262144,"files":[["a.txt",0],["ü",1]],"pages":["${'A'.repeat(43)}"]}`,
    )
  })

  it('[MANIFEST-1] is read back as it was', () => {
    fc.assert(
      fc.property(anyManifest, (manifest) => {
        expect(decodeManifest(encodeManifest(manifest))).toEqual({ ok: true, manifest })
      }),
    )
  })

  it('[MANIFEST-2] has one form: any other bytes are refused or mean another manifest', () => {
    fc.assert(
      fc.property(
        anyManifest,
        fc.nat(),
        fc.nat(255),
        fc.constantFrom('replace', 'insert', 'cut'),
        (manifest, n, byte, how) => {
          const bytes = encodeManifest(manifest)
          const at = n % bytes.length
          const changed = {
            replace: [...bytes.slice(0, at), byte, ...bytes.slice(at + 1)],
            insert: [...bytes.slice(0, at), byte, ...bytes.slice(at)],
            cut: [...bytes.slice(0, at)],
          }[how]
          const decoded = decodeManifest(Uint8Array.from(changed))
          if (decoded.ok) expect([...encodeManifest(decoded.manifest)]).toEqual(changed)
        },
      ),
    )
  })

  it('[MANIFEST-2] refuses space, other keys, other spellings of a number and broken UTF-8', () => {
    const text = new TextDecoder().decode(encodeManifest(manifestOf([{ path: 'ab', bytes: 10 }])))
    expect(reasonOf(utf8(text))).toBeUndefined()
    for (const other of [
      ` ${text}`,
      `\ufeff${text}`,
      text.replace('"version":1', '"version":1.0'),
      text.replace('"version":1,', '"version":1,"x":1,'),
      text.replace('"version":1,', '"version":1,"__proto__":1,'),
      text.replace('["ab",10]', '["ab",1e1]'),
      text.replace('["ab",10]', '["\\u0061b",10]'),
      text.replace('["ab",10]', '["ab",10,1]'),
      text.replace('["ab",10]', '["ab"]'),
      text.replace('"version":1,"chunkBytes":262144', '"chunkBytes":262144,"version":1'),
    ]) {
      expect(reasonOf(utf8(other))).toContain('cannot be used')
    }
    const broken = utf8(text)
    broken[broken.indexOf('b'.charCodeAt(0), 40)] = 0xff
    expect(reasonOf(broken)).toContain('cannot be used')
  })

  it('[MANIFEST-2] refuses what is not a manifest at all', () => {
    for (const text of ['', '{', 'null', '[]', '1', '"x"', '{"version":1}', '[['.repeat(1_000_000)]) {
      expect(reasonOf(utf8(text))).toContain('not of the expected form')
    }
  })

  it('[MANIFEST-4] says plainly that a version is unknown', () => {
    expect(reasonOf(utf8('{"version":2,"files":{}}'))).toContain('This link is of version 2')
  })

  it('[MANIFEST-5] takes an empty file: no chunk, no page', () => {
    expect(reasonOf(encodeManifest(manifestOf([{ path: 'empty', bytes: 0 }])))).toBeUndefined()
  })

  it('[MANIFEST-5] refuses no file, an impossible size, and chunks of an impossible size', () => {
    const good = manifestOf([{ path: 'a', bytes: 1 }])
    expect(reasonOf(encodeManifest({ ...good, files: [] }))).toContain('no file')
    for (const bytes of [-1, 0.5, 2 ** 53]) {
      expect(reasonOf(encodeManifest({ ...good, files: [{ path: 'a', bytes }] }))).toContain('impossible size')
    }
    for (const chunkBytes of [0, -1, 1.5, CHUNK_BYTES + 1]) {
      expect(reasonOf(encodeManifest({ ...good, chunkBytes }))).toContain('chunks are not of')
    }
  })

  it('[MANIFEST-5] refuses more than 1,048,576 chunks, and takes as many', () => {
    expect(reasonOf(encodeManifest(manifestOf([{ path: 'a', bytes: MAX_CHUNKS * CHUNK_BYTES }])))).toBeUndefined()
    const files = [
      { path: 'a', bytes: MAX_CHUNKS * CHUNK_BYTES },
      { path: 'b', bytes: 1 },
    ]
    expect(reasonOf(encodeManifest({ version: 1, chunkBytes: CHUNK_BYTES, files, pages: [] }))).toContain(
      '1048576 chunks',
    )
  })

  it('[MANIFEST-5] refuses pages that do not fit the size or are not SHA-256', () => {
    const good = manifestOf([{ path: 'a', bytes: 1 }])
    expect(reasonOf(encodeManifest({ ...good, pages: [] }))).toContain('hash pages')
    expect(reasonOf(encodeManifest({ ...good, pages: [...good.pages, new Uint8Array(32)] }))).toContain('hash pages')
    expect(reasonOf(encodeManifest({ ...good, pages: [new Uint8Array(31)] }))).toContain('SHA-256')
    expect(reasonOf(encodeManifest({ ...good, pages: new Array(129).fill(new Uint8Array(32)) }))).toContain('form')
  })

  it('[MANIFEST-3] refuses bad paths and files out of order', () => {
    expect(reasonOf(encodeManifest(manifestOf([{ path: '../a', bytes: 1 }])))).toContain('“..”')
    const twice = [
      { path: 'a', bytes: 1 },
      { path: 'a', bytes: 2 },
    ]
    expect(reasonOf(encodeManifest(manifestOf(twice)))).toContain('same path twice')
    const unordered = [
      { path: 'b', bytes: 1 },
      { path: 'a', bytes: 1 },
    ]
    expect(reasonOf(encodeManifest(manifestOf(unordered)))).toContain('not in order')
  })

  it('[MANIFEST-6] refuses more than 4 MiB unread', () => {
    expect(reasonOf(new Uint8Array(MAX_MANIFEST_BYTES + 1))).toContain('larger than 4 MiB')
  })

  it('[MANIFEST-6] reads a hundred thousand files', () => {
    const files = Array.from({ length: 100_000 }, (_, at) => ({ path: `photos/image ${at}.jpg`, bytes: at })).sort(
      byPath,
    )
    expect(reasonOf(encodeManifest(manifestOf(files)))).toBeUndefined()
  })
})

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type FileEntry, totalBytesOf } from './file-ranges'
import { CHUNK_BYTES, layoutOf, MAX_CHUNKS, pageCount } from './layout'
import { decodeManifest, encodeManifest, MAX_MANIFEST_BYTES, type Manifest, manifestDate } from './manifest'
import { byPath, cleanPath, distinctPaths, emptyFolders } from './paths'

const utf8 = (text: string) => new TextEncoder().encode(text)

const manifestOf = (files: FileEntry[], chunkBytes = CHUNK_BYTES, folders: string[] = []): Manifest => {
  const pages = pageCount(layoutOf(totalBytesOf(files), chunkBytes))
  return {
    chunkBytes,
    files,
    folders,
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
    dates: fc.array(fc.option(fc.nat(253_402_300_799), { nil: undefined }), { minLength: 20, maxLength: 20 }),
    rights: fc.array(fc.boolean(), { minLength: 20, maxLength: 20 }),
    hasMore: fc.boolean(),
    folders: fc.array(fc.string({ unit: 'binary', maxLength: 20 }), { maxLength: 5 }),
    chunkBytes: fc.integer({ min: 2_000, max: CHUNK_BYTES }),
  })
  .map(({ paths, sizes, dates, rights, hasMore, folders, chunkBytes }) => {
    const distinct = distinctPaths(paths.map(cleanPath))
    const files = distinct.map((path, at): FileEntry => {
      const modified = dates[at]
      const more = { ...(modified !== undefined && { modified }), ...(rights[at] && { executable: true as const }) }
      return { path, bytes: sizes[at] ?? 0, ...(hasMore && more) }
    })
    const empty = hasMore ? emptyFolders(folders.map(cleanPath), distinct) : []
    return manifestOf(files.sort(byPath), chunkBytes, empty)
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

  it('[MANIFEST-1] is of version 2 where it says more, in the same order', () => {
    const files: FileEntry[] = [
      { path: 'a', bytes: 0, modified: 1_234_567_890 },
      { path: 'b', bytes: 0, executable: true },
      { path: 'c', bytes: 0, modified: 0, executable: true },
      { path: 'd', bytes: 0 },
    ]
    expect(new TextDecoder().decode(encodeManifest(manifestOf(files, 2_000, ['e/f', 'g'])))).toBe(
      '{"version":2,"chunkBytes":2000,"files":[["a",0,1234567890],["b",0,null,1],["c",0,0,1],["d",0]],' +
        '"folders":["e/f","g"],"pages":[]}',
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

  it('[MANIFEST-2] refuses version 2 that says no more than 1, and other spellings of what it says', () => {
    const files: FileEntry[] = [{ path: 'ab', bytes: 10, modified: 7, executable: true }]
    const text = new TextDecoder().decode(encodeManifest(manifestOf(files, CHUNK_BYTES, ['c'])))
    expect(reasonOf(utf8(text))).toBeUndefined()
    for (const other of [
      text.replace('["ab",10,7,1]', '["ab",10]').replace('["c"]', '[]'),
      text.replace('"folders":["c"],', ''),
      text.replace('["c"]', '[1]'),
      text.replace('"version":2', '"version":1'),
      ...['[10,7,0]', '[10,7,true]', '[10,null]', '[10,null,null]', '[10,"7",1]', '[10,7,1,1]', '[10,7,1.5]'].map(
        (more) => text.replace('10,7,1]', more.slice(1)),
      ),
    ]) {
      expect(other).not.toBe(text)
      expect(reasonOf(utf8(other))).toContain('cannot be used')
    }
  })

  it('[MANIFEST-2] refuses what is not a manifest at all', () => {
    for (const text of ['', '{', 'null', '[]', '1', '"x"', '{"version":1}', '[['.repeat(1_000_000)]) {
      expect(reasonOf(utf8(text))).toContain('not of the expected form')
    }
  })

  it('[MANIFEST-4] says plainly that a version is unknown', () => {
    expect(reasonOf(utf8('{"version":3,"files":{}}'))).toContain('This link is of version 3')
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

  it('[MANIFEST-1] refuses an impossible date', () => {
    for (const modified of [-1, 0.5, 253_402_300_800]) {
      const reason = reasonOf(encodeManifest(manifestOf([{ path: 'a', bytes: 0, modified }])))
      expect(reason).toContain('impossible date')
    }
    expect(manifestDate(1_500)).toBe(1)
    expect([-1, Number.NaN, 2 ** 63].map(manifestDate)).toEqual([undefined, undefined, undefined])
  })

  it('[MANIFEST-5] refuses more than 1,048,576 chunks, and takes as many', () => {
    expect(reasonOf(encodeManifest(manifestOf([{ path: 'a', bytes: MAX_CHUNKS * CHUNK_BYTES }])))).toBeUndefined()
    const files = [
      { path: 'a', bytes: MAX_CHUNKS * CHUNK_BYTES },
      { path: 'b', bytes: 1 },
    ]
    expect(reasonOf(encodeManifest({ chunkBytes: CHUNK_BYTES, files, folders: [], pages: [] }))).toContain(
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
    const withFolders = (...folders: string[]) =>
      reasonOf(encodeManifest(manifestOf([{ path: 'a/b', bytes: 1 }], CHUNK_BYTES, folders)))
    expect(withFolders('a/c', 'd')).toBeUndefined()
    expect(withFolders('d', 'a/c')).toContain('folders are not in order')
    expect(withFolders('d', 'd')).toContain('same path twice')
    expect(withFolders('../d')).toContain('“..”')
    expect(withFolders('a/b')).toContain('same path twice')
    expect(withFolders('a/b/c')).toContain('a file that is also a folder')
    for (const folders of [['a'], ['d', 'd/e']]) expect(withFolders(...folders)).toContain('holds something')
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

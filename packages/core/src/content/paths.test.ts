import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { byPath, cleanPath, distinctPaths, emptyFolders, pathProblem, pathsProblem } from './paths'

const rightToLeft = String.fromCharCode(0x202e)
/** What a browser may say: any text, with the characters that matter more often than chance would have it. */
const rawPath = fc
  .array(
    fc.oneof(
      fc.string({ unit: 'binary', maxLength: 4 }),
      fc.constantFrom('/', '.', '..', '\\', '\0', '\ud800', '\udc00', 'A\u030a', rightToLeft),
    ),
    {
      maxLength: 12,
    },
  )
  .map((parts) => parts.join(''))
/** Few different names, so that they meet. */
const crowdedPath = fc
  .array(fc.constantFrom('a', 'b', 'a (2)', 'a.txt', 'a (2).txt'), { minLength: 1, maxLength: 3 })
  .map((parts) => parts.join('/'))

describe('paths', () => {
  it('[PATH-1] takes names in any script', () => {
    for (const path of ['a', '.hidden', 'a/b.txt', 'Größe/ファイル/ملف.txt', 'नमस्ते 😀.zip', '...', ' ', 'a/..b/c..']) {
      expect(pathProblem(path)).toBeUndefined()
    }
  })

  it('[PATH-1] refuses what leaves the folder or names nothing', () => {
    for (const path of ['', '/', '/a', 'a/', 'a//b', '.', '..', '../a', 'a/../b', 'a/.', 'a\\b', 'C:\\a']) {
      expect(pathProblem(path)).toBeDefined()
    }
  })

  it('[PATH-1] refuses control characters, turned text and half characters', () => {
    for (const code of [0x00, 0x0a, 0x1f, 0x7f, 0x85, 0x9f, 0x202a, 0x202e, 0x2066, 0x2069, 0xd800, 0xdfff]) {
      expect(pathProblem(`a${String.fromCharCode(code)}b`)).toBe('with a forbidden character')
    }
  })

  it('[PATH-1] refuses a name over 255 bytes and a path over 1,024 characters', () => {
    expect(pathProblem('a'.repeat(255))).toBeUndefined()
    expect(pathProblem('a'.repeat(256))).toContain('255 bytes')
    expect(pathProblem('é'.repeat(127))).toBeUndefined()
    expect(pathProblem('é'.repeat(128))).toContain('255 bytes')
    expect(pathProblem(`${'a/'.repeat(511)}bc`)).toBeUndefined()
    expect(pathProblem(`${'a/'.repeat(512)}b`)).toContain('1024 characters')
  })

  it('[PATH-1] judges a path of ASCII alone as it does one with other scripts', () => {
    const part = fc.constantFrom('a', '.', '..', '/', '\\', ' ', '~', '\u007f', '\n', '-', '[', ']', '...', '.a', 'b.')
    fc.assert(
      fc.property(fc.array(part, { maxLength: 8 }), (parts) => {
        const path = parts.join('')
        // Below a folder whose name is no ASCII, all of it is looked at part by part.
        expect(pathProblem(path) === undefined).toBe(pathProblem(`é/${path}`) === undefined)
        if (pathProblem(path) === undefined) expect(cleanPath(path)).toBe(path)
      }),
      { numRuns: 1_000 },
    )
  })

  it('[PATH-2] refuses the same path twice, and a file that is also a folder', () => {
    expect(pathsProblem(['a', 'b', 'a'])).toBe('the same path twice')
    expect(pathsProblem(['a/b', 'a!', 'a'])).toBe('a file that is also a folder')
    expect(pathsProblem(['x/y', 'x/y/z/w'])).toBe('a file that is also a folder')
    expect(pathsProblem(['a', 'a!', 'ab/c', 'a.b', 'b/a'])).toBeUndefined()
    expect(pathsProblem(['a', '../b'])).toBe('a path with “..” as a part')
  })

  it('[PATH-2] looks at thousands of paths of hundreds of folders in no time', () => {
    const deep = Array.from({ length: 4_000 }, (_, at) => `${String(at).padStart(4, '0')}/${'a/'.repeat(500)}f`)
    const begun = performance.now()
    expect(pathsProblem(deep)).toBeUndefined()
    // With a set of all their folders it takes seconds, and hundreds of megabytes.
    expect(performance.now() - begun).toBeLessThan(1_500)
    expect(pathsProblem(['b/c', ...deep, 'b'])).toBe('a file that is also a folder')
  })

  it('[PATH-2] keeps of folders those that hold nothing', () => {
    const files = ['a/b/c', 'd']
    const empty = emptyFolders(['a', 'a/b', 'a/e', 'a/e/f', 'd', 'g', 'g', 'a/b/c'], files)
    expect(empty).toEqual(['a/e/f', 'g'])
    expect(pathsProblem(files, empty)).toBeUndefined()
    expect(emptyFolders(['x', 'x/y', 'x/y/z'], ['x'])).toEqual([])
    expect(pathsProblem(files, ['a'])).toBe('an empty folder that holds something')
  })

  it('[PATH-3] makes a valid path of anything, and leaves that one as it is', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          rawPath,
          rawPath.map((path) => path.repeat(200)),
        ),
        (raw) => {
          const path = cleanPath(raw)
          expect(pathProblem(path)).toBeUndefined()
          expect(cleanPath(path)).toBe(path)
        },
      ),
    )
  })

  it('[PATH-3] replaces what is forbidden and keeps what is not', () => {
    expect(cleanPath('photos/Zürich 😀.jpg')).toBe('photos/Zürich 😀.jpg')
    expect(cleanPath('Zu\u0308rich')).toBe('Zürich')
    expect(cleanPath('/a//b/')).toBe('a/b')
    expect(cleanPath('../a\\b\n')).toBe('__/a_b_')
    expect(cleanPath('')).toBe('file')
    expect(cleanPath('///')).toBe('file')
  })

  it('[PATH-3] shortens a long name but keeps its extension, and a deep path but keeps its end', () => {
    const long = cleanPath(`${'é'.repeat(200)}.tar`)
    expect(long).toBe(`${'é'.repeat(125)}.tar`)
    const deep = cleanPath(`${'folder/'.repeat(300)}name.txt`)
    expect(deep).toMatch(/^folder\/.*\/name\.txt$/)
    expect(deep.length).toBeLessThanOrEqual(1_000)
  })

  it('[PATH-4] numbers paths that are the same, before the extension', () => {
    expect(distinctPaths(['a.txt', 'b', 'a.txt', 'a.txt'])).toEqual(['a.txt', 'b', 'a (2).txt', 'a (3).txt'])
    expect(distinctPaths(['x/.env', 'x/.env'])).toEqual(['x/.env', 'x/.env (2)'])
    expect(distinctPaths(['a/x.txt', 'b/x.txt'])).toEqual(['a/x.txt', 'b/x.txt'])
  })

  it('[PATH-4] leaves a number to the file that already has it', () => {
    expect(distinctPaths(['a', 'a', 'a (2)'])).toEqual(['a', 'a (3)', 'a (2)'])
  })

  it('[PATH-4] numbers a file that is also a folder', () => {
    expect(distinctPaths(['a', 'a/b'])).toEqual(['a (2)', 'a/b'])
  })

  it('[PATH-4] makes any cleaned paths fit for one manifest', () => {
    const long = fc.constantFrom('n'.repeat(255), `${'n'.repeat(251)}.txt`, `${'f/'.repeat(499)}n`)
    fc.assert(
      fc.property(fc.array(fc.oneof(crowdedPath, rawPath, long), { maxLength: 40 }), (raw) => {
        const cleaned = raw.map(cleanPath)
        const distinct = distinctPaths(cleaned)
        expect(distinct).toHaveLength(raw.length)
        expect(pathsProblem(distinct)).toBeUndefined()
        expect(distinctPaths(distinct)).toEqual(distinct)
      }),
    )
  })

  it('[PATH-4] numbers a hundred thousand files of one name without trying every number for each', () => {
    const distinct = distinctPaths(Array.from({ length: 100_000 }, () => 'folder/image.png'))
    expect(distinct.at(-1)).toBe('folder/image (100000).png')
    expect(pathsProblem(distinct)).toBeUndefined()
  })

  it('[MANIFEST-3] has one order, by code unit', () => {
    const inOrder = ['B', 'a', 'a!', 'a/b', 'ab', 'é']
    expect(
      inOrder
        .map((path) => ({ path }))
        .reverse()
        .sort(byPath)
        .map(({ path }) => path),
    ).toEqual(inOrder)
    expect(byPath({ path: 'a' }, { path: 'a' })).toBe(0)
  })
})

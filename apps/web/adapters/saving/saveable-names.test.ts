// What a receiver saves has a name that surprises nobody, on whatever system.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { saveableName, withSaveableNames } from './saveable-names'

const saved = (...paths: string[]) =>
  withSaveableNames({ files: paths.map((path) => ({ path, bytes: 1 })), folders: [] }).files.map(({ path }) => path)

describe('a saved name', () => {
  it.each([
    'report.pdf',
    '.profile',
    'a.b.c',
    'été 🌊 写真.txt',
    'family 👨‍👩‍👧.jpg',
    'console.log',
    'COM10.txt',
    'communication',
    'x'.repeat(255),
  ])('stays as it is where every system can hold it: %s', (name) => {
    expect(saveableName(name)).toBe(name)
  })

  it.each([
    ['CON', '_CON'],
    ['con.txt', '_con.txt'],
    ['Aux.tar.gz', '_Aux.tar.gz'],
    ['NUL ', '_NUL_'],
    ['com1.', '_com1_'],
    ['LPT¹.log', '_LPT¹.log'],
    ['CONOUT$', '_CONOUT$'],
  ])('is no device of Windows: %s', (name, expected) => {
    expect(saveableName(name)).toBe(expected)
  })

  it.each([
    ['report.exe.', 'report.exe_'],
    ['report. . ', 'report____'],
    ['   ', '___'],
    ['a:b', 'a_b'],
    ['<img src=x onerror="alert(1)">.html', '_img src=x onerror=_alert(1)__.html'],
    ['what?*|.txt', 'what___.txt'],
    ['invoice\u200Ffdp.exe', 'invoice_fdp.exe'],
    ['in\u200Bvoice.pdf', 'in_voice.pdf'],
    ['\uFEFFhidden.txt', '_hidden.txt'],
  ])('has nothing that a system drops, forbids or hides: %j', (name, expected) => {
    expect(saveableName(name)).toBe(expected)
  })
})

describe('saved names together', () => {
  it('do not overwrite each other where case does not count', () => {
    expect(saved('A.txt', 'B/x', 'a.txt', 'b/X')).toEqual(['A.txt', 'B/x', 'a (2).txt', 'b/X (2)'])
  })

  it('do not become the same by what was replaced', () => {
    expect(saved('a:b.txt', 'a?b.txt', 'a_b (2).txt')).toEqual(['a_b.txt', 'a_b (2).txt', 'a_b (2) (2).txt'])
  })

  it('keep their ending and fit a file system when they are numbered', () => {
    const name = `${'é'.repeat(125)}.txt`
    const [first, second = ''] = saved(name, name.toUpperCase())
    expect(first).toBe(name)
    expect(second).toMatch(/^É+ \(2\)\.TXT$/)
    expect(Buffer.byteLength(second)).toBeLessThanOrEqual(255)
  })

  it('are safe in every part, and no file is where a folder is to be', () => {
    expect(saved('AUX/con.txt', 'dir./x', 'docs', 'Docs/y')).toEqual(['_AUX/_con.txt', 'dir_/x', 'docs (2)', 'Docs/y'])
  })

  it('are the same whether a path is looked at as a whole or part by part', () => {
    const parts = [
      'con',
      'CON .txt',
      'a',
      'com1_.b',
      ' ',
      '.',
      '. ',
      'x?',
      'lpt',
      'ünï',
      'aux_',
      'a.b',
      'a ',
      '\u200Ba',
      '|',
    ]
    const name = fc.array(fc.constantFrom(...parts), { minLength: 1, maxLength: 3 }).map((some) => some.join(''))
    fc.assert(
      fc.property(fc.array(name, { minLength: 1, maxLength: 4 }), (names) => {
        expect(saved(names.join('/'))[0]).toBe(names.map(saveableName).join('/'))
      }),
    )
  })
})

// Circles of imports, as small graphs whose files have one letter.
import { describe, expect, it } from 'vitest'
import { circlesIn, importedFile } from './import-circles.mjs'

const graph = (imports: Record<string, string>) =>
  new Map(Object.entries(imports).map(([file, imported]) => [file, [...imported]]))

describe('circles of imports', () => {
  it('there are none where files stand on each other', () => {
    expect(circlesIn(graph({ a: 'bc', b: 'c', c: '' }))).toEqual([])
  })

  it('two files that import each other are one, and its whole way is told', () => {
    expect(circlesIn(graph({ a: 'b', b: 'a' }))).toEqual([['a', 'b', 'a']])
  })

  it('the way of a longer one has every file once, and none that only leads there', () => {
    expect(circlesIn(graph({ a: 'b', b: 'c', c: 'd', d: 'b' }))).toEqual([['b', 'c', 'd', 'b']])
  })

  it('a file that imports itself is one', () => {
    expect(circlesIn(graph({ a: 'a' }))).toEqual([['a', 'a']])
  })

  it('each of two that have no file in common is found', () => {
    expect(circlesIn(graph({ a: 'b', b: 'a', c: 'd', d: 'c' }))).toEqual([
      ['a', 'b', 'a'],
      ['c', 'd', 'c'],
    ])
  })
})

describe('the file that a specifier means', () => {
  const files = ['app/a.ts', 'app/b.tsx', 'app/c/index.ts', 'app/d.mjs', 'app/e.worker.ts']
  const meant = (specifier: string) => importedFile('app/a.ts', specifier, (path) => files.includes(path))

  it.each([
    ['./b', 'app/b.tsx'],
    ['./c', 'app/c/index.ts'],
    ['../app/b', 'app/b.tsx'],
    ['./d.mjs', 'app/d.mjs'],
    ['./e.worker.ts', 'app/e.worker.ts'],
    ['./a.module.css', undefined],
    ['b', undefined],
  ])('%s is %s', (specifier, file) => {
    expect(meant(specifier)).toBe(file)
  })
})

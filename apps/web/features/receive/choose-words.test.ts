import { expect, it } from 'vitest'
import { boxLabel, choiceWords } from './choose-words'

it('says how much is chosen, of how many', () => {
  expect(choiceWords(100, 100, 4e8)).toBe('100 files, 400.0\u00a0MB')
  expect(choiceWords(5, 50_000, 2e7)).toBe('5 of 50,000 files, 20.0\u00a0MB')
  expect(choiceWords(0, 2, 0)).toBe('0 of 2 files, 0\u00a0B')
})

it('calls a box by what it chooses', () => {
  const row = { path: 'a/b/', name: 'b', depth: 1, first: 2, end: 5, isFolder: true }
  expect(boxLabel(row, 3_000)).toBe('b in a, folder of 3 files, 3.0\u00a0kB')
  const file = { ...row, path: 'a/b/c.txt', name: 'c.txt', end: 3, isFolder: false }
  expect(boxLabel(file, 10)).toBe('c.txt in b, 10\u00a0B')
  expect(boxLabel({ ...file, depth: 0 }, 10)).toBe('c.txt, 10\u00a0B')
})

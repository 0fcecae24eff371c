import { expect, it } from 'vitest'
import { joined, nothingPicked } from './joined'
import type { Picked } from './picking'

const file = (name: string, lastModified: number, bytes = 'x') => new File([bytes], name, { lastModified })
const picked = (...files: File[]): Picked => ({
  files: files.map((one) => ({ file: one, path: one.name })),
  folders: [],
  leftOut: [],
  silent: false,
})
const paths = (...picks: Picked[]) => picks.reduce(joined, nothingPicked).files.map(({ path }) => path)

it('[F6] tells pasted pictures of one name apart', () => {
  expect(paths(picked(file('image.png', 1)), picked(file('image.png', 2)), picked(file('image.png', 3)))).toEqual([
    'image.png',
    'image (2).png',
    'image (3).png',
  ])
})

it('has what was picked twice once', () => {
  expect(paths(picked(file('a.txt', 1), file('b.txt', 1)), picked(file('b.txt', 1), file('c.txt', 1)))).toEqual([
    'a.txt',
    'b.txt',
    'c.txt',
  ])
  expect(paths(picked(file('a.txt', 1, 'x')), picked(file('a.txt', 1, 'longer')))).toHaveLength(2)
})

it('has the folders of both, each once', () => {
  const withFolders = (...folders: string[]): Picked => ({ ...nothingPicked, folders })
  expect(joined(withFolders('a', 'b'), withFolders('b', 'c')).folders).toEqual(['a', 'b', 'c'])
})

it('keeps what was left out, and whether that is known', () => {
  const leftOut = [{ path: 'b', why: 'gone' as const, folder: false }]
  const before = { ...nothingPicked, leftOut, silent: true }
  expect(joined(before, nothingPicked)).toEqual(before)
})

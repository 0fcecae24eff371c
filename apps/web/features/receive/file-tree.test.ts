import { Bitfield } from '@swarmdrop/core'
import { describe, expect, it } from 'vitest'
import { chosenOf, FileTree, openAtFirst } from './file-tree'

const filesOf = (...paths: string[]) => paths.map((path, at) => ({ path, bytes: at + 1 }))
const TRIP = filesOf(
  'trip/a.txt',
  'trip/days/1/x.jpg',
  'trip/days/1/y.jpg',
  'trip/days/2/z.jpg',
  'trip/days.txt',
  'trip/z.txt',
)
const shown = (tree: FileTree, ...open: string[]) =>
  tree.rows(new Set(open)).map(({ name, depth, first, end }) => `${'  '.repeat(depth)}${name} ${first}-${end}`)

describe('the tree of a share', () => {
  it('shows folders closed, without the one that all share', () => {
    expect(shown(new FileTree(TRIP))).toEqual(['a.txt 0-1', 'days 1-4', 'days.txt 4-5', 'z.txt 5-6'])
  })

  it('shows what is in the folders that are open, and in no other', () => {
    expect(shown(new FileTree(TRIP), 'trip/days/', 'trip/days/2/')).toEqual([
      'a.txt 0-1',
      'days 1-4',
      '  1 1-3',
      '  2 3-4',
      '    z.jpg 3-4',
      'days.txt 4-5',
      'z.txt 5-6',
    ])
    expect(shown(new FileTree(TRIP), 'trip/days/2/')).toEqual(shown(new FileTree(TRIP)))
  })

  it('is open at first where there are few files, and closed where there are many', () => {
    expect(shown(new FileTree(TRIP), ...openAtFirst(TRIP))).toHaveLength(9)
    expect(openAtFirst([...TRIP, ...TRIP])).toEqual(new Set())
  })

  it('shows files that share no folder as they are', () => {
    expect(shown(new FileTree(filesOf('a', 'b/c', 'd')))).toEqual(['a 0-1', 'b 1-2', 'd 2-3'])
    expect(shown(new FileTree(filesOf('ab/c', 'abc/d')))).toEqual(['ab 0-1', 'abc 1-2'])
  })

  it('sums bytes, and says how much of a folder is chosen', () => {
    const tree = new FileTree(TRIP)
    const days = { first: 1, end: 4 }
    expect([tree.bytesOf(days), tree.bytesChosen(undefined)]).toEqual([9, 21])
    const chosen = new Bitfield(6)
    expect([chosenOf(undefined, days), chosenOf(chosen, days)]).toEqual(['all', 'none'])
    chosen.set(2)
    chosen.set(5)
    expect([chosenOf(chosen, days), tree.bytesChosen(chosen)]).toEqual(['some', 9])
    chosen.setRange(1, 4)
    expect(chosenOf(chosen, days)).toBe('all')
  })

  it('looks at few of 50,000 files to show their folders', () => {
    const paths = Array.from(
      { length: 50_000 },
      (_, at) =>
        `all/${String(at)
          .padStart(5, '0')
          .replace(/^(..)(.)/, '$1/$2/')}`,
    )
    const files = filesOf(...paths)
    let looks = 0
    const counted = new Proxy(files, {
      get(target, key, receiver) {
        if (typeof key === 'string' && /^\d+$/.test(key)) looks++
        return Reflect.get(target, key, receiver)
      },
    })
    const tree = new FileTree(counted)
    looks = 0
    expect(tree.rows(new Set())).toHaveLength(50)
    expect(tree.rows(new Set(['all/00/', 'all/00/1/']))).toHaveLength(50 + 10 + 100)
    expect(looks).toBeLessThan(3_000)
  })
})

import { boundsOf } from '@swarmdrop/core/simulation'
import { experimentOf, firstSettings } from '@swarmdrop/peer/lab'
import { expect, it } from 'vitest'
import { figureOf } from './known-figure'

it('is what the bounds of the experiment say at each N', () => {
  const experimentFor = (n: number) => experimentOf(firstSettings, 'p2p', n)
  const figure = figureOf(experimentFor, 8)
  expect(figure.map(({ n }) => n)).toEqual([1, 2, 3, 4, 5, 6, 7, 8])
  for (const { n, clientServer, p2p, chunked } of figure)
    expect(boundsOf(experimentFor(n))).toMatchObject({ clientServer, p2p, chunked })
})

it('counts free riders as those who upload nothing, and leaves out where only liars would be there', () => {
  const one = (behaviour: 'free-rider' | 'claims-all') => ({ ...firstSettings.everybody, count: 1, behaviour })
  const withOne = (behaviour: 'free-rider' | 'claims-all') =>
    figureOf((n) => experimentOf({ ...firstSettings, specials: [one(behaviour)] }, 'p2p', n), 3)
  const plain = figureOf((n) => experimentOf(firstSettings, 'p2p', n), 3)
  expect(withOne('free-rider')[2]?.p2p).toBeGreaterThan(plain[2]?.p2p ?? Number.NaN)
  expect(withOne('claims-all').map(({ n }) => n)).toEqual([2, 3])
})

it('has nothing to draw of an empty file', () => {
  expect(figureOf((n) => experimentOf({ ...firstSettings, fileBytes: 0 }, 'p2p', n), 3)).toEqual([])
})

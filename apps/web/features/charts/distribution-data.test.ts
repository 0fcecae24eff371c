import { describe, expect, it } from 'vitest'
import { TEXTBOOK_WORDS } from './chart-words'
import { prepare, rowsOf } from './distribution-data'

const curves = [
  { n: 1, clientServer: 100, p2p: 100 },
  { n: 3, clientServer: 300, p2p: 150 },
]

describe('what a chart is drawn from', () => {
  it('has a row for each N of which anything is known, with every point that stands there', () => {
    const measured = [
      { n: 2, seconds: 160, mode: 'p2p' as const },
      { n: 2, seconds: 170, mode: 'p2p' as const },
    ]
    const rows = rowsOf(prepare(curves, [], measured, undefined, TEXTBOOK_WORDS))
    expect(rows.map(({ n }) => n)).toEqual([1, 2, 3])
    expect(rows[1]).toEqual({ n: 2, simulated: [], measured })
    expect(rows[2]).toMatchObject({ clientServer: 300, p2p: 150 })
  })

  it('reaches to the longest time and the largest N, points and mark included', () => {
    const simulated = [{ n: 4, seconds: 400, mode: 'client-server' as const }]
    expect(prepare(curves, simulated, [], 6, TEXTBOOK_WORDS)).toMatchObject({ longestSeconds: 400, largestN: 6 })
    expect(prepare(curves, simulated, [], 6, TEXTBOOK_WORDS).unit.short).toBe('min')
  })

  it('makes room for what still runs, without calling it measured', () => {
    const running = [{ n: 2, seconds: 500, mode: 'p2p' as const }]
    const data = prepare(curves, [], [], undefined, TEXTBOOK_WORDS, running)
    expect(data.longestSeconds).toBe(500)
    expect(rowsOf(data).flatMap(({ measured }) => measured)).toEqual([])
  })

  it('bears a time without end, and nothing at all', () => {
    const endless = [{ n: 1, clientServer: Number.POSITIVE_INFINITY, p2p: Number.POSITIVE_INFINITY }]
    expect(prepare(endless, [], [], undefined, TEXTBOOK_WORDS)).toMatchObject({ longestSeconds: 0, largestN: 1 })
    expect(rowsOf(prepare([], [], [], undefined, TEXTBOOK_WORDS))).toEqual([])
  })
})

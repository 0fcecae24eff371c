import { describe, expect, it } from 'vitest'
import { TEXTBOOK_WORDS } from './chart-words'
import { pointInWords, prepare, rowsOf } from './distribution-data'

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

  it('has room for how far a mean may be off, and says it', () => {
    const mean = { n: 3, seconds: 290, mode: 'client-server' as const, interval: { low: 200, high: 380 } }
    expect(prepare(curves, [], [mean], undefined, TEXTBOOK_WORDS).longestSeconds).toBe(380)
    const plain = (point: Parameters<typeof pointInWords>[0]) => pointInWords(point).replaceAll('\u00a0', ' ')
    expect(plain(mean)).toBe('4 min 50 s (3 min 20 s to 6 min 20 s)')
    expect(plain({ seconds: 12.9, interval: { low: 12.68, high: 13.12 } })).toBe('12.9 s (12.7 to 13.1)')
    expect(plain({ seconds: 1, interval: { low: -0.5, high: 2.5 } })).toBe('1.0 s (0.0 to 2.5)')
    expect(plain({ seconds: 12.9 })).toBe('12.9 s')
  })

  it('bears a time without end, and nothing at all', () => {
    const endless = [{ n: 1, clientServer: Number.POSITIVE_INFINITY, p2p: Number.POSITIVE_INFINITY }]
    expect(prepare(endless, [], [], undefined, TEXTBOOK_WORDS)).toMatchObject({ longestSeconds: 0, largestN: 1 })
    expect(rowsOf(prepare([], [], [], undefined, TEXTBOOK_WORDS))).toEqual([])
  })
})

import { Bitfield } from '@swarmdrop/core'
import { describe, expect, it } from 'vitest'
import { Board } from './board'
import type { Report } from './messages'

const CHUNKS = 10

const bits = (...chunks: number[]) => {
  const field = new Bitfield(CHUNKS)
  for (const chunk of chunks) field.set(chunk)
  return field.toBytes()
}

const report = (id: string, held: number[], more: Partial<Report> = {}): Report => ({
  ids: [id],
  held: bits(...held),
  uploadedBytes: 0,
  downloadedBytes: 0,
  neighbours: [],
  ...more,
})

const to = (id: string, more: Partial<Report['neighbours'][number]> = {}) => ({
  id,
  uploadRate: 0,
  uploadedBytes: 0,
  amChoking: true,
  optimistic: false,
  complete: false,
  ...more,
})

const openBoard = () =>
  new Board(
    [
      { id: 's', name: 'server', mark: 0, behaviour: 'server' },
      { id: 'a', name: 'Ada', mark: 3, behaviour: 'normal' },
      { id: 'b', name: 'Bob', mark: 1, behaviour: 'free-rider' },
    ],
    CHUNKS,
  )

const all = Array.from({ length: CHUNKS }, (_, chunk) => chunk)

describe('the board', () => {
  it('takes an id for that of the one who said it first, and of each page so many and no more', () => {
    const board = openBoard()
    board.take('a', report('swarm-a', []), 1)
    board.take('b', { ...report('swarm-b', []), ids: ['swarm-a', 'swarm-b'] }, 1)
    board.take('s', report('swarm-s', all, { neighbours: [to('swarm-a', { uploadedBytes: 5, uploadRate: 900 })] }), 1)
    expect(board.matrix[0]).toEqual([0, 5, 0])
    for (let i = 0; i < 1_000; i++) board.take('b', report(`b-${i}`, []), 1)
    board.take(
      's',
      report('swarm-s', all, { neighbours: [to('b-10', { uploadedBytes: 7 }), to('b-900', { uploadedBytes: 9 })] }),
      2,
    )
    expect(board.matrix[0]).toEqual([0, 5, 7])
  })

  it('is filled by nobody who chokes and unchokes without end, or has sent to thousands: the others’ turns are all there', () => {
    const board = openBoard()
    board.take('a', report('swarm-a', []), 1)
    board.take('s', report('swarm-s', all), 1)
    for (let i = 0; i < 30_000; i++)
      board.take(
        'b',
        report('swarm-b', [], { neighbours: [to('swarm-a', { amChoking: i % 2 === 1 }), to(`none ${i}`)] }),
        i,
      )
    board.take('s', report('swarm-s', all, { neighbours: [to('swarm-a', { amChoking: false })] }), 30_000)
    const turns = board.turns(30_001)
    expect(turns.length).toBeLessThan(7_000)
    expect(turns.at(-1)).toMatchObject({ from: 0, to: 1, fromSeconds: 30_000 })
  })

  it('knows who holds what, and counts the copies of those that are here', () => {
    const board = openBoard()
    board.take('s', report('swarm-s', all), 1)
    expect(board.take('a', report('swarm-a', [0, 1]), 1)).toBe(true)
    expect(board.take('a', report('swarm-a', [0, 1]), 2)).toBe(false)
    expect(board.frame.peers).toEqual([
      { id: 's', name: 'server', mark: 0, role: 'server', held: CHUNKS },
      { id: 'a', name: 'Ada', mark: 3, role: 'leecher', held: 2 },
      { id: 'b', name: 'Bob', mark: 1, role: 'away', held: 0 },
    ])
    expect(Array.from(board.frame.copies)).toEqual([2, 2, 1, 1, 1, 1, 1, 1, 1, 1])
    board.take('a', report('swarm-a', all), 3)
    expect(board.frame.peers[1]?.role).toBe('seed')
    board.left('a', 4)
    expect(Array.from(board.frame.copies)).toEqual(all.map(() => 1))
  })

  it('tells who sends to whom by any of the ids that the tracker gave', () => {
    const board = openBoard()
    board.take('a', report('old', []), 1)
    board.take('a', report('new', []), 2)
    const neighbours = [
      to('old', { uploadRate: 1_000 }),
      to('new', { uploadRate: 2_000 }),
      to('stranger', { uploadRate: 9_000 }),
    ]
    board.take('s', report('swarm-s', all, { neighbours }), 2)
    expect(board.frame.flows).toEqual([
      { from: 0, to: 1, bytesPerSecond: 1_000 },
      { from: 0, to: 1, bytesPerSecond: 2_000 },
    ])
  })

  it('adds up what was given over leaving and coming back', () => {
    const board = openBoard()
    board.take('b', report('swarm-b', []), 1)
    const sent = (bytes: number) =>
      report('swarm-a', [], { uploadedBytes: bytes, neighbours: [to('swarm-b', { uploadedBytes: bytes })] })
    board.take('a', sent(500), 1)
    board.left('a', 2)
    board.take('a', sent(70), 3)
    expect(board.totals('a').uploadedBytes).toBe(570)
    expect(board.matrix).toEqual([
      [0, 0, 0],
      [0, 0, 570],
      [0, 0, 0],
    ])
  })

  it('keeps from when to when each served each, and whether by lot', () => {
    const board = openBoard()
    board.take('a', report('swarm-a', []), 0)
    const serving = (more: Partial<Report['neighbours'][number]>) =>
      report('swarm-s', all, { neighbours: [to('swarm-a', more)] })
    board.take('s', serving({ amChoking: false, optimistic: true }), 1)
    board.take('s', serving({ amChoking: false, optimistic: true }), 2)
    board.take('s', serving({ amChoking: false }), 3)
    board.take('s', serving({ amChoking: true }), 5)
    board.take('s', serving({ amChoking: false }), 8)
    expect(board.chokesBy(0, 9)).toEqual([
      { from: 0, to: 1, fromSeconds: 1, untilSeconds: 3, optimistic: true },
      { from: 0, to: 1, fromSeconds: 3, untilSeconds: 5, optimistic: false },
      { from: 0, to: 1, fromSeconds: 8, untilSeconds: 9, optimistic: false },
    ])
    expect(board.chokesBy(1, 9)).toEqual([])
    // What was drawn before stays as it was drawn.
    expect(board.chokesBy(0, 12).at(-1)?.untilSeconds).toBe(12)
  })

  it('ends the turns and flows of one who leaves, and draws no trickle', () => {
    const board = openBoard()
    board.take('a', report('swarm-a', []), 0)
    const serving = [to('swarm-a', { amChoking: false, uploadRate: 1_000 })]
    board.take('s', report('swarm-s', all, { neighbours: serving }), 1)
    expect(board.frame.flows).toHaveLength(1)
    board.left('s', 4)
    expect(board.frame.flows).toEqual([])
    expect(board.chokesBy(0, 9)).toMatchObject([{ fromSeconds: 1, untilSeconds: 4 }])
    board.take('s', report('swarm-s', all, { neighbours: [to('swarm-a', { uploadRate: 400 })] }), 10)
    expect(board.frame.flows).toEqual([])
  })

  it('draws nothing of the time before the start', () => {
    const board = openBoard()
    board.take('b', report('swarm-b', []), Number.NEGATIVE_INFINITY)
    board.take('a', report('swarm-a', [], { neighbours: [to('swarm-b', { amChoking: false })] }), -1)
    expect(board.series.flatMap(({ points }) => points)).toEqual([])
    expect(board.chokesBy(1, 9)).toEqual([])
  })

  it('keeps the curve of a long run short, with its first and its last point', () => {
    const board = openBoard()
    for (let second = 0; second <= 2_000; second++) board.take('a', report('swarm-a', [0]), second)
    const points = board.series[0]?.points ?? []
    expect(points.length).toBeLessThanOrEqual(400)
    expect([points[0], points.at(-1)]).toEqual([
      { atSeconds: 0, held: 1 },
      { atSeconds: 2_000, held: 1 },
    ])
  })

  it('keeps no more turns of each than a page can draw of all together', () => {
    const board = openBoard()
    board.take('a', report('swarm-a', []), 0)
    for (let turn = 0; turn < 20_100; turn++)
      for (const amChoking of [false, true])
        board.take('s', report('swarm-s', all, { neighbours: [to('swarm-a', { amChoking })] }), turn)
    expect(board.chokesBy(0, 30_000)).toHaveLength(Math.floor(20_000 / 3))
  })

  it('takes no report of another content, nor of a stranger', () => {
    const board = openBoard()
    expect(board.take('a', { ...report('x', []), held: new Uint8Array(99) }, 1)).toBe(false)
    expect(board.take('nobody', report('x', [0]), 1)).toBe(false)
  })

  it('does not believe a liar, who claims to hold everything', () => {
    const board = new Board([{ id: 'l', name: 'Liar', mark: 1, behaviour: 'claims-all' }], CHUNKS)
    board.take('l', report('swarm-l', all), 1)
    expect(board.frame.peers[0]).toMatchObject({ role: 'leecher', held: 0 })
    expect(Math.max(...Array.from(board.frame.copies))).toBe(0)
  })
})

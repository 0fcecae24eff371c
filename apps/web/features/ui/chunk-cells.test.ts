import type { ChunkMap } from '@swarmdrop/core'
import { describe, expect, it } from 'vitest'
import { describeCell, FULL, layOut, readCells, tally, unpack } from './chunk-cells'

function mapOf(states: number[], from: number[] = [], copies: number[] = []): ChunkMap {
  const map = {
    state: Uint8Array.from(states),
    from: new Uint16Array(states.length),
    copies: new Uint16Array(states.length),
  }
  map.from.set(from)
  map.copies.set(copies)
  return map
}

describe('layout', () => {
  it.each([1, 20, 80, 500, 4_000, 20_000, 100_000])('places every one of %d chunks inside the frame', (chunks) => {
    for (const [width, height] of [
      [720, 128],
      [358, 128],
    ] as const) {
      const grid = layOut(chunks, width, height)
      expect(grid.columns * grid.pitch).toBeLessThanOrEqual(width)
      expect(grid.rows * grid.pitch).toBeLessThanOrEqual(height)
      expect(grid.columns * grid.rows).toBeGreaterThanOrEqual(grid.cells)
      expect(grid.cells * grid.chunksPerCell).toBeGreaterThanOrEqual(chunks)
      expect((grid.cells - 1) * grid.chunksPerCell).toBeLessThan(chunks)
    }
  })

  it('gives each chunk a square of its own while there is room', () =>
    expect(layOut(1_000, 720, 128)).toMatchObject({ chunksPerCell: 1, cells: 1_000 }))

  it('merges when there is not', () => expect(layOut(20_000, 720, 128)).toMatchObject({ pitch: 6, chunksPerCell: 8 }))

  it('has no squares for an empty file', () => expect(layOut(0, 720, 128).cells).toBe(0))
})

describe('squares', () => {
  const cellsOf = (map: ChunkMap, chunksPerCell: number) =>
    [
      ...readCells(map, {
        columns: 1,
        rows: 1,
        pitch: 8,
        chunksPerCell,
        chunks: map.state.length,
        cells: Math.ceil(map.state.length / chunksPerCell),
      }),
    ].map(unpack)

  it('shows missing, requested and held with who sends, and what is not chosen', () =>
    expect(cellsOf(mapOf([0, 1, 2, 3], [0, 3, 255]), 1)).toEqual([
      { level: 0, requested: false, from: 0, unchosen: false },
      { level: 0, requested: true, from: 3, unchosen: false },
      { level: FULL, requested: false, from: 255, unchosen: false },
      { level: 0, requested: false, from: 0, unchosen: true },
    ]))

  it('shows a merged square full when all of it is held that is chosen', () => {
    expect(cellsOf(mapOf([2, 3, 3, 2, 3, 3, 2, 0]), 4)).toMatchObject([
      { level: FULL, unchosen: false },
      { level: 2, unchosen: false },
    ])
    expect(cellsOf(mapOf([3, 3]), 2)).toMatchObject([{ level: 0, unchosen: true }])
  })

  it('shows a merged square full only when all of it is held', () => {
    const nearly = Array.from({ length: 100 }, (_, chunk) => (chunk === 0 ? 0 : 2))
    expect(cellsOf(mapOf(nearly), 100)[0]?.level).toBe(FULL - 1)
    expect(cellsOf(mapOf(nearly.map(() => 2)), 100)[0]?.level).toBe(FULL)
  })

  it('shows a merged square begun with its first chunk', () =>
    expect(cellsOf(mapOf([2, ...new Array(99).fill(0)]), 100)[0]?.level).toBe(1))

  it('colours a merged square by who sent most of it', () =>
    expect(cellsOf(mapOf([2, 2, 2, 2], [1, 2, 2, 3]), 4)[0]?.from).toBe(2))

  it('counts a short last square as full by what it has', () =>
    expect(cellsOf(mapOf([2, 2, 2], [1, 1, 2]), 2)[1]).toEqual({
      level: FULL,
      requested: false,
      from: 2,
      unchosen: false,
    }))
})

describe('words', () => {
  it('says number, place, source and copies of one part', () => {
    const map = mapOf([2, 1, 0, 2], [2, 1, 0, 0], [3, 1, 0, 2])
    const grid = layOut(4, 720, 128)
    expect(describeCell(map, grid, 0)).toBe('Part 1: here, from Person 2. 3 others have it.')
    expect(describeCell(map, grid, 1)).toBe('Part 2: on its way from Person 1. 1 other person has it.')
    expect(describeCell(map, grid, 2)).toBe('Part 3: missing. Nobody else online has it.')
    expect(describeCell(map, grid, 3)).toBe('Part 4: here. 2 others have it.')
    expect(describeCell(mapOf([3]), layOut(1, 720, 128), 0)).toBe('Part 1: not chosen. Nobody else online has it.')
  })

  it('sums up a square of several parts', () => {
    const map = mapOf(new Array(20_000).fill(2), new Array(20_000).fill(4), new Array(20_000).fill(1))
    expect(describeCell(map, layOut(20_000, 720, 128), 1)).toBe(
      'Parts 9 to 16: 8 of 8 here, most from Person 4. Rarest: 1 other person has it.',
    )
  })
})

it('tallies the map for those who do not see it', () =>
  expect(tally(mapOf([2, 2, 1, 0, 2, 3], [2, 0, 2, 0, 2]))).toEqual({
    held: 3,
    requested: 1,
    unchosen: 1,
    bySource: [
      { from: 0, chunks: 1 },
      { from: 2, chunks: 2 },
    ],
  }))

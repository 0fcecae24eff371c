import { describe, expect, it } from 'vitest'
import { layOut } from '../ui/chunk-cells'
import { countCopies, describeCopies, describeCopiesAt, isRarest, levelOf, readCopies } from './copies-cells'

const grid = (chunks: number) => layOut(chunks, 700, 128)

describe('the map of copies', () => {
  it('marks the chunks that the fewest hold, and fills a square by the share of peers that hold it', () => {
    const cells = readCopies([1, 4, 8, 2, 1], grid(5), 8)
    expect([...cells].map(levelOf)).toEqual([1, 4, 8, 2, 1])
    expect([...cells].map(isRarest)).toEqual([true, false, false, false, true])
  })

  it('marks nothing where all are alike', () => {
    expect([...readCopies([3, 3, 3], grid(3), 4)].some(isRarest)).toBe(false)
    expect(describeCopies([3, 3, 3])).toBe('Each chunk is held by 3 peers.')
  })

  it('shows a chunk that somebody holds, however many peers there are, and none that nobody holds', () => {
    expect([...readCopies([1, 0], grid(2), 60)].map(levelOf)).toEqual([1, 0])
  })

  it('merges 20,000 chunks into squares that each show the rarest within', () => {
    const copies = new Uint16Array(20_000).fill(5)
    copies[12_345] = 1
    const laid = grid(20_000)
    const cells = readCopies(copies, laid, 8)
    expect(cells.length).toBe(laid.cells)
    expect([...cells].filter(isRarest)).toHaveLength(1)
    expect(isRarest(cells[Math.floor(12_345 / laid.chunksPerCell)] ?? 0)).toBe(true)
  })

  it('says what a square is', () => {
    expect(describeCopies([1, 4, 1])).toBe('The 2 rarest chunks are held by 1 peer, the commonest by 4.')
    expect(describeCopiesAt([1, 4, 1], grid(3), 1)).toBe('Chunk 2: held by 4 peers.')
    expect(describeCopiesAt([1, 4, 1], grid(3), 2)).toBe('Chunk 3: held by 1 peer, the rarest.')
    expect(countCopies([])).toEqual({ fewest: 0, most: 0, rarest: 0 })
  })
})

// Sorts a swarm's chunks into squares by how many hold them, and says what a square is. Knows nothing of canvas.
import { FULL, type Grid } from '../ui/chunk-cells'
import { countOf, formatCount } from '../ui/format'

export type Copies = { fewest: number; most: number; rarest: number }

/** `rarest`: how many chunks have the fewest copies. */
export function countCopies(copies: ArrayLike<number>): Copies {
  let fewest = Number.POSITIVE_INFINITY
  let most = 0
  let rarest = 0
  for (let chunk = 0; chunk < copies.length; chunk++) {
    const count = copies[chunk] ?? 0
    if (count < fewest) {
      fewest = count
      rarest = 0
    }
    if (count === fewest) rarest++
    most = Math.max(most, count)
  }
  return { fewest: copies.length === 0 ? 0 : fewest, most, rarest }
}

/**
 * One number for each square: `level` of the fewest copies within, 0 to 8 of `present`, and whether the rarest is
 * there.
 */
export function readCopies(copies: ArrayLike<number>, grid: Grid, present: number): Uint8Array {
  const { fewest, most } = countCopies(copies)
  return Uint8Array.from({ length: grid.cells }, (_, cell) => {
    const least = leastIn(copies, grid, cell)
    const level = least === 0 ? 0 : Math.max(1, Math.floor((FULL * least) / Math.max(1, present)))
    // Where all are alike, none is rarer.
    return (Math.min(FULL, level) << 1) | Number(least === fewest && fewest < most)
  })
}

export const levelOf = (packed: number): number => packed >> 1
export const isRarest = (packed: number): boolean => (packed & 1) === 1

function leastIn(copies: ArrayLike<number>, { chunksPerCell, chunks }: Grid, cell: number): number {
  let least = Number.POSITIVE_INFINITY
  const end = Math.min((cell + 1) * chunksPerCell, chunks)
  for (let chunk = cell * chunksPerCell; chunk < end; chunk++) least = Math.min(least, copies[chunk] ?? 0)
  return least
}

/** The whole map in words. */
export function describeCopies(copies: ArrayLike<number>): string {
  const { fewest, most, rarest } = countCopies(copies)
  if (fewest === most) return `Each chunk is held by ${countOf(most, 'peer')}.`
  const which = rarest === 1 ? 'The rarest chunk is' : `The ${formatCount(rarest)} rarest chunks are`
  return `${which} held by ${countOf(fewest, 'peer')}, the commonest by ${most}.`
}

/** One square in words. */
export function describeCopiesAt(copies: ArrayLike<number>, grid: Grid, cell: number): string {
  const first = cell * grid.chunksPerCell
  const end = Math.min(first + grid.chunksPerCell, grid.chunks)
  const least = leastIn(copies, grid, cell)
  const { fewest, most } = countCopies(copies)
  const mark = least === fewest && fewest < most ? ', the rarest' : ''
  if (end - first === 1) return `Chunk ${formatCount(first + 1)}: held by ${countOf(least, 'peer')}${mark}.`
  return `Chunks ${formatCount(first + 1)} to ${formatCount(end)}: held by at least ${countOf(least, 'peer')}${mark}.`
}

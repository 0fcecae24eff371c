// Sorts chunks into the squares of a map and says what a square is. Knows nothing of canvas or colour.
import type { ChunkMap } from '@swarmdrop/core'
import { countOf, formatCount } from './format'
import { personName } from './people'

/** Squares in file order, row by row; `pitch` is a square and the gap after it, in pixels. */
export type Grid = {
  columns: number
  rows: number
  pitch: number
  cells: number
  chunksPerCell: number
  chunks: number
}

const LARGEST_PITCH = 32
// Below this a square is no longer one to the eye, so squares stand for several chunks instead.
const SMALLEST_PITCH = 6

/** The largest squares that fit; past the smallest, each stands for several chunks. */
export function layOut(chunks: number, width: number, height: number): Grid {
  const fit = (pitch: number) => ({
    columns: Math.max(1, Math.floor(width / pitch)),
    rows: Math.max(1, Math.floor(height / pitch)),
  })
  let pitch = LARGEST_PITCH
  let { columns, rows } = fit(pitch)
  while (columns * rows < chunks && pitch > SMALLEST_PITCH) {
    pitch -= 1
    ;({ columns, rows } = fit(pitch))
  }
  const chunksPerCell = Math.max(1, Math.ceil(chunks / (columns * rows)))
  const cells = Math.ceil(chunks / chunksPerCell)
  return { columns, rows: Math.ceil(cells / columns), pitch, cells, chunksPerCell, chunks }
}

/**
 * What one square shows. `level`: how much of it is held, 0 to 8. `from`: who sent most of that, 0: nobody. `unchosen`:
 * nothing of it is held, nor to be fetched.
 */
export type Cell = { level: number; requested: boolean; from: number; unchosen: boolean }

export const FULL = 8
const UNCHOSEN = 3

/** One number for each square, so that the next drawing finds at once which squares changed. */
export function readCells({ state, from }: ChunkMap, { cells, chunks, chunksPerCell }: Grid): Uint32Array {
  const packed = new Uint32Array(cells)
  const sent = new Uint32Array(256)
  for (let cell = 0; cell < cells; cell++) {
    const first = cell * chunksPerCell
    const end = Math.min(first + chunksPerCell, chunks)
    let held = 0
    let requested = 0
    let unchosen = 0
    let most = 0
    sent.fill(0)
    for (let chunk = first; chunk < end; chunk++) {
      if (state[chunk] === UNCHOSEN) unchosen++
      if (state[chunk] === 0 || state[chunk] === UNCHOSEN) continue
      const who = from[chunk] ?? 0
      sent[who] = (sent[who] ?? 0) + 1
      if ((sent[who] ?? 0) > (sent[most] ?? 0)) most = who
      if (state[chunk] === 2) held++
      else requested = 1
    }
    // Full only when all that is chosen is held, and begun as soon as anything is.
    const isFull = held > 0 && held + unchosen === end - first
    const level = isFull ? FULL : Math.min(FULL - 1, Math.ceil((held / (end - first)) * FULL))
    packed[cell] = (Number(unchosen === end - first) << 13) | (level << 9) | (requested << 8) | most
  }
  return packed
}

export function unpack(packed: number): Cell {
  return {
    level: (packed >> 9) & 15,
    requested: ((packed >> 8) & 1) === 1,
    from: packed & 255,
    unchosen: packed >> 13 === 1,
  }
}

/** The square in words: which part, where it is, who else holds it. */
export function describeCell(map: ChunkMap, grid: Grid, cell: number, nameOf = personName): string {
  const first = cell * grid.chunksPerCell
  const end = Math.min(first + grid.chunksPerCell, grid.chunks)
  if (end - first === 1) {
    const copies = map.copies[first] ?? 0
    return `Part ${formatCount(first + 1)}: ${whereIs(map, first, nameOf)}. ${copiesWords(copies)}.`
  }
  let held = 0
  let fewest = Number.POSITIVE_INFINITY
  for (let chunk = first; chunk < end; chunk++) {
    if (map.state[chunk] === 2) held++
    fewest = Math.min(fewest, map.copies[chunk] ?? 0)
  }
  const { from } = unpack(readCells(map, grid)[cell] ?? 0)
  const source = held > 0 && from > 0 ? `, most from ${nameOf(from)}` : ''
  const range = `Parts ${formatCount(first + 1)} to ${formatCount(end)}`
  return `${range}: ${held} of ${end - first} here${source}. Rarest: ${copiesWords(fewest)}.`
}

function whereIs({ state, from }: ChunkMap, chunk: number, nameOf: (number: number) => string): string {
  const who = from[chunk] ?? 0
  if (state[chunk] === 2) return who === 0 ? 'here' : `here, from ${nameOf(who)}`
  if (state[chunk] === 1) return who === 0 ? 'asked for' : `on its way from ${nameOf(who)}`
  return state[chunk] === UNCHOSEN ? 'not chosen' : 'missing'
}

function copiesWords(copies: number): string {
  return copies === 0 ? 'Nobody else online has it' : `${countOf(copies, 'other person has', 'others have')} it`
}

export type Tally = { held: number; requested: number; unchosen: number; bySource: { from: number; chunks: number }[] }

/** The whole map in numbers: its text alternative. */
export function tally({ state, from }: ChunkMap): Tally {
  const sent = new Map<number, number>()
  let held = 0
  let requested = 0
  let unchosen = 0
  for (let chunk = 0; chunk < state.length; chunk++) {
    if (state[chunk] === 1) requested++
    if (state[chunk] === UNCHOSEN) unchosen++
    if (state[chunk] !== 2) continue
    held++
    const who = from[chunk] ?? 0
    sent.set(who, (sent.get(who) ?? 0) + 1)
  }
  const bySource = [...sent].map(([who, chunks]) => ({ from: who, chunks })).sort((a, b) => a.from - b.from)
  return { held, requested, unchosen, bySource }
}

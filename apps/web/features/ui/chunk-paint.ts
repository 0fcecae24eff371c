// Paints the squares of a chunk map on a canvas. Knows nothing of sessions or pointers.
import { FULL, type Grid, unpack } from './chunk-cells'
import { lookOf } from './people'

/** Read from the page's style, so that light and dark follow it. */
export type Palette = { missing: string; ours: string; ink: string }

export function readPalette(element: Element): Palette {
  const style = getComputedStyle(element)
  const colour = (name: string) => style.getPropertyValue(name).trim()
  return { missing: colour('--part-missing'), ours: colour('--part-ours'), ink: colour('--ink') }
}

/** Makes the canvas as sharp as the screen and clears it. */
export function fitCanvas(canvas: HTMLCanvasElement, width: number, height: number, density: number): void {
  canvas.width = Math.round(width * density)
  canvas.height = Math.round(height * density)
  canvas.getContext('2d')?.setTransform(density, 0, 0, density, 0, 0)
}

export function paintCell(
  context: CanvasRenderingContext2D,
  grid: Grid,
  palette: Palette,
  cell: number,
  packed: number,
): void {
  const { level, requested, from, unchosen } = unpack(packed)
  const { look, ...square } = place(grid, cell)
  const { x, y, side } = square
  context.clearRect(x, y, grid.pitch, grid.pitch)

  // Nothing is missing there: only where the square would be is marked.
  if (unchosen) {
    context.fillStyle = palette.missing
    return box(context, x + side / 2 - 1, y + side / 2 - 1, 2, 2, 0)
  }
  context.fillStyle = palette.missing
  box(context, x, y, side, side, look)

  const colour = colourOf(from, palette)
  if (level > 0) {
    context.fillStyle = colour
    const height = level === FULL ? side : Math.max(1, Math.round((side * level) / FULL))
    box(context, x, y + side - height, side, height, level === FULL ? look : 0)
  } else if (requested) {
    // An outline: told from held by its form, not only by its colour.
    const line = side >= 10 ? 2 : 1
    context.strokeStyle = colour
    context.lineWidth = line
    context.strokeRect(x + line / 2, y + line / 2, side - line, side - line)
  }
}

/** The place of a square, in pixels from the canvas's corner. `look`: the radius of its corners. */
export function place({ columns, pitch }: Grid, cell: number): { x: number; y: number; side: number; look: number } {
  const side = pitch - (pitch >= 10 ? 2 : 1)
  return { x: (cell % columns) * pitch, y: Math.floor(cell / columns) * pitch, side, look: side >= 10 ? 2 : 0 }
}

function colourOf(from: number, palette: Palette): string {
  if (from === 0) return palette.ours
  const { colour } = lookOf(from)
  return colour === 'ink' ? palette.ink : colour
}

function box(
  context: CanvasRenderingContext2D,
  x: number,
  y: number,
  width: number,
  height: number,
  radius: number,
): void {
  if (radius === 0) return context.fillRect(x, y, width, height)
  context.beginPath()
  context.roundRect(x, y, width, height, radius)
  context.fill()
}

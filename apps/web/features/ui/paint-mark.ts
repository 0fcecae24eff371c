// A person's mark on a canvas: their colour in their shape, as `PersonMark` draws it.
import { lookOf, OUTLINES, type Shape } from './people'

/** The side of the outlines. */
const SIDE = 14

/** Where its middle is, and how large it is. */
export type Spot = { x: number; y: number; side: number }

/** About its middle. `ink`: of the outline, and of those whose colour it is. */
export function paintMark(
  context: CanvasRenderingContext2D,
  { x, y, side = SIDE }: Omit<Spot, 'side'> & Partial<Spot>,
  number: number,
  ink: string,
): void {
  const { colour, shape } = lookOf(number)
  const path = pathOf(shape)
  context.save()
  context.translate(x - side / 2, y - side / 2)
  context.scale(side / SIDE, side / SIDE)
  context.fillStyle = colour === 'ink' ? ink : colour
  context.strokeStyle = ink
  context.lineWidth = 1
  context.fill(path)
  context.stroke(path)
  context.restore()
}

const paths = new Map<Shape, Path2D>()

function pathOf(shape: Shape): Path2D {
  const path = paths.get(shape) ?? new Path2D(OUTLINES[shape])
  paths.set(shape, path)
  return path
}

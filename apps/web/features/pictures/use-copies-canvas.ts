// Keeps the map of copies in step with a swarm: only squares that changed are painted. Knows nothing of words or
// pointers.
import { type RefObject, useEffect, useRef, useState } from 'react'
import { onAppearanceChange } from '../ui/appearance'
import { FULL, type Grid, layOut } from '../ui/chunk-cells'
import { fitCanvas, place } from '../ui/chunk-paint'
import { isRarest, levelOf, readCopies } from './copies-cells'
import type { SwarmFrame } from './swarm-frame'

type Palette = { missing: string; held: string; rare: string; ground: string }
type Shown = { grid: Grid; cells: Uint8Array; palette: Palette; width: number; height: number }

/** The grid as it is laid out now, once the canvas has a size. */
export function useCopiesCanvas(frame: SwarmFrame, canvas: RefObject<HTMLCanvasElement | null>): Grid | undefined {
  const [grid, setGrid] = useState<Grid>()
  const latest = useRef(frame)
  const shown = useRef<Shown>(undefined)
  const redraw = useRef(() => {})

  useEffect(() => {
    latest.current = frame
    redraw.current()
  }, [frame])

  useEffect(() => {
    const element = canvas.current
    const context = element?.getContext('2d')
    if (!element || !context) return
    const draw = () => {
      const { copies, peers } = latest.current
      const { clientWidth: width, clientHeight: height } = element
      if (width === 0) return
      const before = shown.current
      const isAsBefore = before?.width === width && before.height === height && before.grid.chunks === copies.length
      const laid = isAsBefore ? before.grid : layOut(copies.length, width, height)
      const palette = isAsBefore ? before.palette : readPalette(element)
      if (!isAsBefore) {
        fitCanvas(element, width, height, window.devicePixelRatio)
        setGrid(laid)
      }
      const cells = readCopies(copies, laid, peers.filter(({ role }) => role !== 'away').length)
      cells.forEach((packed, cell) => {
        if (!isAsBefore || before.cells[cell] !== packed) paintCopies(context, laid, palette, cell, packed)
      })
      shown.current = { grid: laid, cells, palette, width, height }
    }
    const afresh = () => {
      shown.current = undefined
      draw()
    }
    redraw.current = draw
    const resized = new ResizeObserver(draw)
    resized.observe(element)
    const stopListening = onAppearanceChange(afresh)
    return () => {
      resized.disconnect()
      stopListening()
      shown.current = undefined
      redraw.current = () => {}
    }
  }, [canvas])
  return grid
}

function readPalette(element: Element): Palette {
  const style = getComputedStyle(element)
  const colour = (name: string) => style.getPropertyValue(name).trim()
  return {
    missing: colour('--part-missing'),
    held: colour('--accent'),
    rare: colour('--ink'),
    ground: colour('--ground'),
  }
}

/** Filled from below by how many hold it; the rarest has a dot and a frame. */
function paintCopies(
  context: CanvasRenderingContext2D,
  grid: Grid,
  palette: Palette,
  cell: number,
  packed: number,
): void {
  const { x, y, side } = place(grid, cell)
  context.clearRect(x, y, grid.pitch, grid.pitch)
  context.fillStyle = palette.missing
  context.fillRect(x, y, side, side)
  const level = levelOf(packed)
  const height = level === 0 ? 0 : Math.max(1, Math.round((side * level) / FULL))
  context.fillStyle = palette.held
  context.fillRect(x, y + side - height, side, height)
  if (!isRarest(packed)) return
  if (side < 8) {
    context.fillStyle = palette.rare
    return context.fillRect(x + Math.floor(side / 2) - 1, y + Math.floor(side / 2) - 1, 2, 2)
  }
  context.strokeStyle = palette.rare
  context.lineWidth = 1
  context.strokeRect(x + 0.5, y + 0.5, side - 1, side - 1)
  context.fillStyle = palette.rare
  context.beginPath()
  context.arc(x + side / 2, y + side / 2, Math.max(1.5, side / 8), 0, 2 * Math.PI)
  context.fill()
}

// Keeps a canvas in step with a session: at most one drawing a frame, and only of squares that changed.
import { type RefObject, useEffect, useRef, useState } from 'react'
import type { Session } from '../../session'
import { onAppearanceChange } from './appearance'
import { type Grid, layOut, readCells } from './chunk-cells'
import { fitCanvas, type Palette, paintCell, readPalette } from './chunk-paint'

/** The greatest height in pixels: what has more rows has smaller squares. */
const MOST_HEIGHT = 128

/** The grid as it is laid out now, once the canvas has a size and the session its manifest. */
export function useChunkCanvas(
  session: Pick<Session, 'chunkMap' | 'subscribe'>,
  canvas: RefObject<HTMLCanvasElement | null>,
): Grid | undefined {
  const [grid, setGrid] = useState<Grid>()
  const redraw = useRef(() => {})

  useEffect(() => {
    const element = canvas.current
    const context = element?.getContext('2d')
    if (!element || !context) return
    let frame: number | undefined
    let shown: { grid: Grid; cells: Uint32Array; width: number; palette: Palette } | undefined

    const draw = () => {
      frame = undefined
      const map = session.chunkMap()
      const { clientWidth: width } = element
      if (map === undefined || width === 0) return
      const fresh = shown?.width !== width || shown.grid.chunks !== map.state.length
      const laid = fresh || shown === undefined ? layOut(map.state.length, width, MOST_HEIGHT) : shown.grid
      if (fresh) {
        // As high as its rows: a short map leaves no hole below it.
        const height = laid.rows * laid.pitch
        element.style.height = `${height}px`
        fitCanvas(element, width, height, window.devicePixelRatio)
        setGrid(laid)
      }
      const cells = readCells(map, laid)
      const palette = fresh || shown === undefined ? readPalette(element) : shown.palette
      cells.forEach((packed, cell) => {
        if (fresh || shown?.cells[cell] !== packed) paintCell(context, laid, palette, cell, packed)
      })
      shown = { grid: laid, cells, width, palette }
    }
    const requestDraw = () => {
      frame ??= requestAnimationFrame(draw)
    }
    redraw.current = () => {
      shown = undefined
      requestDraw()
    }

    requestDraw()
    const unsubscribe = session.subscribe(requestDraw)
    const resized = new ResizeObserver(requestDraw)
    resized.observe(element)
    return () => {
      unsubscribe()
      resized.disconnect()
      if (frame !== undefined) cancelAnimationFrame(frame)
    }
  }, [session, canvas])

  useEffect(() => onAppearanceChange(() => redraw.current()), [])
  return grid
}

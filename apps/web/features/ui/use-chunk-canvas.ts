// Keeps a canvas in step with a session: at most one drawing a frame, and only of squares that changed.
import { type RefObject, useEffect, useRef, useState } from 'react'
import type { Session } from '../../session'
import { type Grid, layOut, readCells } from './chunk-cells'
import { fitCanvas, type Palette, paintCell, readPalette } from './chunk-paint'
import { onLookChange } from './look-change'

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
    let shown: { grid: Grid; cells: Uint32Array; width: number; height: number; palette: Palette } | undefined

    const draw = () => {
      frame = undefined
      const map = session.chunkMap()
      const { clientWidth: width, clientHeight: height } = element
      if (map === undefined || width === 0) return
      const fresh = shown?.width !== width || shown.height !== height || shown.grid.chunks !== map.state.length
      const laid = fresh || shown === undefined ? layOut(map.state.length, width, height) : shown.grid
      if (fresh) {
        fitCanvas(element, width, height, window.devicePixelRatio)
        setGrid(laid)
      }
      const cells = readCells(map, laid)
      const palette = fresh || shown === undefined ? readPalette(element) : shown.palette
      cells.forEach((packed, cell) => {
        if (fresh || shown?.cells[cell] !== packed) paintCell(context, laid, palette, cell, packed)
      })
      shown = { grid: laid, cells, width, height, palette }
    }
    const order = () => {
      frame ??= requestAnimationFrame(draw)
    }
    redraw.current = () => {
      shown = undefined
      order()
    }

    order()
    const unsubscribe = session.subscribe(order)
    const resized = new ResizeObserver(order)
    resized.observe(element)
    return () => {
      unsubscribe()
      resized.disconnect()
      if (frame !== undefined) cancelAnimationFrame(frame)
    }
  }, [session, canvas])

  useEffect(() => onLookChange(() => redraw.current()), [])
  return grid
}

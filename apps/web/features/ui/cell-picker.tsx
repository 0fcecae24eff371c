// A map of squares on a canvas, in which pointer and keys choose one: a slider for keys and screen readers. Paints
// nothing.
import type { KeyboardEvent, PointerEvent, RefObject } from 'react'
import { CellRing } from './cell-ring'
import type { Grid } from './chunk-cells'
import styles from './chunk-map.module.css'

type CellPickerProps = {
  label: string
  canvas: RefObject<HTMLCanvasElement | null>
  /** Undefined until the map is laid out. */
  grid: Grid | undefined
  chosen: number | undefined
  onChoose: (cell: number | undefined) => void
  /** The chosen square, or the whole map. */
  words: string
}

export function CellPicker({ label, canvas, grid, chosen: cell, onChoose, words }: CellPickerProps) {
  const onKeyDown = (event: KeyboardEvent) => {
    if (grid === undefined) return
    const step = stepOf(event.key, grid.columns)
    if (step === undefined) return
    event.preventDefault()
    onChoose(Math.max(0, Math.min(grid.cells - 1, (cell ?? 0) + step)))
  }
  const onPointerMove = (event: PointerEvent) => {
    const { left, top } = event.currentTarget.getBoundingClientRect()
    if (grid !== undefined) onChoose(cellAt(grid, event.clientX - left, event.clientY - top))
  }
  return (
    <div className={styles.frame} onPointerLeave={() => onChoose(undefined)} onPointerMove={onPointerMove}>
      <canvas className={styles.canvas} ref={canvas} />
      {grid !== undefined && cell !== undefined && <CellRing cell={cell} grid={grid} />}
      {grid !== undefined && grid.cells > 0 && (
        <input
          aria-label={label}
          aria-valuetext={words}
          className={styles.slider}
          max={grid.cells}
          min={1}
          onBlur={() => onChoose(undefined)}
          onChange={(event) => onChoose(event.currentTarget.valueAsNumber - 1)}
          onFocus={(event) => event.currentTarget.matches(':focus-visible') && onChoose(cell ?? 0)}
          onKeyDown={onKeyDown}
          type="range"
          value={(cell ?? 0) + 1}
        />
      )}
    </div>
  )
}

// Left and right are the slider's own; up and down go by rows, as the eye does.
function stepOf(key: string, columns: number): number | undefined {
  if (key === 'ArrowDown') return columns
  if (key === 'ArrowUp') return -columns
  return undefined
}

function cellAt({ columns, pitch, cells }: Grid, x: number, y: number): number | undefined {
  const column = Math.floor(x / pitch)
  const cell = Math.floor(y / pitch) * columns + column
  return column >= 0 && column < columns && cell >= 0 && cell < cells ? cell : undefined
}

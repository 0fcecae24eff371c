// The map of parts: a canvas for the eye, a slider for keys and screen readers, numbers for everyone.
import { type KeyboardEvent, type PointerEvent, useRef, useState } from 'react'
import type { Session, SessionSnapshot } from '../../session/types'
import { CellRing } from './cell-ring'
import { describeCell, type Grid, tally } from './chunk-cells'
import styles from './chunk-map.module.css'
import controls from './controls.module.css'
import { formatCount } from './format'
import { personName } from './people'
import { PersonMark } from './person-mark'
import { useChunkCanvas } from './use-chunk-canvas'

/** `snapshot` is the session's own: it brings this component along as the numbers change. */
export function ChunkMapView({ session, snapshot }: { session: Session; snapshot: SessionSnapshot }) {
  const canvas = useRef<HTMLCanvasElement>(null)
  const grid = useChunkCanvas(session, canvas)
  const [chosen, setChosen] = useState<number>()
  const map = session.chunkMap()
  const { held, requested, bySource } = map === undefined ? { held: 0, requested: 0, bySource: [] } : tally(map)

  const total = formatCount(snapshot.chunkCount)
  const sum = `${formatCount(held)} of ${total} parts here${requested > 0 ? `, ${requested} on the way` : ''}.`
  const cell = grid === undefined || chosen === undefined ? undefined : Math.min(chosen, grid.cells - 1)
  const words = map === undefined || grid === undefined || cell === undefined ? sum : describeCell(map, grid, cell)

  const onKeyDown = (event: KeyboardEvent) => {
    if (grid === undefined) return
    const step = stepOf(event.key, grid.columns)
    if (step === undefined) return
    event.preventDefault()
    setChosen(Math.max(0, Math.min(grid.cells - 1, (cell ?? 0) + step)))
  }
  const onPointerMove = (event: PointerEvent) => {
    const { left, top } = event.currentTarget.getBoundingClientRect()
    if (grid !== undefined) setChosen(cellAt(grid, event.clientX - left, event.clientY - top))
  }

  return (
    <div>
      <div className={styles.frame} onPointerLeave={() => setChosen(undefined)} onPointerMove={onPointerMove}>
        <canvas className={styles.canvas} ref={canvas} />
        {grid !== undefined && cell !== undefined && <CellRing cell={cell} grid={grid} />}
        {grid !== undefined && grid.cells > 0 && (
          <input
            aria-label="Map of parts, in file order"
            aria-valuetext={words}
            className={styles.slider}
            max={grid.cells}
            min={1}
            onBlur={() => setChosen(undefined)}
            onChange={(event) => setChosen(event.currentTarget.valueAsNumber - 1)}
            onFocus={(event) => event.currentTarget.matches(':focus-visible') && setChosen(cell ?? 0)}
            onKeyDown={onKeyDown}
            type="range"
            value={(cell ?? 0) + 1}
          />
        )}
      </div>
      <p className={`${styles.words} ${controls.figures}`}>{words}</p>
      <ul className={`${styles.sources} ${controls.figures}`} aria-label="Who sent the parts">
        {bySource.map(({ from, chunks }) => (
          <li key={from}>
            {from === 0 ? <span aria-hidden="true" className={styles.ours} /> : <PersonMark number={from} />}
            {from === 0 ? 'Here before' : personName(from)}
            <span className={controls.quiet}>{formatCount(chunks)}</span>
          </li>
        ))}
      </ul>
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

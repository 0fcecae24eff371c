'use client'
// The map of copies: each chunk in file order, how many peers hold it, and which are the rarest.
import { memo, useRef, useState } from 'react'
import { CellPicker } from '../ui/cell-picker'
import controls from '../ui/controls.module.css'
import { describeCopies, describeCopiesAt } from './copies-cells'
import styles from './pictures.module.css'
import type { SwarmFrame } from './swarm-frame'
import { useCopiesCanvas } from './use-copies-canvas'

export const CopiesMap = memo(function CopiesMap({ frame }: { frame: SwarmFrame }) {
  const canvas = useRef<HTMLCanvasElement>(null)
  const grid = useCopiesCanvas(frame, canvas)
  const [chosen, setChosen] = useState<number>()
  const cell = grid === undefined || chosen === undefined ? undefined : Math.min(chosen, grid.cells - 1)
  const words =
    grid === undefined || cell === undefined ? describeCopies(frame.copies) : describeCopiesAt(frame.copies, grid, cell)
  return (
    <div>
      <CellPicker
        canvas={canvas}
        chosen={cell}
        grid={grid}
        label="Map of chunks, by how many hold each"
        onChoose={setChosen}
        words={words}
      />
      <p className={`${styles.words} ${controls.figures}`}>{words}</p>
      <p className={controls.quiet}>
        A square fills as more peers hold the chunk; those with a dot are the rarest, and asked for first.
      </p>
    </div>
  )
})

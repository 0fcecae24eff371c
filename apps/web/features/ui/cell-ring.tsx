// A ring around one square of the map: where the pointer or the keys are.

import type { Grid } from './chunk-cells'
import styles from './chunk-map.module.css'
import { place } from './chunk-paint'

export function CellRing({ grid, cell }: { grid: Grid; cell: number }) {
  const { x, y, side } = place(grid, cell)
  return (
    <svg aria-hidden="true" className={styles.ring}>
      <rect height={side + 2} rx="2" width={side + 2} x={x} y={y} />
    </svg>
  )
}

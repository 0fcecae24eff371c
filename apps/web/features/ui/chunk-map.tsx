// The map of parts: a canvas for the eye, a slider for keys and screen readers, numbers for everyone.
import { useRef, useState } from 'react'
import type { Session } from '../../session'
import { CellPicker } from './cell-picker'
import { describeCell, type Tally, tally } from './chunk-cells'
import styles from './chunk-map.module.css'
import controls from './controls.module.css'
import { formatCount } from './format'
import { personName } from './people'
import { PersonMark } from './person-mark'
import { useChunkCanvas } from './use-chunk-canvas'

/** A few squares are no map: then the numbers say it. */
const FEWEST_SHOWN = 12

const NOTHING: Tally = { held: 0, requested: 0, unchosen: 0, bySource: [] }

type ChunkMapViewProps = {
  session: Pick<Session, 'chunkMap' | 'subscribe'>
  /** The session's own: it brings this component along as the numbers change. */
  snapshot: { chunkCount: number }
  /** What a neighbour is called, by its number. */
  nameOf?: (number: number) => string
}

export function ChunkMapView({ session, snapshot, nameOf = personName }: ChunkMapViewProps) {
  const canvas = useRef<HTMLCanvasElement>(null)
  const grid = useChunkCanvas(session, canvas)
  const [chosen, setChosen] = useState<number>()
  const map = session.chunkMap()
  const { held, requested, unchosen, bySource } = map === undefined ? NOTHING : tally(map)

  const total = formatCount(snapshot.chunkCount - unchosen)
  const sum = `${formatCount(held)} of ${total} parts ${unchosen > 0 ? 'that you chose ' : ''}here${requested > 0 ? `, ${requested} on the way` : ''}.`
  const cell = grid === undefined || chosen === undefined ? undefined : Math.min(chosen, grid.cells - 1)
  const words =
    map === undefined || grid === undefined || cell === undefined ? sum : describeCell(map, grid, cell, nameOf)

  return (
    <div>
      {snapshot.chunkCount >= FEWEST_SHOWN && (
        <CellPicker
          canvas={canvas}
          chosen={cell}
          grid={grid}
          label="Map of parts, in file order"
          onChoose={setChosen}
          words={words}
        />
      )}
      <p className={`${styles.words} ${controls.figures}`}>{words}</p>
      <ul className={`${styles.sources} ${controls.figures}`} aria-label="Who sent the parts">
        {bySource.map(({ from, chunks }) => (
          <li key={from}>
            {from === 0 ? <span aria-hidden="true" className={styles.ours} /> : <PersonMark number={from} />}
            {from === 0 ? 'Here before' : nameOf(from)}
            <span className={controls.quiet}>{formatCount(chunks)}</span>
          </li>
        ))}
      </ul>
    </div>
  )
}

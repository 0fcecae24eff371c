// Who holds which chunk: a row a peer, a column a chunk, the rarest chunks marked above. A canvas for the eye, words
// for all.
import { useEffect, useRef, useState } from 'react'
import { onAppearanceChange } from '../ui/appearance'
import controls from '../ui/controls.module.css'
import { type Holdings, mapHeightEm, paintHoldings, type Rows, rarestIn } from './chunk-peer-paint'
import styles from './live.module.css'

type ChunkPeerMapProps = Holdings & {
  /** Into so many parts, side by side: many rows are readable from afar only so. */
  parts?: number
}

export function ChunkPeerMap({ frame, holdings, parts = 1 }: ChunkPeerMapProps) {
  const [columns, setColumns] = useState(0)
  const { peers, chunkCount } = frame
  const rows = Math.ceil(peers.length / parts)
  const copies = Array.from(frame.copies)
  const least = rarestIn(frame)
  const rarest = copies.filter((count) => count === least).length
  const merged =
    columns > 0 && columns < chunkCount ? ` Each column stands for ${Math.ceil(chunkCount / columns)} chunks.` : ''
  return (
    <div>
      <div className={styles.maps}>
        {Array.from({ length: parts }, (_, part) => part * rows).map((from) => (
          <Part
            end={Math.min(peers.length, from + rows)}
            frame={frame}
            from={from}
            holdings={holdings}
            key={from}
            onColumns={setColumns}
          />
        ))}
      </div>
      <p className={`${styles.words} ${controls.figures}`}>
        {chunkCount} chunks in file order. {rarestInWords(least, rarest)}
        {merged}
      </p>
    </div>
  )
}

function Part({ frame, holdings, from, end, onColumns }: Holdings & Rows & { onColumns: (count: number) => void }) {
  const canvas = useRef<HTMLCanvasElement>(null)
  const redraw = useRef(() => {})

  useEffect(() => {
    redraw.current = () => {
      if (canvas.current) onColumns(paintHoldings(canvas.current, { frame, holdings }, { from, end }))
    }
    redraw.current()
  }, [frame, holdings, from, end, onColumns])

  useEffect(() => {
    if (!canvas.current) return
    const resized = new ResizeObserver(() => redraw.current())
    resized.observe(canvas.current)
    const stopListening = onAppearanceChange(() => redraw.current())
    return () => {
      resized.disconnect()
      stopListening()
    }
  }, [])

  return (
    <div className={styles.scrolls}>
      <canvas className={styles.map} ref={canvas} style={{ height: `${mapHeightEm(end - from)}em` }} />
    </div>
  )
}

function rarestInWords(least: number | undefined, chunks: number): string {
  if (least === undefined) return 'None is rarer than another.'
  const copies = least === 1 ? '1 copy' : `${least} copies`
  return chunks === 1 ? `The rarest, marked ▾, has ${copies}.` : `The ${chunks} rarest, marked ▾, have ${copies} each.`
}

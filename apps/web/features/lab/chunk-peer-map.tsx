// Who holds which chunk: a row a peer, a column a chunk, the rarest chunks marked above. A canvas for the eye, words for all.
import type { RunView } from '@swarmdrop/peer/lab'
import { useEffect, useRef, useState } from 'react'
import { onAppearanceChange } from '../ui/appearance'
import { fitCanvas } from '../ui/chunk-paint'
import controls from '../ui/controls.module.css'
import styles from './live.module.css'

/** In sizes of the type: on a wall all of it grows. */
const ROW_EM = 1.4
const NAME_EM = 8
const MARKS_EM = 1

type Holdings = Pick<RunView, 'frame' | 'holdings'>

export function ChunkPeerMap({ frame, holdings }: Holdings) {
  const canvas = useRef<HTMLCanvasElement>(null)
  const redraw = useRef(() => {})
  const [columns, setColumns] = useState(0)
  const { peers, chunkCount } = frame
  const height = `${MARKS_EM + peers.length * ROW_EM}em`

  useEffect(() => {
    redraw.current = () => {
      if (canvas.current) setColumns(paint(canvas.current, { frame, holdings }))
    }
    redraw.current()
  }, [frame, holdings])

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

  const copies = Array.from(frame.copies)
  const least = rarestIn(frame)
  const rarest = copies.filter((count) => count === least).length
  const merged =
    columns > 0 && columns < chunkCount ? ` Each column stands for ${Math.ceil(chunkCount / columns)} chunks.` : ''
  return (
    <div>
      <div className={styles.scrolls}>
        <canvas className={styles.map} ref={canvas} style={{ height }} />
      </div>
      <p className={`${styles.words} ${controls.figures}`}>
        {chunkCount} chunks in file order. {rarestInWords(least, rarest)}
        {merged}
      </p>
    </div>
  )
}

/** The least number of copies; undefined where everybody has everything, or nobody is here. */
function rarestIn({ copies, peers }: RunView['frame']): number | undefined {
  const present = peers.filter(({ role }) => role !== 'away').length
  const least = Array.from(copies).reduce((few, count) => Math.min(few, count), present)
  return least < present ? least : undefined
}

function rarestInWords(least: number | undefined, chunks: number): string {
  if (least === undefined) return 'None is rarer than another.'
  const copies = least === 1 ? '1 copy' : `${least} copies`
  return chunks === 1 ? `The rarest, marked ▾, has ${copies}.` : `The ${chunks} rarest, marked ▾, have ${copies} each.`
}

/** Gives how many columns there are: more chunks than pixels are merged. */
function paint(canvas: HTMLCanvasElement, { frame, holdings }: Holdings): number {
  const { peers, chunkCount } = frame
  const copies = Array.from(frame.copies)
  const { clientWidth: width, clientHeight: height } = canvas
  const context = canvas.getContext('2d')
  if (!context || width === 0 || chunkCount === 0) return 0
  const density = window.devicePixelRatio
  if (canvas.width !== Math.round(width * density) || canvas.height !== Math.round(height * density))
    fitCanvas(canvas, width, height, density)
  const style = getComputedStyle(canvas)
  const colour = (name: string) => style.getPropertyValue(name)
  const [ink, missing, held] = [colour('--ink'), colour('--part-missing'), colour('--accent')]
  context.clearRect(0, 0, width, height)
  const em = Number.parseFloat(style.fontSize)
  const [row, names, marks] = [ROW_EM * em, NAME_EM * em, MARKS_EM * em]
  const room = width - names
  const columns = Math.min(chunkCount, Math.floor(room / 2))
  const pitch = room / columns
  const gap = pitch >= 6 ? 1 : 0
  const chunkOf = (column: number) => Math.floor((column * chunkCount) / columns)
  const least = rarestIn(frame)

  context.font = `${em}px ${style.fontFamily}`
  context.textBaseline = 'middle'
  peers.forEach(({ name, role }, index) => {
    const y = marks + index * row
    context.globalAlpha = role === 'away' ? 0.45 : 1
    context.fillStyle = ink
    context.fillText(shortened(context, name, names - 8), 0, y + row / 2)
    const bits = holdings[index]
    for (let column = 0; column < columns; column++) {
      const [from, to] = [chunkOf(column), Math.max(chunkOf(column) + 1, chunkOf(column + 1))]
      let share = 0
      for (let chunk = from; chunk < to; chunk++) if (holds(bits, chunk)) share += 1 / (to - from)
      const [x, side] = [names + column * pitch, pitch - gap]
      context.fillStyle = missing
      context.fillRect(x, y + 2, side, row - 4)
      context.fillStyle = held
      context.fillRect(x, y + 2 + (row - 4) * (1 - share), side, (row - 4) * share)
    }
  })
  context.globalAlpha = 1
  context.fillStyle = ink
  for (let column = 0; column < columns; column++) {
    const [from, to] = [chunkOf(column), Math.max(chunkOf(column) + 1, chunkOf(column + 1))]
    if (least === undefined || !copies.slice(from, to).includes(least)) continue
    const middle = names + column * pitch + (pitch - gap) / 2
    const half = Math.min(4, Math.max(1.5, pitch / 2))
    context.beginPath()
    context.moveTo(middle - half, marks - 3 - half)
    context.lineTo(middle + half, marks - 3 - half)
    context.lineTo(middle, marks - 2)
    context.fill()
  }
  return columns
}

/** The first chunk is the highest bit of the first byte. */
const holds = (bits: Uint8Array | undefined, chunk: number) =>
  (((bits?.[chunk >> 3] ?? 0) >> (7 - (chunk & 7))) & 1) === 1

function shortened(context: CanvasRenderingContext2D, name: string, width: number): string {
  if (context.measureText(name).width <= width) return name
  let short = name
  while (short.length > 1 && context.measureText(`${short}…`).width > width) short = short.slice(0, -1)
  return `${short}…`
}

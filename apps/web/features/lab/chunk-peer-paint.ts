// Paints who holds which chunk: a row a peer, a column a chunk, the rarest chunks marked above. Knows no page.
import type { RunView } from '@swarmdrop/peer/lab'
import { peerNumber } from '../pictures/peer-number'
import { fitCanvas } from '../ui/chunk-paint'
import { paintMark, type Spot } from '../ui/paint-mark'

/** The height of a row in sizes of the type: on a wall all of it grows. */
const ROW_EM = 1.4
const NAME_EM = 8
const RAREST_EM = 1
const MARK_EM = 0.95

export type Holdings = Pick<RunView, 'frame' | 'holdings'>
/** A range of the peers in their order; `end` is not among them. */
export type Rows = { from: number; end: number }

/** The height of the map in sizes of the type. */
export const mapHeightEm = (rows: number): number => RAREST_EM + rows * ROW_EM

/** The least number of copies; undefined where everybody has everything, or nobody is here. */
export function rarestIn({ copies, peers }: RunView['frame']): number | undefined {
  const present = peers.filter(({ role }) => role !== 'away').length
  const least = Array.from(copies).reduce((few, count) => Math.min(few, count), present)
  return least < present ? least : undefined
}

/** Gives how many columns there are: more chunks than pixels are merged. */
export function paintHoldings(canvas: HTMLCanvasElement, { frame, holdings }: Holdings, { from, end }: Rows): number {
  const { peers, chunkCount } = frame
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
  const [row, names, top] = [ROW_EM * em, NAME_EM * em, RAREST_EM * em]
  const room = width - names
  const columns = Math.min(chunkCount, Math.floor(room / 2))
  const pitch = room / columns
  const gap = pitch >= 6 ? 1 : 0
  const chunkOf = (column: number) => Math.floor((column * chunkCount) / columns)
  const endOf = (column: number) => Math.max(chunkOf(column) + 1, chunkOf(column + 1))

  context.font = `${em}px ${style.fontFamily}`
  context.textBaseline = 'middle'
  for (let peer = from; peer < end; peer++) {
    const y = top + (peer - from) * row
    const { name = '', role } = peers[peer] ?? {}
    context.globalAlpha = role === 'away' ? 0.45 : 1
    const markPlace = { x: (MARK_EM * em) / 2, y: y + row / 2, side: MARK_EM * em }
    if (role === 'server') paintServer(context, markPlace, ink)
    else paintMark(context, markPlace, peerNumber(peers[peer], peer), ink)
    context.fillStyle = ink
    const indent = (MARK_EM + 0.4) * em
    context.fillText(shortened(context, name, names - indent - 8), indent, y + row / 2)
    const bits = holdings[peer]
    for (let column = 0; column < columns; column++) {
      const [first, last] = [chunkOf(column), endOf(column)]
      let share = 0
      for (let chunk = first; chunk < last; chunk++) if (holds(bits, chunk)) share += 1 / (last - first)
      const [x, side] = [names + column * pitch, pitch - gap]
      context.fillStyle = missing
      context.fillRect(x, y + 2, side, row - 4)
      context.fillStyle = held
      context.fillRect(x, y + 2 + (row - 4) * (1 - share), side, (row - 4) * share)
    }
  }
  context.globalAlpha = 1
  context.fillStyle = ink
  const [copies, least] = [Array.from(frame.copies), rarestIn(frame)]
  for (let column = 0; column < columns; column++) {
    if (least === undefined || !copies.slice(chunkOf(column), endOf(column)).includes(least)) continue
    const middle = names + column * pitch + (pitch - gap) / 2
    const half = Math.min(em / 3, Math.max(1.5, pitch / 2))
    context.beginPath()
    context.moveTo(middle - half, top - 3 - half)
    context.lineTo(middle + half, top - 3 - half)
    context.lineTo(middle, top - 2)
    context.fill()
  }
  return columns
}

/** Three drives, one upon the other, as in the picture of the swarm. */
function paintServer(context: CanvasRenderingContext2D, { x, y, side }: Spot, ink: string): void {
  context.fillStyle = ink
  for (const row of [-0.4, -0.1, 0.2]) context.fillRect(x - side / 2, y + row * side, side, 0.2 * side)
}

/** The first chunk is the highest bit of the first byte. */
const holds = (bits: Uint8Array | undefined, chunk: number) =>
  (((bits?.[chunk >> 3] ?? 0) >> (7 - (chunk & 7))) & 1) === 1

/** A name shortened by whole characters, as a reader counts them. */
function shortened(context: CanvasRenderingContext2D, name: string, width: number): string {
  if (context.measureText(name).width <= width) return name
  const letters = [...new Intl.Segmenter().segment(name)].map(({ segment }) => segment)
  while (letters.length > 1 && context.measureText(`${letters.join('')}…`).width > width) letters.pop()
  return `${letters.join('')}…`
}

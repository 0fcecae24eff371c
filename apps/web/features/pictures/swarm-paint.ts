// Paints a swarm: who sends to whom, by the line's width how fast, and how far each peer is. Knows nothing of React or
// time.
import { paintMark } from '../ui/paint-mark'
import { lookOf } from '../ui/people'
import { peerNumber } from './peer-number'
import type { SwarmFrame } from './swarm-frame'
import { placeLabels } from './swarm-labels'
import type { Point } from './swarm-layout'

/** `scale`: on a wall everything is drawn so many times as large. */
export type SwarmLook = {
  ink: string
  quiet: string
  line: string
  edge: string
  ground: string
  font: string
  scale: number
}

export function readSwarmLook(element: Element): SwarmLook {
  const style = getComputedStyle(element)
  const colour = (name: string) => style.getPropertyValue(name).trim()
  const scale = Number.parseFloat(style.getPropertyValue('--swarm-scale')) || 1
  return {
    ink: colour('--ink'),
    quiet: colour('--quiet'),
    line: colour('--line'),
    edge: colour('--edge'),
    ground: colour('--ground'),
    font: `${Number.parseFloat(style.fontSize) / scale}px ${style.fontFamily}`,
    scale,
  }
}

export type Scene = {
  frame: SwarmFrame
  /** The points in pixels, as in `frame.peers`. */
  points: Point[]
  width: number
  height: number
  look: SwarmLook
  /** The fastest flow lately: the widest line. */
  fastest: number
  direction: 'dots' | 'arrows'
  chosen: number | undefined
}

const WIDEST_LINE = 6
const DOT_EVERY = 64
/** How far the middle of a line lies aside, as a share of its length. */
const BEND = 0.1

function radiusFor(peers: number): number {
  return peers <= 32 ? 13 : 10
}

/** A peer's own colour, by its number. */
export function colourOf(number: number, ink: string): string {
  const { colour } = lookOf(number)
  return colour === 'ink' ? ink : colour
}

/** The lines, and what shows their direction where no dots do. */
export function paintLines(context: CanvasRenderingContext2D, scene: Scene): void {
  context.clearRect(0, 0, scene.width, scene.height)
  for (const flow of scene.frame.flows) {
    const line = lineOf(scene, flow)
    if (!line) continue
    const { a, middle, b, width, colour, isMeant } = line
    context.strokeStyle = colour
    context.fillStyle = colour
    context.lineWidth = width
    context.globalAlpha = isMeant ? 0.5 : 0.1
    context.beginPath()
    context.moveTo(a.x, a.y)
    context.quadraticCurveTo(middle.x, middle.y, b.x, b.y)
    context.stroke()
    context.globalAlpha = 1
    if (scene.direction === 'arrows' && isMeant) paintArrow(context, line, radiusFor(scene.frame.peers.length))
  }
}

/** Paints dots on top of the lines; `seconds`: how long they have been under way. */
export function paintDots(context: CanvasRenderingContext2D, scene: Scene, seconds: number): void {
  for (const flow of scene.frame.flows) {
    const line = lineOf(scene, flow)
    if (!line?.isMeant) continue
    const dots = Math.max(1, Math.round(line.length / DOT_EVERY))
    const gone = (seconds * (30 + 70 * line.share)) / line.length
    const radius = dotOf(line)
    context.fillStyle = line.colour
    context.beginPath()
    for (let i = 0; i < dots; i++) {
      const { x, y } = along(line, (gone + i / dots) % 1)
      context.moveTo(x + radius, y)
      context.arc(x, y, radius, 0, 2 * Math.PI)
    }
    context.fill()
  }
}

/** Paints the peers, which stand upon the lines. */
export function paintPeers(context: CanvasRenderingContext2D, scene: Scene): void {
  context.clearRect(0, 0, scene.width, scene.height)
  for (const index of scene.frame.peers.keys()) paintPeer(context, scene, index)
  paintLabels(context, scene)
}

type Line = {
  a: Point
  middle: Point
  b: Point
  length: number
  /** The share of the fastest: 0 to 1. */
  share: number
  width: number
  colour: string
  isMeant: boolean
}

function lineOf(
  { frame, points, look, fastest, chosen }: Scene,
  { from, to, bytesPerSecond }: SwarmFrame['flows'][number],
): Line | undefined {
  const [a, b] = [points[from], points[to]]
  if (!a || !b || bytesPerSecond <= 0) return
  const length = Math.hypot(b.x - a.x, b.y - a.y) || 1
  const share = Math.min(1, bytesPerSecond / fastest)
  // Bent to its right, so that there and back are two lines.
  const middle = {
    x: (a.x + b.x) / 2 - (b.y - a.y) * BEND,
    y: (a.y + b.y) / 2 + (b.x - a.x) * BEND,
  }
  const isMeant = chosen === undefined || chosen === from || chosen === to
  const width = 1 + (WIDEST_LINE - 1) * share
  // The server's lines are grey: they are nobody's among the peers.
  const giver = frame.peers[from]
  const colour = giver?.role === 'server' ? look.quiet : colourOf(peerNumber(giver, from), look.ink)
  return { a, middle, b, length, share, width, colour, isMeant }
}

function along({ a, middle, b }: Line, t: number): Point {
  return {
    x: (1 - t) ** 2 * a.x + 2 * t * (1 - t) * middle.x + t ** 2 * b.x,
    y: (1 - t) ** 2 * a.y + 2 * t * (1 - t) * middle.y + t ** 2 * b.y,
  }
}

const dotOf = ({ width }: Line) => 1.5 + width / 4

/** Near the receiver: there it is seen whom it is for. */
function paintArrow(context: CanvasRenderingContext2D, line: Line, peerRadius: number): void {
  const end = 1 - (peerRadius + 8) / line.length
  const tip = along(line, Math.max(0.6, end))
  const before = along(line, Math.max(0.5, end - 0.06))
  const angle = Math.atan2(tip.y - before.y, tip.x - before.x)
  const long = 3 * dotOf(line) + 2
  context.beginPath()
  context.moveTo(tip.x, tip.y)
  for (const side of [-0.45, 0.45])
    context.lineTo(tip.x - long * Math.cos(angle + side), tip.y - long * Math.sin(angle + side))
  context.closePath()
  context.fill()
}

/** The ring says how far: full and doubled for a seed, dashed for a free rider; the server is a box. */
function paintPeer(context: CanvasRenderingContext2D, { frame, points, look, chosen }: Scene, index: number): void {
  const peer = frame.peers[index]
  const { x, y } = points[index] ?? { x: 0, y: 0 }
  if (!peer) return
  const radius = radiusFor(frame.peers.length)
  const number = peerNumber(peer, index)
  const colour = colourOf(number, look.ink)
  context.globalAlpha = peer.role === 'away' ? 0.4 : 1
  context.setLineDash([])
  context.fillStyle = look.ground
  context.lineWidth = 3
  if (peer.role === 'server') {
    context.strokeStyle = look.ink
    context.beginPath()
    context.roundRect(x - radius - 2, y - radius - 2, 2 * radius + 4, 2 * radius + 4, 5)
    context.fill()
    context.stroke()
    paintServer(context, x, y, look.ink)
  } else {
    ring(context, x, y, radius + (peer.role === 'seed' ? 5 : 2), 2 * Math.PI)
    context.fill()
    context.strokeStyle = peer.role === 'away' ? look.edge : look.line
    if (peer.role === 'free-rider') {
      context.strokeStyle = look.edge
      context.setLineDash([4, 4])
    }
    ring(context, x, y, radius, 2 * Math.PI)
    context.stroke()
    context.setLineDash([])
    const share = frame.chunkCount === 0 ? 0 : peer.held / frame.chunkCount
    context.strokeStyle = colour
    if (share > 0 && peer.role !== 'away') {
      ring(context, x, y, radius, 2 * Math.PI * share)
      context.stroke()
    }
    if (peer.role === 'seed') {
      context.lineWidth = 1.5
      ring(context, x, y, radius + 4, 2 * Math.PI)
      context.stroke()
    }
    paintMark(context, { x, y }, number, look.ink)
  }
  if (chosen === index) {
    context.strokeStyle = look.ink
    context.lineWidth = 2
    ring(context, x, y, radius + 9, 2 * Math.PI)
    context.stroke()
  }
  context.globalAlpha = 1
}

/** A part of a ring, from the top, clockwise. */
function ring(context: CanvasRenderingContext2D, x: number, y: number, radius: number, angle: number): void {
  context.beginPath()
  context.arc(x, y, radius, -Math.PI / 2, angle - Math.PI / 2)
}

/** Three drives, one upon the other. */
function paintServer(context: CanvasRenderingContext2D, x: number, y: number, ink: string): void {
  context.fillStyle = ink
  for (const row of [-7, -1.5, 4]) context.fillRect(x - 8, y + row, 16, 3.5)
}

/** Widths that were measured, by font and text: to place the names of a class takes thousands. */
const widths = new Map<string, number>()
const MOST_WIDTHS = 5_000

function widthOf(context: CanvasRenderingContext2D, text: string): number {
  const key = `${context.font} ${text}`
  const known = widths.get(key)
  if (known !== undefined) return known
  if (widths.size >= MOST_WIDTHS) widths.clear()
  const { width } = context.measureText(text)
  widths.set(key, width)
  return width
}

function paintLabels(context: CanvasRenderingContext2D, { frame, points, look, width, height, chosen }: Scene): void {
  context.font = look.font
  context.textBaseline = 'middle'
  context.lineJoin = 'round'
  const measure = (text: string) => widthOf(context, text)
  for (const { text, x, y, align, index } of placeLabels(frame, points, { width, height }, measure, chosen)) {
    context.textAlign = align
    context.lineWidth = 4
    context.strokeStyle = look.ground
    context.strokeText(text, x, y)
    context.fillStyle = frame.peers[index]?.role === 'away' ? look.quiet : look.ink
    context.fillText(text, x, y)
  }
}

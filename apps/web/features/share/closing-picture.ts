// Draws what the swarm did as a PNG: the people round the sender, each with a closed ring, and the sentence. Never what
// was shared.
import { lookOf, OUTLINES } from '../ui/people'
import { MIDDLE, pointsOf } from './swarm-points'

export type PicturePerson = { number: number; hasAll: boolean }

/** The width of a picture as chats show it; with twice as many pixels, for screens that have them. */
const WIDTH = 1200
const HEIGHT = 630
const MARGIN = 72
const FONT = 'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", "Noto Sans", sans-serif'
const LOOK = {
  ground: '#ffffff',
  ink: '#16161a',
  quiet: '#4e4e58',
  line: '#dedee3',
  accent: '#2b3bd9',
  good: '#0a6647',
}
const SENTENCE_PIXELS = 38
const PICTURE = { top: 96, height: 350 }

export async function closingPicture(sentence: string, people: readonly PicturePerson[]): Promise<Blob> {
  const canvas = document.createElement('canvas')
  canvas.width = WIDTH * 2
  canvas.height = HEIGHT * 2
  const context = canvas.getContext('2d')
  if (!context) throw new Error('This browser cannot draw.')
  context.scale(2, 2)
  context.fillStyle = LOOK.ground
  context.fillRect(0, 0, WIDTH, HEIGHT)
  paintName(context)
  paintSwarm(context, people)
  paintSentence(context, sentence)
  return new Promise((resolve, reject) =>
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('This browser cannot draw.'))), 'image/png'),
  )
}

function paintName(context: CanvasRenderingContext2D): void {
  context.save()
  context.fillStyle = LOOK.accent
  context.translate(MARGIN, 48)
  context.scale(1.5, 1.5)
  for (const [x, y, size] of [
    [9, 1, 6],
    [1, 9, 6],
    [17, 9, 6],
    [9, 17, 6],
    [10.5, 10.5, 3],
  ] as const)
    context.fillRect(x, y, size, size)
  context.restore()
  context.fillStyle = LOOK.ink
  context.font = `600 28px ${FONT}`
  context.textBaseline = 'middle'
  context.fillText('Swarmdrop', MARGIN + 52, 67)
}

function paintSwarm(context: CanvasRenderingContext2D, people: readonly PicturePerson[]): void {
  const at = ({ x, y }: { x: number; y: number }) => ({
    x: MARGIN + ((WIDTH - 2 * MARGIN) * x) / 100,
    y: PICTURE.top + (PICTURE.height * y) / 100,
  })
  const middle = at({ x: 50, y: MIDDLE })
  const points = pointsOf(people.length).map(at)
  const radius = people.length <= 8 ? 34 : people.length <= 16 ? 26 : 16
  context.strokeStyle = LOOK.line
  context.lineWidth = 3
  for (const { x, y } of points) {
    context.beginPath()
    context.moveTo(middle.x, middle.y)
    context.lineTo(x, y)
    context.stroke()
  }
  disc(context, middle, 44, LOOK.accent)
  context.fillStyle = LOOK.ground
  context.font = `600 26px ${FONT}`
  context.textAlign = 'center'
  context.fillText('You', middle.x, middle.y + 1)
  context.textAlign = 'start'
  for (const [i, person] of people.entries()) paintPerson(context, person, points[i] ?? middle, radius)
}

function paintPerson(
  context: CanvasRenderingContext2D,
  { number, hasAll }: PicturePerson,
  point: { x: number; y: number },
  radius: number,
): void {
  const { colour, shape } = lookOf(number)
  const ink = colour === 'ink' ? LOOK.ink : colour
  disc(context, point, radius + 4, LOOK.ground)
  context.beginPath()
  context.arc(point.x, point.y, radius, 0, 2 * Math.PI)
  context.strokeStyle = hasAll ? ink : LOOK.line
  context.lineWidth = radius / 5
  context.stroke()
  const scale = radius / 14
  context.save()
  context.translate(point.x - 7 * scale, point.y - 7 * scale)
  context.scale(scale, scale)
  const mark = new Path2D(OUTLINES[shape])
  context.fillStyle = ink
  context.fill(mark)
  context.strokeStyle = LOOK.ink
  context.lineWidth = 0.6
  context.stroke(mark)
  context.restore()
}

function disc(
  context: CanvasRenderingContext2D,
  { x, y }: { x: number; y: number },
  radius: number,
  colour: string,
): void {
  context.beginPath()
  context.arc(x, y, radius, 0, 2 * Math.PI)
  context.fillStyle = colour
  context.fill()
}

/** Paints a sentence in as many lines as it takes, upwards from the lower edge. */
function paintSentence(context: CanvasRenderingContext2D, sentence: string): void {
  context.font = `600 ${SENTENCE_PIXELS}px ${FONT}`
  context.textBaseline = 'alphabetic'
  context.fillStyle = LOOK.ink
  const lines = linesOf(sentence, (text) => context.measureText(text).width, WIDTH - 2 * MARGIN)
  for (const [i, line] of lines.entries())
    context.fillText(line, MARGIN, HEIGHT - 56 - (lines.length - 1 - i) * SENTENCE_PIXELS * 1.3)
}

/** Broken at spaces, so that each line is no wider than `most`; a word that is wider has a line of its own. */
export function linesOf(text: string, widthOf: (text: string) => number, most: number): string[] {
  const lines: string[] = []
  for (const word of text.split(' ')) {
    const last = lines.at(-1)
    if (last !== undefined && widthOf(`${last} ${word}`) <= most) lines[lines.length - 1] = `${last} ${word}`
    else lines.push(word)
  }
  return lines
}

// Draws the page's icons and the picture that chats show next to a link, all from the one mark, into apps/web/public.
// Run it when the mark changes: npm run icons
import { mkdirSync, writeFileSync } from 'node:fs'
import { Resvg } from '@resvg/resvg-js'
import { inProject } from '../tooling/project.mjs'

/** The shape of apps/web/public/icon.svg, in a square of 24. */
const MARK = 'M9 2h6v6H9zM2 9h6v6H2zm14 0h6v6h-6zM9 16h6v6H9z'
const ACCENT = '#2b3bd9'
const folder = inProject('apps/web/public')

const svg = (width: number, height: number, content: string) =>
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}">${content}</svg>`

const png = (drawing: string, width: number): Buffer =>
  new Resvg(drawing, { fitTo: { mode: 'width', value: width }, font: { loadSystemFonts: false } }).render().asPng()

/** The mark alone, as a tab shows it. */
const bare = svg(24, 24, `<path fill="${ACCENT}" d="${MARK}"/>`)

/** The icon on a ground of its own, `share` of its width, for systems that cut icons to a shape of theirs. */
function onGround(share: number): string {
  const scale = share
  const margin = 12 * (1 - scale)
  const mark = `<path fill="#fff" transform="translate(${margin} ${margin}) scale(${scale})" d="${MARK}"/>`
  return svg(24, 24, `<path fill="${ACCENT}" d="M0 0h24v24H0z"/>${mark}`)
}

/** One mark hands out, the others pass on: without words, which every chat sets in its own type next to it. */
function picture(): string {
  const marks = [
    { x: 600, y: 315, size: 264, opacity: 1 },
    { x: 240, y: 170, size: 96, opacity: 0.72 },
    { x: 236, y: 468, size: 72, opacity: 0.48 },
    { x: 96, y: 322, size: 48, opacity: 0.32 },
    { x: 960, y: 462, size: 96, opacity: 0.72 },
    { x: 972, y: 160, size: 72, opacity: 0.48 },
    { x: 1110, y: 312, size: 48, opacity: 0.32 },
  ]
  const ways = [
    [0, 1],
    [0, 2],
    [0, 4],
    [0, 5],
    [1, 2],
    [1, 3],
    [2, 3],
    [4, 5],
    [4, 6],
    [5, 6],
  ] as const
  const lines = ways.map(([from, to]) => {
    const [a, b] = [marks[from], marks[to]]
    return a && b ? `<path d="M${a.x} ${a.y}L${b.x} ${b.y}"/>` : ''
  })
  const shapes = marks.map(({ x, y, size, opacity }) => {
    const place = `translate(${x - size / 2} ${y - size / 2}) scale(${size / 24})`
    const ground = `<circle cx="${x}" cy="${y}" r="${size * 0.72}" fill="${ACCENT}"/>`
    return `${ground}<path fill="#fff" fill-opacity="${opacity}" transform="${place}" d="${MARK}"/>`
  })
  const ground = `<path fill="${ACCENT}" d="M0 0h1200v630H0z"/>`
  return svg(
    1200,
    630,
    `${ground}<g stroke="#fff" stroke-opacity=".28" stroke-width="3">${lines.join('')}</g>${shapes.join('')}`,
  )
}

/** An ICO holds its pictures as PNG: a header, an entry of 16 bytes for each, and then the pictures end to end. */
function ico(pictures: readonly { side: number; bytes: Buffer }[]): Buffer {
  const header = Buffer.alloc(6 + 16 * pictures.length)
  header.writeUInt16LE(1, 2)
  header.writeUInt16LE(pictures.length, 4)
  let offset = header.length
  for (const [index, { side, bytes }] of pictures.entries()) {
    const at = 6 + 16 * index
    header.writeUInt8(side, at)
    header.writeUInt8(side, at + 1)
    header.writeUInt16LE(1, at + 4)
    header.writeUInt16LE(32, at + 6)
    header.writeUInt32LE(bytes.length, at + 8)
    header.writeUInt32LE(offset, at + 12)
    offset += bytes.length
  }
  return Buffer.concat([header, ...pictures.map(({ bytes }) => bytes)])
}

const files = {
  'favicon.ico': ico([16, 32, 48].map((side) => ({ side, bytes: png(bare, side) }))),
  'apple-touch-icon.png': png(onGround(0.72), 180),
  'icon-192.png': png(bare, 192),
  'icon-512.png': png(bare, 512),
  // Only a circle of four fifths of the width is safe from being cut off.
  'icon-maskable-512.png': png(onGround(0.6), 512),
  'link-picture.png': png(picture(), 1200),
}
mkdirSync(folder, { recursive: true })
for (const [name, bytes] of Object.entries(files)) {
  writeFileSync(`${folder}/${name}`, bytes)
  console.log(`${name}: ${bytes.length} bytes`)
}

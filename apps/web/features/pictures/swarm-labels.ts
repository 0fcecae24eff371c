// Which names stand in the picture of a swarm, and where: outside the ring, none upon another. Knows nothing of canvas.
import { ROLE_NAMES } from './role-words'
import type { SwarmFrame } from './swarm-frame'
import type { Point } from './swarm-layout'

export type Label = { index: number; text: string; x: number; y: number; align: 'left' | 'right' | 'center' }

type Size = { width: number; height: number }

const LINE = 15
const GAP = 24
const BELOW = 26
/** Letters of a name, from what is best to what still tells one from another. */
const LENGTHS = [14, 10, 7, 5, 3]
const MARK = 14
/** The share of half the width next to which the ring goes on. */
const NEAR_MIDDLE = 0.15

/**
 * The chosen peer's label comes first, and so is sure of room; then by number. A label takes the first place that is
 * free.
 */
export function placeLabels(
  { peers }: SwarmFrame,
  points: readonly Point[],
  size: Size,
  measure: (text: string) => number,
  chosen: number | undefined,
): Label[] {
  let labels: Label[] = []
  // As long as leaves room for all.
  for (let most = 0; most < LENGTHS.length && labels.length < peers.length; most++)
    labels = placed(peers, points, size, measure, chosen, LENGTHS.slice(most))
  return labels
}

function placed(
  peers: SwarmFrame['peers'],
  points: readonly Point[],
  size: Size,
  measure: (text: string) => number,
  chosen: number | undefined,
  lengths: readonly number[],
): Label[] {
  const taken = points.map(({ x, y }) => ({ left: x - MARK, right: x + MARK, y }))
  const labels: Label[] = []
  const order = [...peers.keys()]
  if (chosen !== undefined) order.unshift(chosen)
  for (const index of new Set(order)) {
    const peer = peers[index]
    const at = points[index]
    if (!peer || !at) continue
    for (const label of candidates(index, peer, at, size, lengths)) {
      const box = { ...extent(label, measure), y: label.y }
      const fits = box.left >= 0 && box.right <= size.width && label.y > LINE / 2 && label.y < size.height - LINE / 2
      const isFree = !taken.some(
        (other) => Math.abs(other.y - label.y) < LINE && other.left < box.right && box.left < other.right,
      )
      if (!fits || !(isFree || index === chosen)) continue
      taken.push(box)
      labels.push(label)
      break
    }
  }
  return labels
}

/**
 * Outside the ring with all its words, then with the name alone, then with less and less of it; else under or over its
 * peer.
 */
function candidates(
  index: number,
  peer: SwarmFrame['peers'][number],
  at: Point,
  { width, height }: Size,
  lengths: readonly number[],
): Label[] {
  const texts = textsOf(peer, lengths)
  const aside = (at.x - width / 2) / (width / 2)
  const under = { index, x: at.x, y: at.y + (at.y < height / 2 - 1 ? -BELOW : BELOW), align: 'center' as const }
  if (peer.role === 'server') return [{ ...under, text: shortened(peer.name, LENGTHS[1]) }]
  const beside = {
    index,
    x: at.x + Math.sign(aside) * GAP,
    y: at.y,
    align: aside < 0 ? ('right' as const) : ('left' as const),
  }
  // Away from the middle: there is most room.
  const outward = { ...beside, y: at.y + Math.sign(at.y - height / 2) * LINE }
  const both = texts.flatMap((text) => [beside, under, outward].map((where) => ({ ...where, text })))
  if (Math.abs(aside) >= NEAR_MIDDLE) return both
  const isUnder = ({ align }: Label) => align === 'center'
  return [...both.filter(isUnder), ...both.filter((label) => !isUnder(label))]
}

function extent({ text, x, align }: Label, measure: (text: string) => number): { left: number; right: number } {
  const long = measure(text)
  const left = align === 'left' ? x : align === 'right' ? x - long : x - long / 2
  return { left: left - 2, right: left + long + 2 }
}

/** A leecher is what most are: only who is something else says so. */
function textsOf({ name, role }: SwarmFrame['peers'][number], lengths: readonly number[]): string[] {
  const names = lengths.map((letters) => shortened(name, letters))
  // A word more where the name itself has no room would be none.
  const isPlain = role === 'leecher' || ROLE_NAMES[role].one === name || names[0] !== name
  return [...new Set(isPlain ? names : [`${names[0]}, ${ROLE_NAMES[role].one}`, ...names])]
}

/** A name shortened by letters: none is cut in two. A number at its end stays, as it tells one from another. */
function shortened(name: string, letters = 1): string {
  const all = [...name]
  if (all.length <= letters) return name
  const [number = ''] = name.match(/\d{1,2}$/) ?? []
  const start = all.slice(0, Math.max(0, letters - 1 - number.length)).join('')
  return `${start.trimEnd()}…${number}`
}

// Which names stand in the picture of a swarm, and where: outside the ring, none upon another. Knows nothing of canvas.
import { ROLE_NAMES } from './role-words'
import type { SwarmFrame } from './swarm-frame'
import type { Place } from './swarm-layout'

export type Label = { place: number; text: string; x: number; y: number; align: 'left' | 'right' | 'center' }

const LINE = 15
const GAP = 24
const BELOW = 26
const LONGEST = 14
const MARK = 14

/** The chosen peer's label comes first, and so is sure of room; then by number. A label takes the first place that is free. */
export function placeLabels(
  { peers }: SwarmFrame,
  places: readonly Place[],
  size: { width: number; height: number },
  measure: (text: string) => number,
  chosen: number | undefined,
): Label[] {
  const taken = places.map(({ x, y }) => ({ left: x - MARK, right: x + MARK, y }))
  const labels: Label[] = []
  const order = [...peers.keys()]
  if (chosen !== undefined) order.unshift(chosen)
  for (const place of new Set(order)) {
    const peer = peers[place]
    const at = places[place]
    if (!peer || !at) continue
    for (const label of candidates(place, peer, at, size)) {
      const box = { ...extent(label, measure), y: label.y }
      const fits = box.left >= 0 && box.right <= size.width && label.y > LINE / 2 && label.y < size.height - LINE / 2
      const isFree = !taken.some(
        (other) => Math.abs(other.y - label.y) < LINE && other.left < box.right && box.left < other.right,
      )
      if (!fits || !(isFree || place === chosen)) continue
      taken.push(box)
      labels.push(label)
      break
    }
  }
  return labels
}

/** Outside the ring with all its words, then with the name alone; else under or over its peer. */
function candidates(
  place: number,
  peer: SwarmFrame['peers'][number],
  at: Place,
  { width, height }: { width: number; height: number },
): Label[] {
  const { long, short } = labelsOf(peer)
  const aside = (at.x - width / 2) / (width / 2)
  const under = { place, x: at.x, y: at.y + (at.y < height / 2 - 1 ? -BELOW : BELOW), align: 'center' as const }
  if (peer.role === 'server') return [{ ...under, text: short }]
  const beside = {
    place,
    x: at.x + Math.sign(aside) * GAP,
    y: at.y,
    align: aside < 0 ? ('right' as const) : ('left' as const),
  }
  const both = [long, short].flatMap((text) => [
    { ...beside, text },
    { ...under, text },
  ])
  return Math.abs(aside) < 0.15 ? both.filter(({ align }) => align === 'center') : both
}

function extent({ text, x, align }: Label, measure: (text: string) => number): { left: number; right: number } {
  const long = measure(text)
  const left = align === 'left' ? x : align === 'right' ? x - long : x - long / 2
  return { left: left - 2, right: left + long + 2 }
}

/** A leecher is what most are: only who is something else says so. */
function labelsOf({ name, role }: SwarmFrame['peers'][number]): { long: string; short: string } {
  const short = name.length > LONGEST ? `${name.slice(0, LONGEST - 1)}…` : name
  const isPlain = role === 'leecher' || ROLE_NAMES[role].one === name
  return { short, long: isPlain ? short : `${short}, ${ROLE_NAMES[role].one}` }
}

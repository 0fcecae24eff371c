import { describe, expect, it } from 'vitest'
import type { SwarmFrame } from './swarm-frame'
import { type Label, placeLabels } from './swarm-labels'

const size = { width: 600, height: 400 }
const measure = (text: string) => 7 * text.length

/** A server in the middle and this many around it. */
function crowd(count: number, role: SwarmFrame['peers'][number]['role'] = 'leecher') {
  const peers = Array.from({ length: count }, (_, i) => ({ id: `${i}`, name: `peer ${i + 1}`, role, held: 0 }))
  const points = peers.map((_, i) => {
    const angle = (2 * Math.PI * i) / count
    return { x: 300 + 200 * Math.cos(angle), y: 200 + 150 * Math.sin(angle) }
  })
  const server = { id: 'server', name: 'server', role: 'server' as const, held: 0 }
  const frame: SwarmFrame = { peers: [server, ...peers], chunkCount: 0, copies: [], flows: [] }
  return { frame, points: [{ x: 300, y: 200 }, ...points] }
}

function box({ text, x, y, align }: Label) {
  const long = measure(text)
  const left = align === 'left' ? x : align === 'right' ? x - long : x - long / 2
  return { left, right: left + long, y }
}

describe('the names in the picture', () => {
  it.each([1, 8, 30, 60])('of %i peers lie inside of it and none upon another', (count) => {
    const { frame, points } = crowd(count)
    const labels = placeLabels(frame, points, size, measure, undefined)
    const boxes = labels.map(box)
    for (const { left, right, y } of boxes) {
      expect(Math.min(left, size.width - right, y, size.height - y)).toBeGreaterThanOrEqual(0)
    }
    const clashes = boxes.flatMap((a, i) =>
      boxes.slice(i + 1).filter((b) => Math.abs(a.y - b.y) < 13 && a.left < b.right && b.left < a.right),
    )
    expect(clashes).toEqual([])
    if (count <= 30) expect(labels).toHaveLength(count + 1)
  })

  it('of a class are all there, the long ones shortened, none cut within a letter', () => {
    const { frame, points } = crowd(30)
    frame.peers.forEach((peer, i) => {
      if (peer.role !== 'server')
        peer.name = ['Maximiliane Hohenstein', 'محمد عبد الرحمن', '👩‍🚀🚀🚀🚀🚀🚀🚀🚀', 'Bo'][i % 4] as string
    })
    const labels = placeLabels(frame, points, size, measure, undefined)
    expect(labels).toHaveLength(31)
    for (const { text } of labels) expect(text).not.toMatch(/\p{Surrogate}/u)
  })

  it('keep the number at a name’s end, by which one is told from another', () => {
    const { frame, points } = crowd(60)
    frame.peers.forEach((peer, i) => {
      if (peer.role !== 'server') peer.name = `Participant ${i}`
    })
    const texts = placeLabels(frame, points, { width: 300, height: 300 }, measure, undefined).map(({ text }) => text)
    for (const text of texts.filter((one) => one !== 'server')) expect(text).toMatch(/…\d+$/)
    expect(new Set(texts).size).toBe(texts.length)
  })

  it('say what somebody is who is no leecher', () => {
    const { frame, points } = crowd(3, 'free-rider')
    const texts = placeLabels(frame, points, size, measure, undefined).map(({ text }) => text)
    expect(texts).toContain('server')
    expect(texts).toContain('peer 1, free rider')
  })

  it('always hold the one that is chosen', () => {
    const { frame, points } = crowd(60)
    for (const chosen of points.keys()) {
      const labels = placeLabels(frame, points, size, measure, chosen)
      expect(labels.map(({ index }) => index)).toContain(chosen)
    }
  })
})

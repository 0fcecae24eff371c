import { describe, expect, it } from 'vitest'
import { SwarmLayout } from './swarm-layout'

const peers = (count: number) => ['server', ...Array.from({ length: count }, (_, i) => `peer ${i + 1}`)]

function settled(ids: string[], layout = new SwarmLayout()): SwarmLayout {
  layout.setPeers(ids, 'server')
  for (let i = 0; i < 500 && layout.step(); i++);
  return layout
}

function distance(a: { x: number; y: number }, b: { x: number; y: number }): number {
  return Math.hypot(a.x - b.x, a.y - b.y)
}

describe('the points of a swarm', () => {
  it.each([2, 8, 30, 60])('of %i peers: the server in the middle, the others around it, none upon another', (count) => {
    const ids = peers(count)
    const layout = settled(ids)
    expect(layout.pointOf('server')).toMatchObject({ x: 0, y: 0 })
    const points = ids.slice(1).map((id) => layout.pointOf(id))
    for (const point of points) expect(distance(point, { x: 0, y: 0 })).toBeGreaterThan(0.8)
    const nearest = points.map((one, i) => Math.min(...points.filter((_, j) => j !== i).map((o) => distance(one, o))))
    expect(Math.min(...nearest)).toBeGreaterThan(2 / count)
  })

  it('stay where they are when somebody comes, but for a step aside', () => {
    const layout = settled(peers(12))
    const before = peers(12).map((id) => ({ ...layout.pointOf(id) }))
    settled(peers(13), layout)
    const moved = peers(12).map((id, i) => distance(layout.pointOf(id), before[i] ?? { x: 9, y: 9 }))
    expect(Math.max(...moved)).toBeLessThan(0.5)
    expect(moved.reduce((sum, one) => sum + one, 0) / moved.length).toBeLessThan(0.2)
  })

  it('have the server in the middle also when it is known only later, and while it is away', () => {
    const layout = new SwarmLayout()
    layout.setPeers(peers(8), undefined)
    expect(distance(layout.pointOf('server'), { x: 0, y: 0 })).toBeGreaterThan(0.8)
    settled(peers(8), layout)
    expect(layout.pointOf('server')).toMatchObject({ x: 0, y: 0 })
    layout.setPeers(peers(8), undefined)
    layout.setPeers(peers(9), undefined)
    for (let i = 0; i < 50; i++) layout.step()
    expect(layout.pointOf('server')).toMatchObject({ x: 0, y: 0 })
  })

  it('are the same for the same peers, and rest once all have room', () => {
    const [one, other] = [settled(peers(20)), settled(peers(20))]
    for (const id of peers(20)) expect(one.pointOf(id)).toEqual(other.pointOf(id))
    expect(one.step()).toBe(false)
  })
})

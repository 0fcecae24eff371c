import { describe, expect, it } from 'vitest'
import { crowdOf, pointsOf } from './swarm-points'

describe('the points round the sender', () => {
  it('are next to it for one or two, and begin above for more', () => {
    expect(pointsOf(1)).toEqual([{ x: 88, y: 50 }])
    expect(pointsOf(2).map(({ x, y }) => [Math.round(x), Math.round(y)])).toEqual([
      [88, 50],
      [12, 50],
    ])
    expect(pointsOf(3)[0]?.x).toBeCloseTo(50, 9)
    expect(pointsOf(3)[0]?.y).toBeCloseTo(24, 9)
  })

  it('are in the picture, apart from each other and from the middle, for as many as a tab knows', () => {
    for (let count = 1; count <= 60; count++) {
      const points = pointsOf(count)
      for (const { x, y } of points) {
        expect(Math.min(x, y)).toBeGreaterThan(10)
        expect(Math.max(x, y)).toBeLessThan(90)
        expect(Math.hypot(x - 50, y - 50)).toBeGreaterThan(15)
      }
      // On a phone 1 % is 3.4 px each way: the smallest of them are 20 px wide.
      const apart = points.flatMap((a, i) => points.slice(i + 1).map((b) => Math.hypot(a.x - b.x, a.y - b.y)))
      expect(Math.min(100, ...apart), `${count} people`).toBeGreaterThan(count <= 8 ? 20 : count <= 32 ? 5 : 3)
    }
  })

  it('grow smaller with the crowd', () =>
    expect([1, 8, 9, 16, 17, 60].map(crowdOf)).toEqual(['few', 'few', 'some', 'some', 'many', 'many']))
})

import { expect, it } from 'vitest'
import { axisOf } from './bar-axis'

it.each([
  [1_800, 2_400, [0, 600, 1_200, 1_800, 2_400]],
  [25.6, 30, [0, 10, 20, 30]],
  [4, 5, [0, 1, 2, 3, 4, 5]],
])('%f s stand on an axis of %f s with whole ticks', (seconds, extent, ticks) => {
  expect(axisOf(seconds)).toEqual({ extent, ticks })
})

it('holds every time, with few ticks', () => {
  for (let seconds = 0.01; seconds < 1e7; seconds *= 1.37) {
    const { extent, ticks } = axisOf(seconds)
    expect(extent).toBeGreaterThan(seconds)
    expect(extent).toBeLessThan(2.1 * seconds)
    expect(ticks.length).toBeGreaterThanOrEqual(3)
    expect(ticks.length).toBeLessThanOrEqual(8)
    expect(axisOf(extent, true).ticks.length).toBe(ticks.length)
  }
})

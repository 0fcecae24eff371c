import { expect, it } from 'vitest'
import { StandStill } from './stand-still'

it('is the share of the time by which beats were late', () => {
  const still = new StandStill(500)
  expect(still.share).toBe(0)
  for (const ms of [0, 500, 1_010, 1_510]) still.beat(ms)
  expect(still.share).toBe(0)
  // It stood still for 490 of what are now 2,500 ms.
  still.beat(2_500)
  expect(still.share).toBeCloseTo(490 / 2_500)
})

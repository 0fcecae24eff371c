import { expect, it } from 'vitest'
import { StandStill } from './stand-still'

/** A page whose timers ring when the test says so. */
class Page {
  ms = 5_000
  #ring = () => {}
  isBeating = false

  now() {
    return this.ms
  }
  every(_ms: number, ring: () => void) {
    this.#ring = ring
    this.isBeating = true
    return () => {
      this.isBeating = false
    }
  }
  /** The next beat rings so much later. */
  beatAfter(ms: number) {
    this.ms += ms
    this.#ring()
  }
}

it('is the share of the time by which beats were late', () => {
  const page = new Page()
  const still = new StandStill(page)
  expect(still.share).toBe(0)
  still.start()
  for (const ms of [100, 110, 90, 140]) page.beatAfter(ms)
  expect(still.share).toBe(0)
  // It stood still for 460 of what are now 1,000 ms.
  page.beatAfter(560)
  expect(still.share).toBeCloseTo(460 / 1_000)
  still.stop()
  expect(page.isBeating).toBe(false)
})

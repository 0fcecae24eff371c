import { describe, expect, it } from 'vitest'
import { fromSlider, readCount, readQuantity, SLIDER_STEPS, toSlider, written } from './quantities'
import { QUANTITIES } from './theory-state'

describe('a quantity as somebody types it', () => {
  it.each([
    ['104.8576', 104_857_600],
    ['104,8576', 104_857_600],
    [' 1 000 ', 1e9],
  ])('%s MB', (text, value) => {
    expect(readQuantity(text, QUANTITIES.file)).toEqual({ value })
  })

  it('keeps what is set, to the thousandth of a byte a second', () => {
    expect(readQuantity('29.127111', QUANTITIES.up)).toEqual({ value: 29_127.111 })
    expect(written(29_127.111, 1e3)).toBe('29.127')
  })

  it.each(['', 'fast', '-1', '1e9', '0x10', '1.2.3', 'Infinity'])('“%s” is explained, and changes nothing', (text) => {
    expect(readQuantity(text, QUANTITIES.server)).toEqual({ problem: 'Write a number in kB/s, such as 100.' })
  })

  it('says the least and the most', () => {
    expect(readQuantity('0', QUANTITIES.server)).toEqual({ problem: 'At least 0.1 kB/s.' })
    expect(readQuantity('0', QUANTITIES.up)).toEqual({ value: 0 })
    expect(readQuantity('9999999999', QUANTITIES.server)).toEqual({ problem: 'At most 1000000000 kB/s.' })
    expect(readCount('1001', 1, 1_000)).toEqual({ problem: 'At most 1,000.' })
    expect(readCount('2.5', 1, 1_000)).toHaveProperty('problem')
  })
})

describe('a slider', () => {
  it('reaches from end to end, and 0 where that may be', () => {
    expect(fromSlider(0, QUANTITIES.up)).toBe(0)
    expect(fromSlider(0, QUANTITIES.server)).toBe(QUANTITIES.server.slider.from)
    expect(fromSlider(SLIDER_STEPS, QUANTITIES.file)).toBe(QUANTITIES.file.slider.to)
  })

  it('stands where its value is, or at the end that is nearest', () => {
    for (const step of [1, 250, 999])
      expect(Math.abs(toSlider(fromSlider(step, QUANTITIES.up), QUANTITIES.up) - step)).toBeLessThan(9)
    expect(toSlider(1e15, QUANTITIES.server)).toBe(SLIDER_STEPS)
    expect(toSlider(1, QUANTITIES.server)).toBe(0)
  })
})

import { describe, expect, it } from 'vitest'
import { formatDigits, unitFor } from './time-unit'

describe('the unit of a chart', () => {
  it.each([
    [0, 's'],
    [89, 's'],
    [90, 'min'],
    [5_399, 'min'],
    [5_400, 'h'],
    [12_600, 'h'],
  ])('is for a longest time of %i s the %s', (longest, short) => {
    expect(unitFor(longest).short).toBe(short)
  })
})

describe('a time', () => {
  it('is written with three digits that count, in the unit of what it is compared with', () => {
    expect([2_800 / 3_600, 3.5, 12.345].map(formatDigits)).toEqual(['0.778', '3.5', '12.3'])
  })

  it('has no end where there is none, and is nought where it is nothing', () => {
    expect(formatDigits(Number.POSITIVE_INFINITY)).toBe('∞')
    expect(formatDigits(0)).toBe('0')
    expect(formatDigits(123_456)).toBe('123,456')
  })
})

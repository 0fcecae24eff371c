import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { COUNT, KB_PER_SECOND, KIB, MB, type NumberRange, readNumber, written } from './read-number'

const file: NumberRange = { unit: MB, least: 1e3, most: 1e12 }
const rate: NumberRange = { unit: KB_PER_SECOND, least: 100, most: 1e12 }
const limit: NumberRange = { ...rate, least: 1e3, mayBeEmpty: true }
const peers: NumberRange = { unit: COUNT, least: 1, most: 1_000 }

describe('a number as somebody types it', () => {
  it.each<[string, NumberRange, number]>([
    ['104.8576', file, 104_857_600],
    ['104,8576', file, 104_857_600],
    [' 1 000 ', file, 1e9],
    ['1\u00a0000', file, 1e9],
    ['500', rate, 500_000],
    [' 1 ', rate, 1_000],
    ['1,5', rate, 1_500],
    ['29.127111', rate, 29_127.111],
    ['256', { unit: KIB, least: 1, most: 262_144 }, 262_144],
    ['10', peers, 10],
    ['1,000', peers, 1_000],
  ])('%j is read', (text, range, value) => {
    expect(readNumber(text, range)).toEqual({ value })
  })

  it.each(['', '   '])('%j is no limit where there need be none', (text) => {
    expect(readNumber(text, limit)).toEqual({ value: undefined })
    expect(readNumber(text, rate)).toEqual({ problem: 'Write a number in kB/s, such as 100.' })
  })

  it.each(['fast', '-1', '1e9', '0x10', '1.2.3', '1,000.5', 'Infinity'])('%j is explained with its unit', (text) => {
    expect(readNumber(text, rate)).toEqual({ problem: 'Write a number in kB/s, such as 100.' })
    expect(readNumber(text, limit)).toEqual({ problem: 'Write a number in kB/s, such as 100. Or leave it empty.' })
  })

  it.each<[string, NumberRange, string]>([
    ['0', { ...file, least: 1e5 }, 'At least 0.1 MB.'],
    ['0', rate, 'At least 0.1 kB/s.'],
    ['0.5', limit, 'At least 1 kB/s. Or leave it empty.'],
    ['9999999999', rate, 'At most 1,000,000,000 kB/s.'],
    ['300', { ...file, most: 268_435_456 }, 'At most 268.435456 MB.'],
    ['0', peers, 'At least 1.'],
    ['1001', peers, 'At most 1,000.'],
    ['2.5', peers, 'Write a whole number, such as 10.'],
  ])('%j is told what it may be: %#', (text, range, problem) => {
    expect(readNumber(text, range)).toEqual({ problem })
  })

  it('is written so that it is read as the same, to three digits after the point', () => {
    fc.assert(
      fc.property(fc.integer({ min: 100, max: 1e12 }), (bytes) => {
        expect(readNumber(written(bytes, KB_PER_SECOND), rate)).toEqual({ value: bytes })
      }),
    )
    expect(written(undefined, MB)).toBe('')
    expect(written(29_127.111, KB_PER_SECOND)).toBe('29.127')
    expect(written(16_777_216, MB)).toBe('16.777')
  })
})

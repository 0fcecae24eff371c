import { describe, expect, it } from 'vitest'
import {
  countFiles,
  countOf,
  countPeople,
  formatAbout,
  formatBytes,
  formatCount,
  formatDuration,
  formatPercent,
  formatRate,
  formatSeconds,
  formatSpan,
  percentOf,
} from './format'

const plain = (text: string) => text.replaceAll('\u00a0', ' ')

describe('sizes', () => {
  it.each([
    [0, '0 B'],
    [1, '1 B'],
    [999, '999 B'],
    [1000, '1.0 kB'],
    [262_144, '262.1 kB'],
    [999_960, '1.0 MB'],
    [20 * 1024 * 1024, '21.0 MB'],
    [1_234_000_000, '1.23 GB'],
    [5_000_000_000_000, '5.00 TB'],
  ])('writes %d bytes as %s', (bytes, text) => expect(plain(formatBytes(bytes))).toBe(text))

  it('keeps number and unit on one line', () => expect(formatBytes(5_000_000)).toBe('5.0\u00a0MB'))
})

describe('rates', () => {
  it.each([
    [0, '0.0 MB/s'],
    [420, '1 kB/s'],
    [64_000, '64 kB/s'],
    [99_499, '99 kB/s'],
    [99_500, '0.1 MB/s'],
    [3_240_000, '3.2 MB/s'],
  ])('writes %d bytes a second as %s', (rate, text) => expect(plain(formatRate(rate))).toBe(text))
})

describe('guesses', () => {
  it.each([
    [0.2, '1 s'],
    [17.3, '18 s'],
    [38, '40 s'],
    [59, '1 min'],
    [104, '1 min 50 s'],
    [1_790, '30 min'],
    [3_899, '1 h 5 min'],
  ])('writes about %d seconds as %s', (seconds, text) => expect(plain(formatAbout(seconds))).toBe(text))
})

describe('durations', () => {
  it.each([
    [0.2, '1 s'],
    [41.2, '42 s'],
    [60, '1 min'],
    [3599.5, '1 h'],
    [7500, '2 h 5 min'],
    [200_000, 'more than 2 days'],
  ])('writes %d seconds as %s', (seconds, text) => expect(plain(formatDuration(seconds))).toBe(text))
})

describe('measured times', () => {
  it.each([
    [0, '0.0 s'],
    [12.44, '12.4 s'],
    [99.94, '99.9 s'],
    [99.96, '1 min 40 s'],
    [7499.6, '2 h 5 min'],
  ])('writes %d seconds as %s', (seconds, text) => expect(plain(formatSeconds(seconds))).toBe(text))
})

describe('percent', () => {
  it('never says 100 before the last part is there', () => expect(percentOf(9_999, 10_000)).toBe(99))
  it('says 100 of an empty file', () => expect(percentOf(0, 0)).toBe(100))
  it('stays between 0 and 100', () => expect([percentOf(-1, 5), percentOf(6, 5)]).toEqual([0, 100]))
  it('has its sign next to it', () => expect(formatPercent(62)).toBe('62\u00a0%'))
})

describe('counts', () => {
  it('groups thousands', () => expect(formatCount(20_000)).toBe('20,000'))
  it('counts files where the name does not say it already', () => {
    expect(countFiles(['a', 'b'], 'photos')).toBe('2 files')
    expect(countFiles(['a', 'b'], '2 files')).toBeUndefined()
    expect(countFiles(['a'], 'a')).toBeUndefined()
  })
  it('knows one from many', () => {
    expect([countOf(1, 'file'), countOf(5000, 'file')]).toEqual(['1 file', '5,000 files'])
    expect([countPeople(1), countPeople(0)]).toEqual(['1 person', '0 people'])
  })
})

it('says spans of any length in the unit that people use', () => {
  const said = [0.432, 1, 28.44, 99.96, 1_800, 1_803.4, 3_599.8, 3_900, 12_600, 172_800, 266_400, 1e6, 1e9]
  expect(said.map((seconds) => formatSpan(seconds).replaceAll('\u00a0', ' '))).toEqual([
    '0.43 s',
    '1 s',
    '28.4 s',
    '1 min 40 s',
    '30 min',
    '30 min 3 s',
    '1 h',
    '1 h 5 min',
    '3 h 30 min',
    '2 days',
    '3 days 2 h',
    '12 days',
    '11,574 days',
  ])
  expect(formatSpan(Number.POSITIVE_INFINITY)).toBe('∞')
})

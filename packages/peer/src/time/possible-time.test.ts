import { expect, it } from 'vitest'
import { possibleMs } from './possible-time'

const NOW_MS = Date.UTC(2027, 5, 1)

it('takes a time for now that is yet to come, or was before this program', () => {
  for (const ms of [0, Date.UTC(2001, 0, 1), Date.UTC(2025, 11, 31), NOW_MS + 1, Date.UTC(2099, 0, 1)])
    expect(possibleMs(ms, NOW_MS), new Date(ms).toISOString()).toBe(NOW_MS)
})

it('believes all others', () => {
  for (const ms of [Date.UTC(2026, 11, 1), NOW_MS - 1, NOW_MS]) expect(possibleMs(ms, NOW_MS)).toBe(ms)
})

it('counts by a clock that is before this program as that clock does', () => {
  expect(possibleMs(3_000, 5_000)).toBe(3_000)
  expect(possibleMs(NOW_MS, 5_000)).toBe(5_000)
})

import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { calmly } from './calm'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

it('passes the first change on at once', () => {
  const notify = vi.fn()
  calmly(notify, 200).call()
  expect(notify).toHaveBeenCalledTimes(1)
})

it('passes at most one change in each interval', () => {
  const notify = vi.fn()
  const calm = calmly(notify, 200)
  for (let ms = 0; ms < 1000; ms += 10) {
    calm.call()
    vi.advanceTimersByTime(10)
  }
  expect(notify).toHaveBeenCalledTimes(6)
})

it('never loses the last change', () => {
  const notify = vi.fn()
  const calm = calmly(notify, 200)
  calm.call()
  calm.call()
  vi.advanceTimersByTime(200)
  expect(notify).toHaveBeenCalledTimes(2)
})

it('says nothing once cancelled', () => {
  const notify = vi.fn()
  const calm = calmly(notify, 200)
  calm.call()
  calm.call()
  calm.cancel()
  vi.advanceTimersByTime(1000)
  expect(notify).toHaveBeenCalledTimes(1)
})

import { expect, it, vi } from 'vitest'
import { retryUntilDone } from './retry-until-done'

it('tries again until the server is back, and never fails', async () => {
  vi.useFakeTimers()
  const load = vi.fn<() => Promise<string>>()
  load
    .mockRejectedValueOnce(new Error('the server is away'))
    .mockRejectedValueOnce(new Error('still'))
    .mockResolvedValue('code')
  const loaded = retryUntilDone(load)
  await vi.advanceTimersByTimeAsync(10_000)
  expect(await loaded).toBe('code')
  expect(load).toHaveBeenCalledTimes(3)
  vi.useRealTimers()
})

import { expect, it, vi } from 'vitest'
import { setAppBadge } from './app-badge'

it('is a number, a mark alone, or none, and nothing where the browser has none', () => {
  const device = { setAppBadge: vi.fn(async () => {}), clearAppBadge: vi.fn(async () => {}) }
  for (const what of [40, 'dot', undefined] as const) setAppBadge(what, device)
  expect(device.setAppBadge.mock.calls).toEqual([[40], []])
  expect(device.clearAppBadge).toHaveBeenCalledOnce()
  setAppBadge(40, {})
})

it('is no matter of the transfer where it is refused', async () => {
  setAppBadge(40, { setAppBadge: () => Promise.reject(new DOMException('', 'NotAllowedError')) })
  await new Promise((next) => setImmediate(next))
})

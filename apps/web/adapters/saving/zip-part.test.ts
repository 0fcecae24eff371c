// The part of the page that writes ZIPs, on a network that comes and goes.
import { afterEach, expect, it, vi } from 'vitest'

afterEach(() => {
  vi.doUnmock('./zip')
  vi.resetModules()
})

it('is told apart from a ZIP that cannot be made, and is tried again', async () => {
  vi.resetModules()
  vi.doMock('./zip', () => {
    throw new TypeError('Failed to fetch')
  })
  const { zipPart, expectZip } = await import('./zip-part')
  // Anyone who only expects it is told nothing.
  expectZip()
  await expect(zipPart()).rejects.toMatchObject({
    code: 'unavailable',
    message: expect.stringContaining('did not load'),
  })
  vi.doUnmock('./zip')
  await expect(zipPart()).resolves.toHaveProperty('zipStream')
})

// The browser's own notices are fakes; which way is taken is not.
import { afterEach, expect, it, vi } from 'vitest'
import { noticePower, showNotice } from './system-notices'

afterEach(() => void vi.unstubAllGlobals())

const NOTICE = { title: 'Your download is complete', body: 'a.bin', icon: '/icon-192.png' }

it.each([
  [{ isSecureContext: true, Notification: { permission: 'default' } }, 'unasked'],
  [{ isSecureContext: true, Notification: { permission: 'granted' } }, 'given'],
  [{ isSecureContext: true, Notification: { permission: 'denied' } }, 'refused'],
  [{ isSecureContext: false, Notification: { permission: 'default' } }, 'none'],
  [{ isSecureContext: true }, 'none'],
])('of %o the power is %s', (window, power) => {
  expect(noticePower(window as never)).toBe(power)
})

it('is shown by the page, and leads to it', async () => {
  const shown: { title: string; onclick?: () => void; close: () => void }[] = []
  class Notification {
    close = vi.fn()
    constructor(readonly title: string) {
      shown.push(this)
    }
  }
  const focus = vi.fn()
  vi.stubGlobal('window', { focus })
  vi.stubGlobal('Notification', Notification)
  await showNotice(NOTICE)
  expect(shown.map(({ title }) => title)).toEqual([NOTICE.title])
  shown[0]?.onclick?.()
  expect(focus).toHaveBeenCalledOnce()
  expect(shown[0]?.close).toHaveBeenCalledOnce()
})

it('is shown by the worker on a phone, which lets nobody else; and fails nobody’s transfer where there is none', async () => {
  vi.stubGlobal('Notification', () => {
    throw new TypeError('Illegal constructor')
  })
  const postMessage = vi.fn()
  vi.stubGlobal('navigator', { serviceWorker: { getRegistration: async () => ({ active: { postMessage } }) } })
  await showNotice(NOTICE)
  expect(postMessage.mock.calls).toEqual([[{ kind: 'notify', ...NOTICE }]])
  vi.stubGlobal('navigator', {})
  await showNotice(NOTICE)
})

// Holds the lock without a browser: what grants it, and the page that is seen or hidden, are fakes.
import { expect, it } from 'vitest'
import { keepAwake } from './wake-lock'

/** Counts the locks that are held; takes them away when the page is hidden, as browsers do. */
function device({ refuses = false } = {}) {
  const locks = new Set<object>()
  const page = Object.assign(new EventTarget(), { visibilityState: 'visible' as DocumentVisibilityState })
  const request = async () => {
    if (refuses || page.visibilityState !== 'visible') throw new DOMException('no', 'NotAllowedError')
    const sentinel = { release: async () => void locks.delete(sentinel) }
    locks.add(sentinel)
    return sentinel as unknown as WakeLockSentinel
  }
  const see = (visibilityState: DocumentVisibilityState) => {
    page.visibilityState = visibilityState
    if (visibilityState === 'hidden') locks.clear()
    page.dispatchEvent(new Event('visibilitychange'))
  }
  return { awake: { wakeLock: { request }, page }, locks, see }
}

const settled = () => new Promise((next) => setImmediate(next))

it('keeps the device awake until it is told that it need not', async () => {
  const { awake, locks } = device()
  const stop = keepAwake(awake)
  await settled()
  expect(locks.size).toBe(1)
  stop()
  await settled()
  expect(locks.size).toBe(0)
})

it('asks again when the page is seen again, and holds one lock however often that is', async () => {
  const { awake, locks, see } = device()
  const stop = keepAwake(awake)
  for (const state of ['hidden', 'visible', 'visible'] as const) {
    see(state)
    await settled()
  }
  expect(locks.size).toBe(1)
  stop()
  see('visible')
  await settled()
  expect(locks.size).toBe(0)
})

it('lets go of a lock that is granted too late', async () => {
  const { awake, locks } = device()
  keepAwake(awake)()
  await settled()
  expect(locks.size).toBe(0)
})

it('does without where the browser has none, or refuses', async () => {
  const { awake } = device({ refuses: true })
  keepAwake(awake)()
  keepAwake({ ...awake, wakeLock: undefined })()
  await settled()
})

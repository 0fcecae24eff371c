// The page's side alone: the browser's container, the registration and the workers are fakes.
import { expect, it, vi } from 'vitest'
import { installServiceWorker, sharedByApp } from './service-worker'

function browser({ controlled = true } = {}) {
  const worker = () => Object.assign(new EventTarget(), { state: 'installing', postMessage: vi.fn() })
  const registration = Object.assign(new EventTarget(), {
    waiting: undefined as ReturnType<typeof worker> | undefined,
    installing: undefined as ReturnType<typeof worker> | undefined,
  })
  const container = Object.assign(new EventTarget(), {
    controller: controlled ? worker() : null,
    register: vi.fn(async () => registration),
  })
  const page = Object.assign(new EventTarget(), { visibilityState: 'visible' as DocumentVisibilityState })
  const reload = vi.fn()
  let idle = true
  const waits: (() => void)[] = []
  const setTimeout = (ring: () => void) => waits.push(ring)
  const place = { container: container as unknown as ServiceWorkerContainer, page, reload, setTimeout }
  return {
    registration,
    container,
    reload,
    install: () => installServiceWorker({ script: '/drop/service-worker.js', scope: '/drop/' }, () => idle, place),
    become(state: { idle?: boolean; seen?: DocumentVisibilityState }) {
      idle = state.idle ?? idle
      page.visibilityState = state.seen ?? page.visibilityState
      page.dispatchEvent(new Event('visibilitychange'))
    },
    /** Lets time pass until it is next due to look. */
    wait: () => waits.shift()?.(),
    /** A newer one is found, and whole when `finish` is called. */
    find() {
      const found = worker()
      registration.installing = found
      registration.dispatchEvent(new Event('updatefound'))
      const finish = () => {
        found.state = 'installed'
        found.dispatchEvent(new Event('statechange'))
        registration.installing = undefined
        registration.waiting = found
      }
      return { postMessage: found.postMessage, finish }
    },
    say: (data: unknown, ports: unknown[] = []) =>
      container.dispatchEvent(Object.assign(new Event('message'), { data, ports })),
  }
}

const OFFER = { kind: 'take-over-when-idle' }

it('registers below the page’s own path, and never by an old copy of the script', async () => {
  const { container, install } = browser()
  await install()
  expect(container.register).toHaveBeenCalledWith('/drop/service-worker.js', {
    scope: '/drop/',
    updateViaCache: 'none',
  })
})

it('offers a newer worker its place when it is found, and again when the page has become idle', async () => {
  const there = browser()
  const offer = await there.install()
  const newer = there.find()
  offer()
  expect(newer.postMessage).not.toHaveBeenCalled()
  newer.finish()
  expect(newer.postMessage.mock.calls).toEqual([[OFFER]])
  offer()
  there.become({ seen: 'visible' })
  expect(newer.postMessage).toHaveBeenCalledTimes(3)
})

it('offers it again and again, as others may have been busy, while it is idle itself', async () => {
  const there = browser()
  await there.install()
  const newer = there.find()
  newer.finish()
  there.wait()
  there.wait()
  expect(newer.postMessage).toHaveBeenCalledTimes(3)
  there.become({ idle: false })
  there.wait()
  expect(newer.postMessage).toHaveBeenCalledTimes(3)
})

it('offers it to one that waits from an earlier visit, and to one that was found before the page listened', async () => {
  const there = browser()
  const waiting = there.find()
  waiting.finish()
  await there.install()
  expect(waiting.postMessage.mock.calls).toEqual([[OFFER]])

  const early = browser()
  const found = early.find()
  await early.install()
  found.finish()
  expect(found.postMessage.mock.calls).toEqual([[OFFER]])
})

it('offers nothing while something is going on in it', async () => {
  const there = browser()
  there.become({ idle: false })
  const offer = await there.install()
  const newer = there.find()
  newer.finish()
  offer()
  expect(newer.postMessage).not.toHaveBeenCalled()
})

it('says whether it is idle, as it is when it is asked', async () => {
  const { become, install, say } = browser()
  await install()
  const port = { postMessage: vi.fn() }
  say({ kind: 'are-you-idle' }, [port])
  become({ idle: false })
  say({ kind: 'are-you-idle' }, [port])
  expect(port.postMessage.mock.calls).toEqual([[true], [false]])
})

it('is made again from the build that has taken over: unseen, and while nothing is going on', async () => {
  const { become, container, install, reload } = browser()
  await install()
  become({ seen: 'hidden' })
  become({ seen: 'visible' })
  container.dispatchEvent(new Event('controllerchange'))
  expect(reload).not.toHaveBeenCalled()
  become({ idle: false, seen: 'hidden' })
  expect(reload).not.toHaveBeenCalled()
  become({ seen: 'visible' })
  become({ idle: true, seen: 'hidden' })
  expect(reload).toHaveBeenCalledOnce()
})

it('is not made again by its first worker, which is of its own build', async () => {
  const { become, container, install, reload } = browser({ controlled: false })
  await install()
  container.dispatchEvent(new Event('controllerchange'))
  become({ seen: 'hidden' })
  expect(reload).not.toHaveBeenCalled()
})

it('gets what another app has shared by its ticket, and nothing of another’s', async () => {
  const there = browser()
  const asked = sharedByApp('mine', there.container as never, () => {})
  expect(there.container.controller?.postMessage.mock.calls).toEqual([[{ kind: 'hand-over', ticket: 'mine' }]])
  there.say({ kind: 'handed-over', ticket: 'other', files: [], text: 'other' })
  there.say({ kind: 'handed-over', ticket: 'mine', files: [], text: 'mine' })
  expect(await asked).toMatchObject({ text: 'mine' })
})

it('does not wait for ever: with no worker, with one that says nothing, and with one that has nothing', async () => {
  const bare = browser({ controlled: false })
  expect(await sharedByApp('mine', bare.container as never, () => {})).toBeUndefined()
  const there = browser()
  expect(await sharedByApp('mine', there.container as never, (ring) => ring())).toBeUndefined()
  const asked = sharedByApp('mine', there.container as never, () => {})
  there.say({ kind: 'handed-over', ticket: 'mine', files: [], text: '' })
  expect(await asked).toBeUndefined()
})

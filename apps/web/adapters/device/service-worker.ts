// The page's side of its service worker: puts it in place, lets a newer one take over, and gets what another app has
// shared. Knows nothing of what the worker does, nor of when any of this is wanted.
import '../workers/own-scripts'
import type { SharedByApp, ToPage, ToWorker } from '../../service-worker/messages'

export type WorkerPlace = {
  container: ServiceWorkerContainer
  page: Pick<Document, 'visibilityState' | 'addEventListener'>
  reload: () => void
  setTimeout: (ring: () => void, ms: number) => unknown
}

/** A page that was busy or on its way out said no, or nothing, when it was asked. */
const OFFER_AGAIN_MS = 20_000

/** The worker has what was shared at hand, or has it no more. */
const HAND_OVER_WITHIN_MS = 5_000

/**
 * `isIdle`: that this page has nothing going on which a newer build must not disturb. While that is so and nobody
 * looks, the page is made again from the build that has taken over. Gives a way to say that this page has become idle.
 * Rejects where the browser refuses.
 */
export async function installServiceWorker(
  { script, scope }: { script: string; scope: string },
  isIdle: () => boolean,
  { container, page, reload, setTimeout }: WorkerPlace,
): Promise<() => void> {
  const hadOne = container.controller !== null
  let isOld = false
  container.addEventListener('message', ({ data, ports: [answer] }: MessageEvent<ToPage>) => {
    if (data.kind === 'are-you-idle') answer?.postMessage(isIdle())
  })
  const registration = await container.register(script, { scope, updateViaCache: 'none' })
  const offer = (waiting: ServiceWorker | null) => {
    if (isIdle()) waiting?.postMessage({ kind: 'take-over-when-idle' } satisfies ToWorker)
  }
  const goOn = () => {
    offer(registration.waiting)
    if (isOld && page.visibilityState === 'hidden' && isIdle()) reload()
  }
  container.addEventListener('controllerchange', () => {
    isOld = hadOne
    goOn()
  })
  const watch = () => {
    const found = registration.installing
    // The registration may say only later that this one waits.
    found?.addEventListener('statechange', () => found.state === 'installed' && offer(found))
  }
  registration.addEventListener('updatefound', watch)
  // Other tabs may have ended what they had going on.
  page.addEventListener('visibilitychange', goOn)
  // One may have been found before anybody listened.
  watch()
  goOn()
  const offerAgain = () => {
    offer(registration.waiting)
    setTimeout(offerAgain, OFFER_AGAIN_MS)
  }
  setTimeout(offerAgain, OFFER_AGAIN_MS)
  return goOn
}

/** What another app shared under this ticket; undefined: nothing. */
export function sharedByApp(
  ticket: string,
  container: Pick<ServiceWorkerContainer, 'controller' | 'addEventListener' | 'removeEventListener'>,
  setTimeout: (ring: () => void, ms: number) => unknown,
): Promise<SharedByApp | undefined> {
  const { controller } = container
  if (!controller) return Promise.resolve(undefined)
  return new Promise((resolve) => {
    const hear = ({ data }: MessageEvent<ToPage>) => {
      if (data.kind !== 'handed-over' || data.ticket !== ticket) return
      container.removeEventListener('message', hear as EventListener)
      resolve(data.files.length > 0 || data.text !== '' ? data : undefined)
    }
    container.addEventListener('message', hear as EventListener)
    setTimeout(() => resolve(undefined), HAND_OVER_WITHIN_MS)
    controller.postMessage({ kind: 'hand-over', ticket } satisfies ToWorker)
  })
}

// The page as an installed app: its service worker, and what another app has shared with it. Loaded when either is
// wanted.
import { installServiceWorker, sharedByApp } from '../adapters/device/service-worker'
import { SHARED, type SharedByApp } from '../service-worker/messages'
import { pathOf } from './base-path'
import { opensOnlyHere } from './page-address'

/**
 * The browser's service workers. None on plain HTTP, where browsers have none; and none at localhost, though they
 * would: anyone who stops that server has no use for its page, and anyone who builds another page there wants to see
 * it.
 */
const container =
  'serviceWorker' in navigator && window.isSecureContext && !opensOnlyHere(location.href)
    ? navigator.serviceWorker
    : undefined

/**
 * A worker that is fetched meanwhile would hold the page's own parts up; and one that takes over has requests to answer
 * then.
 */
const loaded = new Promise<void>((resolve) => {
  if (document.readyState === 'complete') resolve()
  else window.addEventListener('load', () => resolve(), { once: true })
})

let installed: Promise<() => void> | undefined
let isIdleNow = () => true

/**
 * Installs the page, which opens without a network from then on. `isIdle`: whether it may become a newer one; when that
 * turns true, call it once more.
 */
export async function install(isIdle: () => boolean): Promise<void> {
  isIdleNow = isIdle
  if (!container) return
  const isFirst = installed === undefined
  installed ??= loaded.then(() => start(container))
  // Where the browser refuses, the page works as it did before; the browser says why in its console.
  const offer = await installed.catch(() => () => {})
  if (!isFirst) offer()
}

const start = (container: ServiceWorkerContainer) =>
  installServiceWorker({ script: pathOf('/service-worker.js'), scope: pathOf('/') }, () => isIdleNow(), {
    container,
    page: document,
    reload: () => location.reload(),
    setTimeout: (ring, ms) => setTimeout(ring, ms),
  })

/**
 * What another app has shared; undefined: the page was opened for something that has not arrived. Its address says so
 * no longer.
 */
export async function takeSharedByApp(): Promise<SharedByApp | undefined> {
  const ticket = new URLSearchParams(location.search).get(SHARED)
  window.history.replaceState(window.history.state, '', location.pathname)
  if (!ticket || !container) return undefined
  return sharedByApp(ticket, container, (ring, ms) => setTimeout(ring, ms))
}

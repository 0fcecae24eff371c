// The page as an installed app: when it gets its service worker, and what another app has shared with it. What does it is loaded then.
import type { SharedByApp } from '../service-worker/messages'
import { pathOf } from './base-path'
import { opensOnlyHere } from './place'

/** After the page has loaded, when nothing else wants its thread; or then at last. */
const IDLE_WITHIN_MS = 10_000

/**
 * None on plain HTTP, where browsers have none; and none at localhost, though they would: whoever stops that server has no use for its
 * page, and whoever builds another page there wants to see it.
 */
const hasServiceWorkers = () => 'serviceWorker' in navigator && window.isSecureContext && !opensOnlyHere(location.href)

let installed: Promise<() => void> | undefined
let isIdleNow = () => true

/**
 * When the page has a moment: from then on it opens without a network. `isIdle`: whether it may become a newer one; when that turns
 * true, call it once more.
 */
export function installWhenIdle(isIdle: () => boolean): void {
  isIdleNow = isIdle
  if (!hasServiceWorkers()) return
  if (installed !== undefined) return void installed.then((offer) => offer()).catch(() => {})
  installed = moment().then(install)
  // It works without, as it did before; the browser says more in its console.
  installed.catch(() => {})
}

async function install(): Promise<() => void> {
  const { installServiceWorker } = await import('../adapters/device/service-worker')
  const where = { script: pathOf('/service-worker.js'), scope: pathOf('/') }
  const place = { container: navigator.serviceWorker, page: document, reload: () => location.reload() }
  return installServiceWorker(where, () => isIdleNow(), place)
}

const moment = () =>
  new Promise<void>((resolve) => {
    if ('requestIdleCallback' in window) requestIdleCallback(() => resolve(), { timeout: IDLE_WITHIN_MS })
    else setTimeout(resolve, IDLE_WITHIN_MS)
  })

/** Once. `true`: another app has shared something, and it is being fetched. */
export function takeSharedByApp(onTaken: (shared: SharedByApp | undefined) => void): void {
  // As the worker writes it (service-worker/messages.ts), which no start page need load.
  const ticket = new URLSearchParams(location.search).get('shared')
  if (ticket === null) return
  window.history.replaceState(window.history.state, '', location.pathname)
  const fetchShared = async () => {
    if (ticket === '' || !hasServiceWorkers()) return undefined
    const { sharedByApp } = await import('../adapters/device/service-worker')
    return sharedByApp(ticket, navigator.serviceWorker, (ring, ms) => setTimeout(ring, ms))
  }
  void fetchShared().then(onTaken)
}

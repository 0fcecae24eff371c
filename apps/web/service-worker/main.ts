// The service worker: the page opens without a network, takes what other apps share, and becomes a newer one only when
// nothing is going on. Each of these is decided elsewhere; here they are tied to the browser's events.
import { type Build, BuildCache } from './build-cache'
import type { Notice, ToPage, ToWorker } from './messages'
import type { PageWindow, WorkerScope } from './scope'
import { SharedFiles } from './shared-files'
import { takeOverWhenIdle } from './take-over'

/** The build writes it before this script (tooling/service-worker.mjs). */
declare const SWARMDROP_BUILD: Build

const worker = globalThis as unknown as WorkerScope
const { scope } = worker.registration
const build = new BuildCache(SWARMDROP_BUILD, scope, { caches: worker.caches, fetch: (request) => fetch(request) })
const later = (ring: () => void, ms: number) => setTimeout(ring, ms)
const shared = new SharedFiles({ scope, newTicket: () => crypto.randomUUID(), setTimeout: later })
const windows = () => worker.clients.matchAll({ type: 'window', includeUncontrolled: true })

worker.addEventListener('install', (event) => event.waitUntil(build.install()))
worker.addEventListener('activate', (event) => event.waitUntil(build.takeCharge()))

worker.addEventListener('fetch', (event) => {
  const { request } = event
  const answer = shared.isShare(request) ? shared.take(request, (work) => event.waitUntil(work)) : build.answer(request)
  if (answer !== undefined) event.respondWith(answer)
})

worker.addEventListener('message', (event) => {
  const said = event.data as ToWorker
  if (said.kind === 'hand-over') handOver(said.ticket, event.source)
  // Not waited for: a notice that the system never shows must not keep a newer build from its place.
  else if (said.kind === 'notify') void notify(said, event.source)
  else event.waitUntil(takeOverWhenIdle({ windows, takeOver: () => worker.skipWaiting(), setTimeout: later }))
})

function handOver(ticket: string, page: PageWindow | null): void {
  const { files, text } = shared.handOver(ticket) ?? { files: [], text: '' }
  page?.postMessage({ kind: 'handed-over', ticket, files, text } satisfies ToPage)
}

const notify = ({ title, body, icon }: Notice, page: PageWindow | null) =>
  worker.registration.showNotification(title, { body, icon, data: page?.id })

worker.addEventListener('notificationclick', (event) => {
  const { notification } = event
  notification.close()
  event.waitUntil(showPage(String(notification.data)))
})

/** The one that it is about, while that is open. */
async function showPage(id: string): Promise<unknown> {
  const page = (await worker.clients.get(id)) ?? (await windows())[0]
  return page ? page.focus() : worker.clients.openWindow(scope)
}

// What a service worker is given by its browser, as far as ours uses it. (TypeScript's types for workers and for
// windows exclude each other, and these files are checked next to the page's.)

export type Lasting = { waitUntil(work: Promise<unknown>): void }

export type Asked = Lasting & { request: Request; respondWith(answer: Promise<Response>): void }

/** A tab, or a window of the installed app. */
export type PageWindow = {
  id: string
  postMessage(message: unknown, transfer?: Transferable[]): void
  focus(): Promise<unknown>
}

export type Told = Lasting & { data: unknown; source: PageWindow | null }

type Notice = { close(): void; data: unknown }

export type WorkerScope = {
  registration: { scope: string; showNotification(title: string, options: NotificationOptions): Promise<void> }
  caches: CacheStorage
  clients: {
    get(id: string): Promise<PageWindow | undefined>
    matchAll(which: { type: 'window'; includeUncontrolled: true }): Promise<readonly PageWindow[]>
    openWindow(url: string): Promise<unknown>
  }
  skipWaiting(): Promise<void>
  addEventListener(kind: 'install' | 'activate', listener: (event: Lasting) => void): void
  addEventListener(kind: 'fetch', listener: (event: Asked) => void): void
  addEventListener(kind: 'message', listener: (event: Told) => void): void
  addEventListener(kind: 'notificationclick', listener: (event: Lasting & { notification: Notice }) => void): void
}

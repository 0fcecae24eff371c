// What a page and its service worker say to each other. Knows neither of them.

/** Below the scope: another app's share is posted here. The manifest says so too. */
export const SHARE_PATH = 'share'
/**
 * The part of the start page's address before the ticket by which it gets what was shared; without a ticket, nothing
 * was taken in.
 */
export const SHARED = 'shared'

/** A message of a page: the first kind to the worker that waits, the others to the one in charge. */
export type ToWorker =
  | { kind: 'take-over-when-idle' }
  | { kind: 'hand-over'; ticket: string }
  | ({ kind: 'notify' } & Notice)

/** What the system shows of a page that nobody looks at. `icon`: its address. */
export type Notice = { title: string; body: string; icon: string }

/** A message of a worker that waits, with a port for the answer: a boolean. */
export type ToPage = { kind: 'are-you-idle' } | ({ kind: 'handed-over'; ticket: string } & SharedByApp)

/** What another app has shared, through the system. */
export type SharedByApp = { files: File[]; text: string }

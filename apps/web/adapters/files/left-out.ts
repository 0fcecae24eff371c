// What was chosen and cannot be shared, and why. Knows nothing of what becomes of the rest.

/**
 * `gone`: it was there when it was chosen. `unreadable`: the browser does not tell which of the two, or something else.
 */
export type WhyLeftOut = 'denied' | 'gone' | 'unreadable'
/** `folder`: nobody knows how much is in it. */
export type LeftOut = { path: string; why: WhyLeftOut; folder: boolean }

/**
 * The errors of Chromium and Firefox where something may not be read. For a folder that may not be listed they say that
 * it may not be written to.
 */
const DENIED = new Set(['NotReadableError', 'NotAllowedError', 'NoModificationAllowedError', 'SecurityError'])

/** Why something was not opened or listed, by what the browser rejected with. */
export function whyNotOpened(error: unknown): WhyLeftOut {
  const name = error instanceof Error ? error.name : ''
  return name === 'NotFoundError' ? 'gone' : DENIED.has(name) ? 'denied' : 'unreadable'
}

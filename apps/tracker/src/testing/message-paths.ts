// The two ways that messages take through a tracker, for suites that must hold on both. Knows nothing of what a test shows.
import { fastPath } from '../fast-path'
import { type MessagePath, publicPath } from '../message-path'
import type { TrackerOptions } from '../server'
import { openTracker } from './peers'

const past = fastPath((missing) => {
  throw new Error(`the fast path lacks ${missing}`)
})

const openerOn =
  (messagePath: MessagePath) =>
  (options: Partial<TrackerOptions> = {}) =>
    openTracker({ messagePath, ...options })

/**
 * For `describe.each`: both; in a hurry (`npm run check`) the one that is taken. `isTaken`: crowds come in full size there, and
 * smaller on the other, as what bounds them stands behind both.
 */
export const messagePaths = [
  ["past socket.io's events", openerOn(past), true] as const,
  ...(process.env.SWARMDROP_FAST === undefined
    ? [["through socket.io's events", openerOn(publicPath), false] as const]
    : []),
]

// The ways that messages take through a tracker, or through three over one Redis, for suites that must hold on all of
// them. Knows nothing of what a test shows.
import { fastPath } from '../fast-path'
import { type MessagePath, publicPath } from '../message-path'
import type { TrackerOptions } from '../tracker'
import { openTracker } from './peers'
import { hasRedis } from './redis-server'
import { openThreeNodes } from './three-nodes'

const past = fastPath((missing) => {
  throw new Error(`the fast path lacks ${missing}`)
})

const openerOn =
  (messagePath: MessagePath) =>
  (options: Partial<TrackerOptions> = {}) =>
    openTracker({ messagePath, ...options })

const onThreeNodes = ['on three nodes over one Redis', openThreeNodes, false] as const
const isInHurry = process.env.SWARMDROP_FAST !== undefined

/**
 * Both ways of one tracker, for `describe.each`; in a hurry (`npm run check`) the one that is taken. `isTaken`: crowds
 * come in full size there, and smaller on the others, as what bounds them stands behind all.
 */
export const onOneNode = [
  ["past socket.io's events", openerOn(past), true] as const,
  ...(isInHurry ? [] : [["through socket.io's events", openerOn(publicPath), false] as const]),
]

/** The same, and three trackers. */
export const messagePaths = [...onOneNode, ...(hasRedis && !isInHurry ? [onThreeNodes] : [])]

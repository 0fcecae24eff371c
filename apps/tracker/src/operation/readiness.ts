// Says whether somebody should be sent to this node: `GET /readyz`. That it is alive at all is `/healthz`.
import type { RequestHandler } from 'express'

/** The address asked by what spreads people over nodes, also while its own address is at its limit. */
export const READY_PATH = '/readyz'

export type Readiness = {
  /** The page is built. */
  page: boolean
  /** `none`: this is the only node; `away`: it serves its own members alone, until Redis is back. */
  redis: 'none' | 'here' | 'away'
  /** The server is about to end, and moves its people. */
  draining: boolean
}

/**
 * 200 or 503, and why. `?exclude=redis`: without Redis it is ready all the same. Anyone who spreads people over nodes
 * wants that: all nodes lose Redis at once, and each can still serve its own.
 */
export const tellReadiness =
  (readiness: () => Readiness): RequestHandler =>
  (request, response) => {
    const now = readiness()
    const withoutRedis = new URL(request.url, 'http://tracker').searchParams.get('exclude') === 'redis'
    const isReady = now.page && !now.draining && (withoutRedis || now.redis !== 'away')
    response
      .status(isReady ? 200 : 503)
      .set('Cache-Control', 'no-store')
      .json({ status: isReady ? 'ready' : 'not ready', ...now })
  }

// The servers that a tracker opens on ports of their own, where they are wanted: metrics, STUN. Knows nothing of peers.
import type { Logger } from 'pino'
import type { Limits } from './limits'
import { type MetricsServer, openMetricsServer } from './operation/metrics-server'
import { openStunServer, type StunServer } from './stun-server'
import type { TrackerOptions } from './tracker'

/** Opens the server of `/metrics`, where a port is named for it. */
export async function openMetrics(
  { metricsPort, metricsHost = '127.0.0.1' }: TrackerOptions,
  create: () => Parameters<typeof openMetricsServer>[0],
): Promise<MetricsServer | undefined> {
  return metricsPort === undefined ? undefined : openMetricsServer(create(), metricsPort, metricsHost)
}

/** Opens the STUN server. The tracker goes on without one: those who find each other anyway need none. */
export async function openStun(
  port: number | undefined,
  { host, limits, log }: { host: string; limits: Limits; log: Logger },
): Promise<StunServer | { failed: unknown } | undefined> {
  if (port === undefined) return undefined
  try {
    return await openStunServer({ port, host, limits, log, now: Date.now })
  } catch (error) {
    log.warn({ reason: String(error), port }, 'no STUN server')
    return { failed: error }
  }
}

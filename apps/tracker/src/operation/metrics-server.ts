// Serves the metrics on a port of their own, as they are for the operator alone. Knows nothing of what they count.
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { listen } from '../listen'
import type { Metrics } from './metrics'

export type MetricsServer = { port: number; close(): Promise<void> }

/** Resolves when it answers `GET /metrics`. Rejects with the system's error, such as EADDRINUSE. */
export async function openMetricsServer(metrics: Metrics, port: number, host: string): Promise<MetricsServer> {
  const http = createServer(async (request, response) => {
    if (request.method !== 'GET' || request.url !== '/metrics')
      return void response.writeHead(404, { 'Content-Type': 'text/plain' }).end('There is only /metrics here.\n')
    try {
      const text = await metrics.read()
      response.writeHead(200, { 'Content-Type': metrics.contentType, 'Cache-Control': 'no-store' }).end(text)
    } catch (error) {
      response.writeHead(500, { 'Content-Type': 'text/plain' }).end(`${String(error)}\n`)
    }
  })
  await listen(http, port, host)
  return {
    port: (http.address() as AddressInfo).port,
    close: () =>
      new Promise<void>((resolve) => {
        http.close(() => resolve())
        http.closeAllConnections()
        metrics.close()
      }),
  }
}

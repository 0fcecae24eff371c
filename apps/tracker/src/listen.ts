// Has a server listen where it shall, or as near to it as this machine can. Knows nothing of what the server does.
import { once } from 'node:events'
import type { Server } from 'node:net'

/** The error codes of a system that has no IPv6, or has it switched off. */
const WITHOUT_IPV6 = new Set(['EAFNOSUPPORT', 'EADDRNOTAVAIL', 'EPROTONOSUPPORT'])

/**
 * Resolves with the host that it listens on when it does: for `::`, which is all addresses of both families, it is
 * `0.0.0.0` where there is no IPv6. Rejects with the system's error.
 */
export async function listen(server: Server, port: number, host: string): Promise<string> {
  try {
    const listening = once(server, 'listening')
    server.listen(port, host)
    await listening
    return host
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : ''
    if (host !== '::' || !WITHOUT_IPV6.has(code)) throw error
    return listen(server, port, '0.0.0.0')
  }
}

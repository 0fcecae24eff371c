// Decides which pages may open a socket here: the tracker's own, and no other site's. Knows nothing of sockets.
import type { IncomingMessage } from 'node:http'

export type OriginOptions = {
  trustedProxies: number
  /**
   * The address at which people open the page, if that is not where the tracker listens: as `https://drop.example.org`.
   */
  publicUrl?: string | undefined
}

/**
 * A browser names the page that asks, and no page can change that. It leaves the name out where a page only reads from
 * its own server, or shows what is elsewhere as if it were a picture; which of both it is, most say in words. No name
 * and no word is no page: a terminal, a program. `null` (a sandboxed frame, a file) and what cannot be read are other
 * sites.
 */
export function isOwnPage({ headers }: IncomingMessage, { trustedProxies, publicUrl }: OriginOptions): boolean {
  const { origin } = headers
  if (origin === undefined) return !ELSEWHERE.has(headers['sec-fetch-site'] ?? '')
  const page = parsed(origin)
  // Only what a browser writes for a page on the web: `scheme://host`, nothing after it.
  if (page === undefined || !/^https?:$/.test(page.protocol) || page.origin !== origin.toLowerCase()) return false
  if (publicUrl !== undefined && page.origin === parsed(publicUrl)?.origin) return true
  if (isAt(page, headers.host)) return true
  if (trustedProxies === 0) return false
  // A proxy that passes its own name on leaves the page's here. Another site's page cannot write this header.
  const forwarded = [headers['x-forwarded-host']].flat().flatMap((hosts) => hosts?.split(',') ?? [])
  const behindProxy = [...forwarded.map((host) => host.trim()), headers.host]
  return behindProxy.some((host) => isAt(page, host) || isNamed(page, host))
}

const ELSEWHERE = new Set<unknown>(['cross-site', 'same-site'])

/** Host and port alike; the port that the page's scheme implies may be left out. */
const isAt = (page: URL, host: string | undefined) =>
  host !== undefined && host !== '' && parsed(`${page.protocol}//${host}`)?.host === page.host

/** Many proxies pass the name on and leave the port out. */
const isNamed = (page: URL, host: string | undefined) =>
  host !== undefined && /^(?:[^:]+|\[[^\]]+\])$/.test(host) && parsed(`http://${host}`)?.hostname === page.hostname

function parsed(url: string): URL | undefined {
  return URL.canParse(url) ? new URL(url) : undefined
}

// Tells from a request which address to count it against. The only place that reads addresses; knows nothing of limits.
import type { IncomingMessage } from 'node:http'
import ipaddr from 'ipaddr.js'

/** A household or a machine holds a /64 whole. */
const IPV6_GROUPS_COUNTED = 4
/** The library finds out by an error that is thrown, which costs more than all the rest of a new connection. */
const FOUR_PARTS = /^\d{1,3}(\.\d{1,3}){3}$/

/**
 * The client's address as the outermost of `trustedProxies` proxies saw it; with 0 a forwarded address is ignored,
 * since anybody can write one. A port is cut off, IPv4 in IPv6 is that IPv4, and other IPv6 is its /64. What a proxy
 * wrote and nobody can read counts as the proxy itself.
 */
export function clientAddress(request: Pick<IncomingMessage, 'socket' | 'headers'>, trustedProxies: number): string {
  const direct = request.socket.remoteAddress ?? ''
  const header = trustedProxies > 0 ? request.headers['x-forwarded-for'] : undefined
  const hops = (Array.isArray(header) ? header.join(',') : (header ?? '')).split(',')
  return networkOf(hops.at(-trustedProxies) ?? '') ?? networkOf(direct) ?? 'unknown'
}

/** The address as which a text counts, whatever else stands with it; undefined where the text is no address. */
export function networkOf(text: string): string | undefined {
  const bare = withoutPort(text.trim())
  // ipaddr.js reads `127.1` and `0x7f000001` too; no proxy writes these, and Node reads them as names.
  if (FOUR_PARTS.test(bare) && ipaddr.IPv4.isValidFourPartDecimal(bare)) return ipaddr.IPv4.parse(bare).toString()
  if (!bare.includes(':') || !ipaddr.IPv6.isValid(bare)) return undefined
  const address = ipaddr.IPv6.parse(bare)
  if (address.isIPv4MappedAddress()) return address.toIPv4Address().toString()
  const groups = address.parts.slice(0, IPV6_GROUPS_COUNTED).map((group) => group.toString(16))
  return `${groups.join(':')}::/64`
}

/** `1.2.3.4:4711`, `[2001:db8::1]:4711`, `[2001:db8::1]`, also in quotation marks as `Forwarded` has them. */
function withoutPort(text: string): string {
  const [, inBrackets, ipv4] = /^"?(?:\[([^\]]*)\]|(\d+\.\d+\.\d+\.\d+))(?::\w*)?"?$/.exec(text) ?? []
  return inBrackets ?? ipv4 ?? text
}

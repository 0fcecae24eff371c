// The rules of a home's router, for Linux's nftables. Knows nothing of who lives there.

/**
 * What stands between a home and the open network:
 * - `open`: nothing. The home has an address of its own.
 * - `cone`: the port outside is the port inside. Only those get in who were spoken to. Most homes.
 * - `symmetric`: another port for each who is spoken to, which nobody can guess. Mobile networks, many firms.
 * - `udp-blocked`: as a cone, and only TCP gets out. Schools.
 * - `ipv6`: an address of its own, of IPv6, and none of IPv4. Only those get in who were spoken to. Some mobile
 *   networks.
 */
export type RouterKind = 'open' | 'cone' | 'symmetric' | 'udp-blocked' | 'ipv6'

/** What nobody asked for. */
const UNASKED = `chain passing {
  type filter hook forward priority filter
  iifname "wan" ct state new drop
}`

/** `outside`: the home's address on the open network. The router's links are called `wan` and `lan`. */
export function routerRules(kind: RouterKind, outside: string): string {
  if (kind === 'open') return 'flush ruleset\n'
  // Linux keeps ports where it can unless it is told twice not to.
  const ports = kind === 'symmetric' ? ' random,fully-random' : ''
  if (kind === 'ipv6') return `flush ruleset\ntable ip6 home {\n${UNASKED}\n}\n`
  const blocked = kind === 'udp-blocked' ? 'meta l4proto udp drop' : ''
  // What nobody asked for is dropped before it is remembered, as routers do: else it would take the port of the answer.
  return `flush ruleset
table ip home {
  chain leaving {
    type nat hook postrouting priority srcnat
    oifname "wan" snat to ${outside}${ports}
  }
  chain passing {
    type filter hook forward priority filter
    ${blocked}
    iifname "wan" ct state new drop
  }
}
`
}

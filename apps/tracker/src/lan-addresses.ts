// Finds the addresses under which others on the network can open this machine's page, the likeliest first. Opens
// nothing.
import type { NetworkInterfaceInfo } from 'node:os'
import ipaddr from 'ipaddr.js'

type Interfaces = Partial<Record<string, NetworkInterfaceInfo[]>>
type Named = NetworkInterfaceInfo & { name: string }

/**
 * Between a machine and its own containers and virtual machines: nobody else is on them. As Linux, macOS and Windows
 * name them.
 */
const INSIDE =
  /^(docker|br-[0-9a-f]{6}|veth(?!ernet)|virbr|vnet|lxc|lxd|podman|cni|flannel|cali|vboxnet|vmnet|vmenet|virtualbox|vmware|npcap)|\b(wsl|default switch|docker)\b/i
/** The host's end of VirtualBox's and VMware's own networks; on Windows the first is often called Ethernet 2. */
const INSIDE_MAC = /^(0a:00:27|00:50:56:c0):/i

/**
 * Tunnels, and what lies on top of others: those who are on them can come in by them, but as a rule not those in the
 * same room. (`vEthernet` may be the machine's only way out, and `bridge100` is a Mac that shares its network.)
 */
const DISTANT =
  /^(tun|tap|utun|wg|ppp|ipsec|gpd|tailscale|zt|zerotier|feth|nordlynx|proton|mullvad|vethernet|bridge|awdl|llw|ham)|\b(vpn|tap-windows\w*|wintun|wireguard|tailscale|zerotier|hamachi|hyper-v|bluetooth)\b/i
/** A tunnel has no hardware. */
const NO_MAC = '00:00:00:00:00:00'
/** Shared by providers, and Tailscale's; for measurements, and for VPNs that catch names. */
const DISTANT_IPV4 = ['100.64.0.0/10', '198.18.0.0/15'].map((range) => ipaddr.IPv4.parseCIDR(range))
const DISTANT_IPV6 = [ipaddr.IPv6.parseCIDR('fd7a:115c:a1e0::/48')]

/**
 * The addresses of this machine on its networks, as they stand in a URL; of IPv6, the first of each interface. With
 * `host`, only what it listens on.
 */
export function lanAddresses(interfaces: Interfaces, host: string): string[] {
  const all = Object.entries(interfaces).flatMap(([name, infos = []]) => openToOthers(name, infos, host))
  return all.sort(byReach).map(({ family, address }) => (family === 'IPv6' ? `[${address}]` : address))
}

function openToOthers(name: string, infos: NetworkInterfaceInfo[], host: string): Named[] {
  if (INSIDE.test(name)) return []
  const open = infos.filter(
    (info) => !info.internal && !INSIDE_MAC.test(info.mac) && !isLinkLocal(info.address) && listensOn(host, info),
  )
  const firstIPv6 = open.find(({ family }) => family === 'IPv6')
  return open.filter((info) => info.family === 'IPv4' || info === firstIPv6).map((info) => ({ name, ...info }))
}

/** Near before distant, IPv4 before IPv6, private before public. Among equals, as the system has them. */
const byReach = (a: Named, b: Named) =>
  Number(isDistant(a)) - Number(isDistant(b)) ||
  a.family.localeCompare(b.family) ||
  Number(isPrivate(b)) - Number(isPrivate(a))

const isDistant = (info: Named) => DISTANT.test(info.name) || info.mac === NO_MAC || isInDistantRange(info)

const isInDistantRange = ({ family, address }: Named) =>
  family === 'IPv6'
    ? DISTANT_IPV6.some((range) => ipaddr.IPv6.parse(address).match(range))
    : DISTANT_IPV4.some((range) => ipaddr.IPv4.parse(address).match(range))

const isPrivate = ({ address }: Named) => ['private', 'uniqueLocal'].includes(ipaddr.parse(address).range())

const isLinkLocal = (address: string) => ipaddr.parse(address).range() === 'linkLocal'

const listensOn = (host: string, { family, address }: NetworkInterfaceInfo) =>
  host === '::' || host === address || (host === '0.0.0.0' && family === 'IPv4')

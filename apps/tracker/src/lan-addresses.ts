// Finds the addresses under which others on the network can open this machine's page. Opens nothing.
import type { NetworkInterfaceInfo } from 'node:os'

type Interfaces = Partial<Record<string, NetworkInterfaceInfo[]>>

// Bridges and tunnels of containers and virtual machines: nobody else is on them.
const isVirtual = (name: string) => /^(docker|br-|veth|virbr|vboxnet|vmnet|podman|cni|tun|utun|wg)/i.test(name)

/** IPv4 before IPv6, real networks before virtual ones; with `host` only what it listens on. As they stand in a URL. */
export function lanAddresses(interfaces: Interfaces, host: string): string[] {
  const all = Object.entries(interfaces).flatMap(([name, infos = []]) => infos.map((info) => ({ name, ...info })))
  return all
    .filter((info) => !info.internal && !isLinkLocal(info.address) && listensOn(host, info))
    .sort((a, b) => Number(isVirtual(a.name)) - Number(isVirtual(b.name)) || a.family.localeCompare(b.family))
    .map(({ family, address }) => (family === 'IPv6' ? `[${address}]` : address))
}

const isLinkLocal = (address: string) => address.startsWith('169.254.') || /^fe[89ab]/i.test(address)

const listensOn = (host: string, { family, address }: NetworkInterfaceInfo) =>
  host === '::' || host === address || (host === '0.0.0.0' && family === 'IPv4')

// Where others can open the page: where the operator says, or at this machine's addresses on its networks. Opens
// nothing.
import type { networkInterfaces } from 'node:os'
import { lanAddresses } from './lan-addresses'

export type Listening = { host: string; port: number; publicUrl?: string | undefined }

/** Origins, as `http://192.168.1.5:3000`, the likeliest first. */
export function pagesForOthers(
  { host, port, publicUrl }: Listening,
  interfaces: ReturnType<typeof networkInterfaces>,
): string[] {
  if (publicUrl === undefined) return lanAddresses(interfaces, host).map((address) => `http://${address}:${port}`)
  const { origin, hostname } = new URL(publicUrl)
  // In development the page's own server is named.
  return isThisMachine(hostname) ? [] : [origin]
}

/** A name or address by which a machine knows itself; IPv6 with or without brackets. */
export const isThisMachine = (hostname: string) => /^(localhost|.+\.localhost|127(\.\d+){3}|\[?::1\]?)$/i.test(hostname)

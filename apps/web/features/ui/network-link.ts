// Which address of a link others can open: the page's own, or the one by which this computer is reached. Asks nobody.
import type { PageAddress } from '../../session/page-address'

/** `shown`: undefined while it is not known. `for`: who can open it; the last has a choice. */
export type NetworkLink =
  | { for: 'unknown'; shown: undefined }
  | { for: 'all' | 'nobody-else'; shown: string }
  | { for: 'network' | 'only-here'; shown: string }

/** `isLocal`: the link opens on this computer only. */
export function networkLink(link: string, isLocal: boolean, address: PageAddress): NetworkLink {
  if (!isLocal) return { for: 'all', shown: link }
  const { isKnown, originForOthers, onlyHere } = address
  if (!isKnown) return { for: 'unknown', shown: undefined }
  if (originForOthers === undefined) return { for: 'nobody-else', shown: link }
  if (onlyHere) return { for: 'only-here', shown: link }
  const { pathname, search, hash } = new URL(link)
  return { for: 'network', shown: `${originForOthers}${pathname}${search}${hash}` }
}

/** Who can open a link at this address, in a sentence. */
export function reachWords(link: NetworkLink): string | undefined {
  if (link.for === 'nobody-else')
    return 'The link opens on this computer only: the server cannot be reached from any network.'
  if (link.for === 'only-here') return 'The link opens on this computer only.'
  if (link.for !== 'network') return undefined
  const { hostname } = new URL(link.shown)
  return /^[\d.]+$|^\[/.test(hostname)
    ? `The link opens for everyone on your network, at ${hostname}.`
    : `The link opens for everyone, at ${hostname}.`
}

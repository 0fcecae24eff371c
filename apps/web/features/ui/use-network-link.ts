// A link of this page as others can open it. Knows nothing of how it is shown.
import { useEffect } from 'react'
import { expectAddress, opensOnlyHere, pageAddress } from '../../session/page-address'
import { type NetworkLink, networkLink } from './network-link'
import { useStore } from './use-store'

export function useNetworkLink(link: string): NetworkLink {
  useEffect(expectAddress, [])
  return networkLink(link, opensOnlyHere(link), useStore(pageAddress))
}

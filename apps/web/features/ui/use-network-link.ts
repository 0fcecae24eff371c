// A link of this page as others can open it. Knows nothing of how it is shown.
import { useEffect } from 'react'
import { expectPlace, opensOnlyHere, pagePlace } from '../../session/place'
import { type NetworkLink, networkLink } from './network-link'
import { useStore } from './use-store'

export function useNetworkLink(link: string): NetworkLink {
  useEffect(expectPlace, [])
  return networkLink(link, opensOnlyHere(link), useStore(pagePlace))
}

// The sender's one share, from choosing to stopping, for React. Knows nothing of how it looks.
import { useEffect, useState } from 'react'
import { forgetSharedHere, Gathering, hasPassword, share } from '../../session'
import { useStore } from '../ui/use-store'

export function useSharing() {
  const [gathering] = useState(() => new Gathering(share, hasPassword))
  const sharing = useStore(gathering)
  useEffect(() => () => gathering.close(), [gathering])

  /** Stops on purpose: what was shared is not offered again. */
  const stop = () => {
    forgetSharedHere()
    gathering.cancel()
  }
  return { sharing, gathering, stop }
}

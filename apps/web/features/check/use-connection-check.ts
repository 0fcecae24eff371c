// Runs the connection check while a page shows it. Knows nothing of what it finds.
import type { CheckSnapshot } from '@swarmdrop/peer/check'
import { useEffect, useState } from 'react'
import { connectionCheck } from '../../session/check'
import { useStore } from '../ui/use-store'

/** Begins when it is first drawn; `again` begins once more. */
export function useConnectionCheck(): { snapshot: CheckSnapshot; again: () => void } {
  const [check] = useState(connectionCheck)
  useEffect(() => {
    void check.start()
    return () => check.close()
  }, [check])
  return { snapshot: useStore(check), again: () => void check.start() }
}

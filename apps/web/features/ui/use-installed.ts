// Makes this page an installed app that opens offline, once it has nothing better to do. Knows nothing of how.
import { useEffect, useRef } from 'react'
import { installWhenIdle } from '../../session/installed'

/**
 * `wanted`: what the page was opened for is done, or waits for the person. `isIdle`: nothing is going on or written that a newer build
 * of the page must not disturb.
 */
export function useInstalled(wanted: boolean, isIdle: boolean): void {
  const latest = useRef(isIdle)
  useEffect(() => {
    latest.current = isIdle
    if (wanted) installWhenIdle(() => latest.current)
  }, [wanted, isIdle])
}

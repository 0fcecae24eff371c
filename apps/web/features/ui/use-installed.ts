// Makes this page an installed app that opens offline, once it has nothing better to do. Knows nothing of how.
import { useEffect, useRef } from 'react'

/** Some browsers do not say when they have a moment; and some have none. */
const MOMENT_WITHIN_MS = 10_000

/**
 * `wanted`: what the page was opened for is done, or waits for the person. `isIdle`: nothing is going on or written
 * that a newer build of the page must not disturb.
 */
export function useInstalled(wanted: boolean, isIdle: boolean): void {
  const latest = useRef(isIdle)
  useEffect(() => {
    latest.current = isIdle
    if (wanted)
      atLeisure(
        () =>
          void import('../../session/installed').then(
            ({ install }) => install(() => latest.current),
            // The server is away: a later visit installs it.
            () => {},
          ),
      )
  }, [wanted, isIdle])
}

function atLeisure(act: () => void): void {
  if ('requestIdleCallback' in window) requestIdleCallback(act, { timeout: MOMENT_WITHIN_MS })
  else setTimeout(act, MOMENT_WITHIN_MS)
}

// What would be lost if this tab went on to something else: the browser asks before it closes, the page before it shows
// another link. Knows nothing of who asks.
import { useEffect } from 'react'

export type Leaving = {
  question: string
  detail: string
  /** Stay, and go on. */
  no: string
  yes: string
  /** The link that is open here already: anyone who opens it again loses nothing. */
  ownId?: string
}

const reasons = new Set<Leaving>()

/** What leaving would end; undefined: another link can be shown at once. */
export const whatLeavingEnds = (): Leaving | undefined => [...reasons].at(-1)

/** `reason`: the same object as long as it says the same. Without one, only the browser asks, in its own words. */
export function useLeaveWarning(needed: boolean, reason?: Leaving): void {
  useEffect(() => {
    if (!needed) return
    const warn = (event: BeforeUnloadEvent) => event.preventDefault()
    window.addEventListener('beforeunload', warn)
    return () => window.removeEventListener('beforeunload', warn)
  }, [needed])
  useEffect(() => {
    if (!needed || reason === undefined) return
    reasons.add(reason)
    return () => {
      reasons.delete(reason)
    }
  }, [needed, reason])
}

// Reads a session for React, at a pace that a person can read. Canvases subscribe by themselves.
import { useCallback, useSyncExternalStore } from 'react'
import type { Session, SessionSnapshot } from '../../session/types'
import { calmly } from './calm'

// Numbers that change sixty times a second cannot be read; a change of phase must not wait.
const READABLE_MS = 200

export function useSnapshot(session: Session): SessionSnapshot {
  const subscribe = useCallback(
    (changed: () => void) => {
      let phase = session.getSnapshot().phase
      const calm = calmly(changed, READABLE_MS)
      const unsubscribe = session.subscribe(() => {
        const now = session.getSnapshot().phase
        if (now === phase) return calm.call()
        phase = now
        changed()
      })
      return () => {
        calm.cancel()
        unsubscribe()
      }
    },
    [session],
  )
  const read = useCallback(() => session.getSnapshot(), [session])
  return useSyncExternalStore(subscribe, read, read)
}

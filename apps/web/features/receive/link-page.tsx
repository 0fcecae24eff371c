'use client'
// Opens the link's session, shows it, and leaves the swarm when the page goes.
import { useEffect, useState } from 'react'
import { openLink } from '../../session'
import type { Session } from '../../session/types'
import { TransferView } from './transfer-view'

export function LinkPage({ id }: { id: string }) {
  const [attempt, setAttempt] = useState(1)
  const [session, setSession] = useState<Session>()

  // Every attempt is a session of its own; the one before it is closed first.
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new attempt must open anew
  useEffect(() => {
    const opened = openLink(id)
    setSession(opened)
    return () => opened.close()
  }, [id, attempt])
  useEffect(() => refuseStrayFiles(), [])

  // For less than a frame.
  if (session === undefined) return null
  return <TransferView onRetry={() => setAttempt(attempt + 1)} session={session} />
}

/** A browser opens a dropped file in place of the page, and the transfer would be gone. */
function refuseStrayFiles(): () => void {
  const refuse = (event: DragEvent) => event.preventDefault()
  window.addEventListener('dragover', refuse)
  window.addEventListener('drop', refuse)
  return () => {
    window.removeEventListener('dragover', refuse)
    window.removeEventListener('drop', refuse)
  }
}

'use client'
// Opens the link's session, shows it, and leaves the swarm when the page goes.
import { useEffect, useState } from 'react'
import { type CheckingProgress, openLink, type ReceivingTransfer } from '../../session'
import { Checking } from './checking'
import { TransferView } from './transfer-view'

type Opening = { step: 'checking'; progress?: CheckingProgress } | { step: 'open'; session: ReceivingTransfer }

export function LinkPage({ id }: { id: string }) {
  const [attempt, setAttempt] = useState(1)
  const [opening, setOpening] = useState<Opening>({ step: 'checking' })

  // Every attempt is a session of its own; the one before it is closed first.
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new attempt must open again
  useEffect(() => {
    const abort = new AbortController()
    setOpening({ step: 'checking' })
    openLink(id, (progress) => setOpening({ step: 'checking', progress }), abort.signal).then(
      (session) => {
        if (abort.signal.aborted) return session.close()
        abort.signal.addEventListener('abort', () => session.close())
        setOpening({ step: 'open', session })
      },
      // Only by the signal: the page has gone on to something else.
      () => {},
    )
    return () => abort.abort()
  }, [id, attempt])
  useEffect(() => refuseStrayFiles(), [])

  if (opening.step === 'checking') return <Checking progress={opening.progress} />
  return <TransferView onRetry={() => setAttempt(attempt + 1)} session={opening.session} />
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

// Keeps a caption long enough to be read. Knows no words.
import type { RunView } from '@swarmdrop/peer/lab'
import { useEffect, useRef, useState } from 'react'
import { captionOf } from './captions'

/** How long a caption stands: nobody reads faster, and looks at the swarm as well. */
const STANDS_MS = 3_000

export function useCaption(run: RunView | undefined): string {
  const [caption, setCaption] = useState('')
  const before = useRef<{ run: RunView; atMs: number }>(undefined)
  useEffect(() => {
    if (!run) return
    const isOther = before.current?.run.experiment !== run.experiment
    const now = performance.now()
    if (!isOther && run.phase === 'running' && now - (before.current?.atMs ?? 0) < STANDS_MS) return
    setCaption(captionOf(run, isOther ? undefined : before.current?.run))
    before.current = { run, atMs: now }
  }, [run])
  return caption
}

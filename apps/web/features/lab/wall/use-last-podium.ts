// Keeps the podium of the last run in which peers gave to each other, or else of the last one. Draws nothing.
import type { LabSnapshot } from '@swarmdrop/peer/lab'
import { useEffect, useState } from 'react'
import { type Podium, podiumOf } from './podium'

export function useLastPodium({ phase, run, step }: LabSnapshot): Podium | undefined {
  const [kept, setKept] = useState<Podium>()
  const isFirst = phase === 'connecting' && (step?.at ?? 1) === 1
  // A run that is over is shown once more when others are shown again: it does not change any more.
  const ended = run?.phase === 'done' ? run : undefined
  useEffect(() => {
    if (isFirst) return setKept(undefined)
    const podium = ended && podiumOf(ended)
    if (podium) setKept((before) => (before?.mode === 'p2p' && podium.mode !== 'p2p' ? before : podium))
  }, [isFirst, ended])
  return kept
}

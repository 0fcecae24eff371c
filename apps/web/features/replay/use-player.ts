// Plays a stretch of time: play, pause, speed, and where it is now. Knows nothing of what is played.
import { useCallback, useEffect, useState } from 'react'

/** How long the whole takes to play, in seconds. */
export const LENGTHS = [120, 60, 30, 10] as const
const STARTS_WITH = 30
/** Thirty pictures a second are enough, and leave time for all else. */
const FRAME_MS = 1000 / 31

export type Player = ReturnType<typeof usePlayer>

/** `from` the end: it shows what came of it, and plays when it is told to. */
export function usePlayer(endSeconds: number, from: 'start' | 'end' = 'start') {
  const [reached, setAt] = useState(from === 'end' ? endSeconds : 0)
  const [wantsToPlay, setPlaying] = useState(
    () => from === 'start' && !matchMedia('(prefers-reduced-motion: reduce)').matches,
  )
  const [length, setLength] = useState<number>(STARTS_WITH)
  // What is played may change for something shorter.
  const atSeconds = Math.min(reached, endSeconds)
  const isAtEnd = atSeconds >= endSeconds
  const playing = wantsToPlay && !isAtEnd

  useEffect(() => {
    if (!playing) return
    let last = performance.now()
    let frame = requestAnimationFrame(function show(now) {
      frame = requestAnimationFrame(show)
      if (now - last < FRAME_MS) return
      const passed = Math.min(0.25, (now - last) / 1000)
      last = now
      setAt((at) => Math.min(endSeconds, at + (passed * endSeconds) / length))
    })
    return () => cancelAnimationFrame(frame)
  }, [playing, endSeconds, length])

  const toggle = useCallback(() => {
    // From the end it begins again.
    if (isAtEnd) setAt(0)
    setPlaying(isAtEnd || !wantsToPlay)
  }, [isAtEnd, wantsToPlay])
  const seek = useCallback((seconds: number) => {
    setPlaying(false)
    setAt(seconds)
  }, [])
  return { atSeconds, playing, length, toggle, seek, setLength }
}

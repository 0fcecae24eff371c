// A value that changes often, passed on now and then. Knows nothing of what it is.
import { useEffect, useRef, useState } from 'react'

/** The latest value, at most once in `intervalMs`; at once where that is 0. */
export function useUnhurried(value: string, intervalMs: number): string {
  const [shown, setShown] = useState(value)
  const latest = useRef(value)
  useEffect(() => {
    latest.current = value
    // What is shown when it begins to be passed on slowly is what was shown last.
    if (intervalMs === 0) setShown(value)
  }, [value, intervalMs])
  useEffect(() => {
    if (intervalMs === 0) return
    const timer = setInterval(() => setShown(latest.current), intervalMs)
    return () => clearInterval(timer)
  }, [intervalMs])
  return intervalMs === 0 ? value : shown
}

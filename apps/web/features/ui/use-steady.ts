// What is so for a moment is not worth a word: only what stays so. Knows nothing of what it is.
import { useEffect, useState } from 'react'

/** True once `now` has been true for so long without a break. */
export function useSteady(now: boolean, steadyMs: number): boolean {
  const [steady, setSteady] = useState(false)
  useEffect(() => {
    if (!now) return setSteady(false)
    const timer = setTimeout(() => setSteady(true), steadyMs)
    return () => clearTimeout(timer)
  }, [now, steadyMs])
  return now && steady
}

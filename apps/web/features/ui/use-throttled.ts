// A value that changes often, for React, passed on now and then. Knows nothing of what it is.
import { useEffect, useMemo, useState } from 'react'
import { Throttle } from './throttle'

/**
 * The latest value, at most once in `intervalMs`; at once where that is 0. One that is equal to the one before is that one, so
 * that nothing which is made of it need be made again.
 */
export function useThrottled<T>(value: T, intervalMs: number, isEqual: (a: T, b: T) => boolean = Object.is): T {
  const [shown, setShown] = useState(value)
  const throttle = useMemo(() => new Throttle(intervalMs), [intervalMs])
  const isNew = !isEqual(shown, value)
  useEffect(() => {
    if (!isNew) return
    const show = () => {
      throttle.passed(performance.now())
      setShown(value)
    }
    const waitMs = throttle.waitMs(performance.now())
    if (waitMs === 0) return show()
    const timer = setTimeout(show, waitMs)
    return () => clearTimeout(timer)
  }, [isNew, value, throttle])
  return isNew && intervalMs === 0 ? value : shown
}

/** Objects without objects in them: equal where all their fields are. */
export function haveEqualFields<T extends object>(a: T, b: T): boolean {
  const fields = Object.entries(a)
  return fields.length === Object.keys(b).length && fields.every(([key, value]) => Object.is(value, b[key as keyof T]))
}

// A value that changes often, for React, passed on now and then. Knows nothing of what it is.
import { Throttle } from '@swarmdrop/peer'
import { useEffect, useMemo, useRef, useState } from 'react'
import { ownTimers } from '../../session/time'

/**
 * The latest value, at most once in `intervalMs`; at once where that is 0. One that is equal to the one before is that
 * one, so that nothing which is made of it need be made again.
 */
export function useThrottled<T>(value: T, intervalMs: number, isEqual: (a: T, b: T) => boolean = Object.is): T {
  const [shown, setShown] = useState(value)
  const latest = useRef(value)
  const throttle = useMemo(
    () => new Throttle(ownTimers, intervalMs, () => setShown(() => latest.current)),
    [intervalMs],
  )
  const isNew = !isEqual(shown, value)
  useEffect(() => {
    latest.current = value
    if (isNew) throttle.call()
  }, [isNew, value, throttle])
  useEffect(() => () => throttle.cancel(), [throttle])
  return isNew && intervalMs === 0 ? value : shown
}

/** Objects without objects in them: equal where all their fields are. */
export function haveEqualFields<T extends object>(a: T, b: T): boolean {
  const fields = Object.entries(a)
  return fields.length === Object.keys(b).length && fields.every(([key, value]) => Object.is(value, b[key as keyof T]))
}

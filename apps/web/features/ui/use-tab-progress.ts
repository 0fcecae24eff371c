// Says how far something is where the page itself is not seen: in the tab's title, and on an installed app's icon.
import { useEffect, useRef } from 'react'
import { setAppBadge } from '../../session/device'
import { useThrottled } from './use-throttled'

/** Each new title is work for the whole browser: a hundred in a few seconds would cost a tenth of the speed. */
const TITLE_MS = 2_000

export type TabProgress = {
  /** The title; undefined: the page's own. */
  title: string | undefined
  /** What stands on the icon; `done`: a mark, until somebody looks. */
  badge?: number | 'done' | undefined
  /** The title changes often. */
  moves: boolean
}

export function useTabProgress({ title, badge, moves }: TabProgress): void {
  const before = useRef<string>(undefined)
  const shown = useThrottled(title, moves ? TITLE_MS : 0)
  useEffect(() => {
    before.current ??= document.title
    document.title = shown === undefined ? before.current : `${shown} (Swarmdrop)`
  }, [shown])
  const mark = useThrottled(badge, moves ? TITLE_MS : 0)
  useEffect(() => {
    if (mark !== 'done') return setAppBadge(mark)
    return untilSeen()
  }, [mark])
  useEffect(
    () => () => {
      if (before.current !== undefined) document.title = before.current
      setAppBadge(undefined)
    },
    [],
  )
}

function untilSeen(): (() => void) | undefined {
  const look = () => setAppBadge(document.visibilityState === 'hidden' ? 'dot' : undefined)
  look()
  document.addEventListener('visibilitychange', look)
  return () => document.removeEventListener('visibilitychange', look)
}

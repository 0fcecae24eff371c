// Keeps the page's settings in its address, so that a link shows the same thing. Knows nothing of what they mean.
import { useCallback, useEffect, useMemo, useState, useSyncExternalStore } from 'react'
import type { TheoryState } from '../experiment/theory-state'
import { type Run, readQuery, writeQuery } from '../experiment/url-state'
import { useThrottled } from '../ui/use-throttled'

/** Browsers refuse a page that changes its address a hundred times in a few seconds. */
const WRITE_EVERY_MS = 400

function onMove(moved: () => void): () => void {
  window.addEventListener('popstate', moved)
  return () => window.removeEventListener('popstate', moved)
}

type Own = { state: TheoryState; run: Run | undefined }

export function useAddress() {
  const query = useSyncExternalStore(
    onMove,
    () => window.location.search,
    () => '',
  )
  const read = useMemo(() => readQuery(query), [query])
  /** Settings here since the address was opened. */
  const [own, setOwn] = useState<Own>()
  const { state, run } = own ?? read

  useEffect(() => onMove(() => setOwn(undefined)), [])

  const written = useThrottled(own && writeQuery(own.state, own.run), WRITE_EVERY_MS)
  useEffect(() => {
    if (written === undefined) return
    window.history.replaceState(window.history.state, '', written === '' ? window.location.pathname : `?${written}`)
  }, [written])

  const change = useCallback(
    (part: Partial<TheoryState>) => setOwn({ state: { ...state, ...part }, run: undefined }),
    [state],
  )
  const setRun = useCallback((next: Run | undefined) => setOwn({ state, run: next }), [state])
  return { state, run, wrong: own === undefined ? read.wrong : [], change, setRun }
}

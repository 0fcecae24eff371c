// Keeps the page's settings in its address, so that a link shows the same thing. Knows nothing of what they mean.
import { useCallback, useEffect, useMemo, useRef, useState, useSyncExternalStore } from 'react'
import { calmly } from '../ui/calm'
import type { TheoryState } from './theory-state'
import { type Run, readQuery, writeQuery } from './url-state'

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
  /** What was set here since the address was opened. */
  const [own, setOwn] = useState<Own>()
  const { state, run } = own ?? read

  useEffect(() => onMove(() => setOwn(undefined)), [])

  const latest = useRef(own)
  const [writing] = useState(() =>
    calmly(() => {
      if (latest.current === undefined) return
      const written = writeQuery(latest.current.state, latest.current.run)
      window.history.replaceState(window.history.state, '', written === '' ? window.location.pathname : `?${written}`)
    }, WRITE_EVERY_MS),
  )
  useEffect(() => {
    latest.current = own
    if (own) writing.call()
  }, [own, writing])
  useEffect(() => () => writing.cancel(), [writing])

  const change = useCallback(
    (part: Partial<TheoryState>) => setOwn({ state: { ...state, ...part }, run: undefined }),
    [state],
  )
  const setRun = useCallback((next: Run | undefined) => setOwn({ state, run: next }), [state])
  return { state, run, wrong: own === undefined ? read.wrong : [], change, setRun }
}

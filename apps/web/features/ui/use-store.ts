// Reads a store of snapshots for React. Knows nothing of what is in them.
import { useCallback, useSyncExternalStore } from 'react'

type Store<Snapshot> = { subscribe(onChange: () => void): () => void; getSnapshot(): Snapshot }

export function useStore<Snapshot>(store: Store<Snapshot>): Snapshot {
  const subscribe = useCallback((changed: () => void) => store.subscribe(changed), [store])
  const read = useCallback(() => store.getSnapshot(), [store])
  return useSyncExternalStore(subscribe, read, read)
}

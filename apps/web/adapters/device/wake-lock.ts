// Keeps the device from going to sleep while something lasts. Knows nothing of what that is.

type Awake = {
  /** Absent on plain HTTP and in older browsers: the device then sleeps as it likes. */
  wakeLock: Pick<WakeLock, 'request'> | undefined
  page: Pick<Document, 'visibilityState' | 'addEventListener' | 'removeEventListener'>
}

/**
 * Keeps the screen awake until the function that it returns is called. The browser takes the lock away from a hidden
 * page, and may refuse it, with a low battery for one: it is asked for again whenever the page is seen.
 */
export function keepAwake({ wakeLock, page }: Awake = { wakeLock: navigator.wakeLock, page: document }): () => void {
  if (!wakeLock) return () => {}
  let held: Promise<WakeLockSentinel | undefined> | undefined
  const hold = () => {
    if (page.visibilityState !== 'visible') return
    letGo(held)
    held = wakeLock.request('screen').catch(() => undefined)
  }
  hold()
  page.addEventListener('visibilitychange', hold)
  return () => {
    page.removeEventListener('visibilitychange', hold)
    letGo(held)
  }
}

/** Gives a lock back, even one that is granted only now. */
function letGo(lock: Promise<WakeLockSentinel | undefined> | undefined): void {
  void lock?.then((sentinel) => sentinel?.release()).catch(() => {})
}

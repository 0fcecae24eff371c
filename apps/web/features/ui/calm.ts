// Slows a stream of changes to a pace that a person can read. Knows nothing of what changes.

/** Passes the first call on at once, then at most one in each interval; the last one is never lost. */
export function calmly(notify: () => void, intervalMs: number): { call: () => void; cancel: () => void } {
  let timer: ReturnType<typeof setTimeout> | undefined
  let waiting = false
  const rest = () => {
    timer = undefined
    if (!waiting) return
    waiting = false
    notify()
    timer = setTimeout(rest, intervalMs)
  }
  return {
    call() {
      if (timer !== undefined) {
        waiting = true
        return
      }
      notify()
      timer = setTimeout(rest, intervalMs)
    },
    cancel() {
      clearTimeout(timer)
      timer = undefined
      waiting = false
    },
  }
}

// Keeps a stream of reports from running faster than anybody can look. Knows nothing of what is reported.

/** Passes a report on only when `intervalMs` has gone by since the last one that it passed. */
export function atMostEvery<T>(intervalMs: number, now: () => number, report: (value: T) => void): (value: T) => void {
  let lastMs = Number.NEGATIVE_INFINITY
  return (value) => {
    const nowMs = now()
    if (nowMs - lastMs < intervalMs) return
    lastMs = nowMs
    report(value)
  }
}

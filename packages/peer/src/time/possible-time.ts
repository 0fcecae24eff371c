// Whether a time that was written down can be true. Knows nothing of what happened then.

/** 22 November 2026, when the first version of this program was: nothing was written down before. */
const BEGAN_MS = 1_795_305_600_000

/**
 * The time that was written down; now, where it cannot have been: it is yet to come, or was before this program. A
 * device whose clock was years off, and is set right, has written such times. One whose clock is still before this
 * program counts by that clock alone.
 */
export function possibleMs(writtenMs: number, nowMs: number): number {
  const isBeforeAll = writtenMs < BEGAN_MS && nowMs >= BEGAN_MS
  return writtenMs > nowMs || isBeforeAll ? nowMs : writtenMs
}

// A replay's clock in words. Knows nothing of what is played.

const GAP = '\u00a0'
/** Below, tenths of a second tell more than minutes. */
const LONG_SECONDS = 100

/** "12.3 of 18.8 s", "0:33 / 17:18". */
export function clockWords(atSeconds: number, endSeconds: number): string {
  if (endSeconds < LONG_SECONDS) return `${atSeconds.toFixed(1)} of ${endSeconds.toFixed(1)}${GAP}s`
  return `${clock(atSeconds)} / ${clock(endSeconds)}`
}

function clock(seconds: number): string {
  const whole = Math.floor(seconds)
  const [hours, minutes] = [Math.floor(whole / 3_600), Math.floor(whole / 60) % 60]
  const rest = String(whole % 60).padStart(2, '0')
  return hours > 0 ? `${hours}:${String(minutes).padStart(2, '0')}:${rest}` : `${minutes}:${rest}`
}

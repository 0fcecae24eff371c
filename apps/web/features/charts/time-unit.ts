// In which unit times are read most easily, and how they are written in it. Knows nothing of what took that long.

export type TimeUnit = { short: 's' | 'min' | 'h'; long: 'seconds' | 'minutes' | 'hours'; seconds: number }

const SECOND: TimeUnit = { short: 's', long: 'seconds', seconds: 1 }
const MINUTE: TimeUnit = { short: 'min', long: 'minutes', seconds: 60 }
const HOUR: TimeUnit = { short: 'h', long: 'hours', seconds: 3_600 }

/** One unit for all that is compared: the largest of which the longest time has at least one and a half. */
export function unitFor(longestSeconds: number): TimeUnit {
  return [HOUR, MINUTE].find(({ seconds }) => longestSeconds >= 1.5 * seconds) ?? SECOND
}

/** Three digits that count. */
export function formatDigits(value: number): string {
  if (!Number.isFinite(value)) return '∞'
  const digits = value === 0 ? 0 : Math.max(0, 2 - Math.floor(Math.log10(Math.abs(value))))
  return (formats[Math.min(digits, MOST_DIGITS)] as Intl.NumberFormat).format(value)
}

const MOST_DIGITS = 6
/** A format for each number of digits after the point: to make one takes longer than to use it a hundred times. */
const formats = Array.from(
  { length: MOST_DIGITS + 1 },
  (_, digits) => new Intl.NumberFormat('en', { maximumFractionDigits: digits }),
)

// How numbers are written, everywhere: 1 MB is 1,000,000 bytes. Knows nothing of what they measure.

// A number and its unit stay on one line.
const GAP = '\u00a0'

const SIZES = [
  { unit: 'kB', bytes: 1e3, digits: 1 },
  { unit: 'MB', bytes: 1e6, digits: 1 },
  { unit: 'GB', bytes: 1e9, digits: 2 },
  { unit: 'TB', bytes: 1e12, digits: 2 },
] as const

export function formatBytes(bytes: number): string {
  if (bytes < 1000) return `${Math.round(bytes)}${GAP}B`
  // Chosen after rounding: 999,960 bytes are 1.0 MB and not 1000.0 kB.
  const size = SIZES.find(({ bytes: one, digits }) => Number((bytes / one).toFixed(digits)) < 1000) ?? SIZES[3]
  return `${(bytes / size.bytes).toFixed(size.digits)}${GAP}${size.unit}`
}

/** MB/s, and kB/s below a tenth of one, where MB/s would read as nothing. */
export function formatRate(bytesPerSecond: number): string {
  if (bytesPerSecond === 0 || bytesPerSecond >= 99_500) return `${(bytesPerSecond / 1e6).toFixed(1)}${GAP}MB/s`
  return `${Math.max(1, Math.round(bytesPerSecond / 1e3))}${GAP}kB/s`
}

/** "28 s", "1 min 50 s", "30 min", "1 h 5 min". Rounded up: "0 s" would be said too early. */
export function formatDuration(seconds: number): string {
  const whole = Math.max(1, Math.ceil(seconds))
  if (whole < 60) return `${whole}${GAP}s`
  const minutes = Math.floor(whole / 60)
  if (minutes < 60) return `${minutes}${GAP}min${rest(whole % 60, 's')}`
  const hours = Math.floor(minutes / 60)
  if (hours < 48) return `${hours}${GAP}h${rest(minutes % 60, 'min')}`
  return 'more than 2 days'
}

const rest = (count: number, unit: string) => (count === 0 ? '' : ` ${count}${GAP}${unit}`)

/** A time that is no more than a guess: to 5 s up to a minute, to 10 s up to ten, to a minute beyond. */
export function formatAbout(seconds: number): string {
  const step = seconds <= 20 ? 1 : seconds <= 60 ? 5 : seconds <= 600 ? 10 : 60
  return formatDuration(Math.ceil(seconds / step) * step)
}

/** A time that was measured or worked out: tenths of a second below 100 s. Infinity is a time without end. */
export function formatSeconds(seconds: number): string {
  if (seconds === Number.POSITIVE_INFINITY) return '∞'
  return seconds < 99.95 ? `${seconds.toFixed(1)}${GAP}s` : formatDuration(Math.round(seconds))
}

/**
 * However long: "0.43 s", "28.4 s", "30 min", "1 h 5 min", "3 days 2 h", "400 days". Of what is said to the minute,
 * seconds go.
 */
export function formatSpan(seconds: number): string {
  if (!Number.isFinite(seconds)) return '∞'
  if (seconds < 99.95) return `${Number(seconds.toPrecision(seconds < 1 ? 2 : 3))}${GAP}s`
  const hours = seconds / 3_600
  if (hours < 48) return formatDuration(hours < 1 ? Math.round(seconds) : 60 * Math.round(seconds / 60))
  const whole = Math.round(hours)
  const days = Math.floor(whole / 24)
  if (days >= 10 || whole % 24 === 0) return countOf(Math.round(hours / 24), 'day').replace(' ', GAP)
  return `${days}${GAP}days ${whole % 24}${GAP}h`
}

/** Rounded down: 100 means all of it. Of nothing, everything is there. */
export function percentOf(part: number, whole: number): number {
  if (whole <= 0) return 100
  return Math.min(100, Math.max(0, Math.floor((part / whole) * 100)))
}

export const formatPercent = (percent: number): string => `${percent}${GAP}%`

const counts = new Intl.NumberFormat('en')

export const formatCount = (count: number): string => counts.format(count)

/** "1 file", "5,000 files". */
export function countOf(count: number, one: string, many = `${one}s`): string {
  return `${formatCount(count)} ${count === 1 ? one : many}`
}

/** How many files, unless the content is named by just that. */
export const countFiles = (files: readonly unknown[], name: string): string | undefined => {
  const count = countOf(files.length, 'file')
  return files.length > 1 && count !== name ? count : undefined
}

export const countPeople = (count: number): string => countOf(count, 'person', 'people')

/** "Peer-to-peer": what is written as within a sentence, at the beginning of one. */
export const atBeginning = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1)

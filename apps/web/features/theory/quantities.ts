// Reads numbers as a person types them, and carries them to a slider and back. Knows nothing of fields.
import type { Quantity } from './theory-state'

export type Read = { value: number } | { problem: string }

export const SLIDER_STEPS = 1_000

/** Digits with a point or a comma; spaces between thousands are forgiven. */
function readNumber(text: string): number | undefined {
  const trimmed = text.replace(/[\s\u00a0]/g, '')
  return /^\d+([.,]\d+)?$/.test(trimmed) ? Number(trimmed.replace(',', '.')) : undefined
}

/** In bytes, or bytes a second. */
export function readQuantity(text: string, { unit, unitBytes, least, most }: Quantity): Read {
  const number = readNumber(text)
  if (number === undefined) return { problem: `Write a number in ${unit}, such as ${written(100, 1)}.` }
  const bytes = number * unitBytes
  const value = unit === 'MB' ? Math.round(bytes) : Math.round(bytes * 1e3) / 1e3
  if (value < least) return { problem: `At least ${written(least, unitBytes)} ${unit}.` }
  if (value > most) return { problem: `At most ${written(most, unitBytes)} ${unit}.` }
  return { value }
}

export function readCount(text: string, least: number, most: number): Read {
  const value = readNumber(text)
  if (value === undefined || !Number.isInteger(value)) return { problem: 'Write a whole number, such as 10.' }
  if (value < least) return { problem: `At least ${least.toLocaleString('en')}.` }
  if (value > most) return { problem: `At most ${most.toLocaleString('en')}.` }
  return { value }
}

/** As it stands in a field: no more than three digits after the point. */
export const written = (value: number, unitBytes: number): string => String(Number((value / unitBytes).toFixed(3)))

/** Each step is a share more than the last; the first is 0 where 0 may be. */
export function toSlider(value: number, { slider: { from, to } }: Quantity): number {
  if (value < from) return 0
  return Math.min(SLIDER_STEPS, Math.round((SLIDER_STEPS * Math.log(value / from)) / Math.log(to / from)))
}

/** With two digits that count: what a hand can mean by moving a slider. */
export function fromSlider(step: number, { least, slider: { from, to } }: Quantity): number {
  if (step <= 0 && least === 0) return 0
  return Number((from * (to / from) ** (step / SLIDER_STEPS)).toPrecision(2))
}

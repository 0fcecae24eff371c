// Reads a number as a person types it, says what is wrong with it, and writes it. Knows nothing of fields.

/**
 * A unit in which a number is written: so many bytes (or bytes a second) to one, kept to so many digits after the
 * point.
 */
export type Unit = { name: string; size: number; digits: number }

export const MB: Unit = { name: 'MB', size: 1e6, digits: 0 }
/** The unit of rates, to the thousandth of a byte, so that what is set is the same after a link. */
export const KB_PER_SECOND: Unit = { name: 'kB/s', size: 1e3, digits: 3 }
export const KIB: Unit = { name: 'KiB', size: 1_024, digits: 0 }
export const SECONDS: Unit = { name: 's', size: 1, digits: 3 }
/** Whole things, which the label names. */
export const COUNT: Unit = { name: '', size: 1, digits: 0 }

/** `least` and `most` are in bytes, or whatever the unit is made of. */
export type NumberRange = { unit: Unit; least: number; most: number; mayBeEmpty?: boolean | undefined }

/** `value` undefined: the field is empty, and may be. */
export type ReadNumber = { value: number | undefined } | { problem: string }

const DIGITS = /^\d+([.,]\d+)?$/
const THOUSANDS = /^\d{1,3}(,\d{3})+$/

/** Digits with a point or a comma; between thousands a space is forgiven, and in a whole number a comma. */
export function readNumber(text: string, range: NumberRange): ReadNumber {
  const { unit, mayBeEmpty = false } = range
  const trimmed = text.replace(/\s/g, '')
  if (trimmed === '' && mayBeEmpty) return { value: undefined }
  const plain = unit === COUNT && THOUSANDS.test(trimmed) ? trimmed.replaceAll(',', '') : trimmed.replace(',', '.')
  const problem = (what: string) => ({ problem: mayBeEmpty ? `${what} Or leave it empty.` : what })
  if (!DIGITS.test(plain)) return problem(exampleIn(unit))
  const inUnit = Number(plain)
  if (unit === COUNT && !Number.isInteger(inUnit)) return problem(exampleIn(unit))
  const value = Number((inUnit * unit.size).toFixed(unit.digits))
  const outside = rangeProblem(value, range)
  return outside === undefined ? { value } : problem(outside)
}

/** The problem with a value that can be read; undefined where it may be. */
export function rangeProblem(value: number, { unit, least, most }: NumberRange): string | undefined {
  if (value < least) return `At least ${said(least, unit)}.`
  return value > most ? `At most ${said(most, unit)}.` : undefined
}

const exampleIn = (unit: Unit) =>
  unit === COUNT ? 'Write a whole number, such as 10.' : `Write a number in ${unit.name}, such as 100.`

const counts = new Intl.NumberFormat('en', { maximumFractionDigits: 6 })

const said = (value: number, { name, size }: Unit) => `${counts.format(value / size)} ${name}`.trim()

/** A value as it stands in a field: no more than three digits after the point; nothing for no value. */
export const written = (value: number | undefined, { size }: Unit): string =>
  value === undefined ? '' : String(Number((value / size).toFixed(3)))

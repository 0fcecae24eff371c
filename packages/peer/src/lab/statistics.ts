// What repeated runs tell: the mean, and within what it lies; how much quicker one setting is than another. Knows
// nothing of runs.

/** The confidence of intervals: in 95 of 100 such series they hold the true value. */
const CONFIDENCE = 0.95

export type Interval = { low: number; high: number }
/** `interval`: by Student's t; undefined for a single value, which tells nothing of how much it varies. */
export type Estimate = { mean: number; count: number; interval: Interval | undefined }

/** The mean with its interval; undefined where there is no value. */
export function estimateOf(values: readonly number[]): Estimate | undefined {
  const count = values.length
  if (count === 0) return undefined
  const mean = meanOf(values)
  if (count === 1) return { mean, count, interval: undefined }
  const half = studentQuantile(count - 1) * Math.sqrt(varianceOf(values) / count)
  return { mean, count, interval: { low: mean - half, high: mean + half } }
}

export type Ratio = { times: number; interval: Interval; count: number }

/**
 * How many times the second the first is, for positive values: the ratio of geometric means, with Welch's interval for
 * the difference of their logarithms. `count`: runs of the side that has fewer. Undefined with less than two values on
 * either side.
 */
export function ratioOf(first: readonly number[], second: readonly number[]): Ratio | undefined {
  const count = Math.min(first.length, second.length)
  if (count < 2) return undefined
  const [a, b] = [first.map(Math.log), second.map(Math.log)]
  const difference = meanOf(a) - meanOf(b)
  const [shareA, shareB] = [varianceOf(a) / a.length, varianceOf(b) / b.length]
  const freedom = (shareA + shareB) ** 2 / (shareA ** 2 / (a.length - 1) + shareB ** 2 / (b.length - 1))
  // Runs that are all alike, as a simulation's may be, vary by nothing.
  const half = Number.isFinite(freedom) ? studentQuantile(freedom) * Math.sqrt(shareA + shareB) : 0
  return {
    times: Math.exp(difference),
    interval: { low: Math.exp(difference - half), high: Math.exp(difference + half) },
    count,
  }
}

/**
 * The quantile of Student's t with so many degrees of freedom, not necessarily whole: 95 % lie within it on both sides
 * of 0.
 */
export function studentQuantile(freedom: number): number {
  // By t = √ν·tan θ its density becomes cos^(ν−1) θ.
  const whole = area(Math.PI / 2, freedom)
  let [low, high] = [0, Math.PI / 2]
  for (let i = 0; i < BISECTIONS; i++) {
    const middle = (low + high) / 2
    if (area(middle, freedom) < CONFIDENCE * whole) low = middle
    else high = middle
  }
  return Math.sqrt(freedom) * Math.tan((low + high) / 2)
}

const BISECTIONS = 40
/** The steps of the integral; an even number. */
const STEPS = 400

/** Under cos^(ν−1) from 0 to `angle`, by Simpson's rule. */
function area(angle: number, freedom: number): number {
  const step = angle / STEPS
  let sum = 0
  for (let i = 0; i <= STEPS; i++) {
    const weight = i === 0 || i === STEPS ? 1 : i % 2 === 1 ? 4 : 2
    sum += weight * Math.max(0, Math.cos(i * step)) ** (freedom - 1)
  }
  return (sum * step) / 3
}

const meanOf = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length

function varianceOf(values: readonly number[]): number {
  const mean = meanOf(values)
  return values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1)
}

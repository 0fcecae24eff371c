// Where a value stands on a slider, and which value a place on it means. Knows nothing of fields.

/** The range of a slider, each step a share more than the last; `isEven`: each one more. */
export type Scale = { from: number; to: number; isEven?: boolean }

export const stepsOf = ({ from, to, isEven = false }: Scale): number => (isEven ? to - from : 1_000)

export function toStep(value: number, scale: Scale): number {
  const { from, to, isEven = false } = scale
  const share = isEven ? (value - from) / (to - from) : Math.log(value / from) / Math.log(to / from)
  return Math.round(stepsOf(scale) * Math.max(0, Math.min(1, share)))
}

/**
 * The value at a step, with two digits that count: what a hand can mean by moving a slider. The first step is `least`
 * where that is 0.
 */
export function fromStep(step: number, scale: Scale, least: number): number {
  const { from, to, isEven = false } = scale
  if (isEven) return from + step
  if (step <= 0 && least === 0) return 0
  return Number((from * (to / from) ** (step / stepsOf(scale))).toPrecision(2))
}

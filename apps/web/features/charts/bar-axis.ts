// An axis of time that reads well: how far it goes, and where its ticks are. Draws nothing.
import { unitFor } from './time-unit'

const STEPS = [1, 2, 5]

/** A little longer than what it has to show, up to a whole tick; `isExact`: so long and no longer. */
export function axisOf(seconds: number, isExact = false): { extent: number; ticks: number[] } {
  const wanted = Math.max(1e-6, isExact ? seconds : seconds * 1.15)
  const unit = unitFor(wanted).seconds
  const step = unit * stepFor(wanted / unit / 5)
  const count = isExact ? Math.floor(wanted / step + 1e-9) : Math.ceil(wanted / step)
  return { extent: isExact ? wanted : count * step, ticks: Array.from({ length: count + 1 }, (_, i) => i * step) }
}

/** 1, 2 or 5 times a power of ten, and no smaller than this. */
function stepFor(least: number): number {
  const power = 10 ** Math.floor(Math.log10(least))
  return power * (STEPS.find((step) => step * power >= least - 1e-9) ?? 10)
}

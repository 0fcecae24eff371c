// Tells a screen reader how far something is, at every tenth part and no oftener.
import controls from './controls.module.css'

const STEP = 10

/** `say` gets the percent, rounded down to a step; the region speaks when its words change. */
export function Announce({ percent, say }: { percent: number; say: (step: number) => string }) {
  return <output className={controls.unseen}>{say(Math.floor(percent / STEP) * STEP)}</output>
}

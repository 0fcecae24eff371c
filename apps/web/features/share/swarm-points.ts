// Where people stand in the picture of a share: round the sender, in percent of its width and height. Knows nothing of
// how it is drawn.

export type Point = { x: number; y: number }

/** Half of what their ring takes of the width, and of the height. */
export const ACROSS = 38
export const DOWN = 26
export const MIDDLE = 50
/** The most people in one ring; more stand in two rings, each between two of the other. */
const ONE_RING = 16
const INNER = 0.6

/** The first of one or two stands next to the sender; of more, above. */
export function pointsOf(count: number): Point[] {
  const start = count <= 2 ? 0 : -Math.PI / 2
  return Array.from({ length: count }, (_, i) => {
    const angle = start + (2 * Math.PI * i) / count
    const far = count > ONE_RING && i % 2 === 1 ? INNER : 1
    return { x: 50 + ACROSS * far * Math.cos(angle), y: MIDDLE + DOWN * far * Math.sin(angle) }
  })
}

/** How much room each has. */
export const crowdOf = (count: number): 'few' | 'some' | 'many' => (count <= 8 ? 'few' : count <= 16 ? 'some' : 'many')

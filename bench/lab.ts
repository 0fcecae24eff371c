// The laboratory in real Chromium: how near it is to theory and simulation, whether what the papers found comes out of
// it, and how its wall moves. Knows nothing of how a page is driven.
import { labAccuracy } from './lab-accuracy'
import { freeRiders, pickers } from './lab-findings'
import { labWall } from './lab-wall'

type Part = () => Promise<void>
const parts: Record<string, Part> = { accuracy: labAccuracy, 'free-riders': freeRiders, pickers, wall: labWall }

/** `rows`: which parts; none: all. */
export async function lab(rows: readonly string[]): Promise<void> {
  const unknown = rows.find((row) => !(row in parts))
  if (unknown !== undefined)
    throw new Error(`There is no row “lab:${unknown}”. There are: ${Object.keys(parts).join(', ')}.`)
  for (const [name, run] of Object.entries(parts)) if (rows.length === 0 || rows.includes(name)) await run()
}

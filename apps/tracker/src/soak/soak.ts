// Lets many parts work on a tracker for a time, and looks after each tenth of it at what the tracker holds. Knows nothing of
// what the parts do.
import { setTimeout as after } from 'node:timers/promises'
import type { TrackerProcess } from './fork-tracker'
import type { SoakPart, SoakTools } from './parts'
import type { Held } from './tracker-process'

const TENTHS = 10
/** Of each part at once. */
const WORKERS = 2
/** What has been left is gone from the tracker a moment later. */
const SETTLE_MS = 1_000
/** Memory and handles may be so much more at the end than after the first tenth. */
const MAX_GROWTH = 0.05
/** Below this many, one handle more is more than a twentieth. */
const HANDLES_SLACK = 3

export type SoakReport = {
  samples: Held[]
  turns: Record<string, number>
  /** What was not as it should be, in sentences. */
  problems: string[]
}

export type SoakOptions = {
  durationMs: number
  parts: SoakPart[]
  random: () => number
  onSample?: (held: Held) => void
}

/** Rejects where a part does: the tracker did not do as it should. */
export async function soak(tracker: TrackerProcess, options: SoakOptions): Promise<SoakReport> {
  const { durationMs, parts, random, onSample } = options
  const tools: SoakTools = { port: tracker.port, random, draw: (end) => Math.floor(random() * end) }
  const turns = Object.fromEntries(parts.map(({ name }) => [name, 0]))
  const samples: Held[] = []

  const work = async (part: SoakPart, until: number) => {
    do {
      await part.turn(tools)
      turns[part.name] = (turns[part.name] ?? 0) + 1
    } while (performance.now() < until)
  }
  for (let tenth = 0; tenth < TENTHS; tenth++) {
    const until = performance.now() + durationMs / TENTHS
    await Promise.all(parts.flatMap((part) => Array.from({ length: WORKERS }, () => work(part, until))))
    await after(SETTLE_MS)
    const held = await tracker.held()
    samples.push(held)
    onSample?.(held)
  }
  return { samples, turns, problems: growthIn(samples) }
}

/**
 * What has grown since the first of them, which shows what it takes to be warm. The end is the median of the last three: a
 * leak adds up, and what goes again is none.
 */
export function growthIn(samples: Held[]): string[] {
  const [first] = samples
  if (first === undefined) return []
  const last = samples.slice(-3)
  const end = (of: (held: Held) => number) =>
    last.map(of).sort((a, b) => a - b)[Math.floor(last.length / 2)] ?? Number.NaN
  const problems: string[] = []
  for (const [name, of] of [
    ['The heap', ({ heapBytes }: Held) => heapBytes],
    ['The memory', ({ rssBytes }: Held) => rssBytes],
  ] as const) {
    const growth = end(of) / of(first) - 1
    if (growth > MAX_GROWTH) problems.push(`${name} grew by ${(100 * growth).toFixed(1)} % after the first tenth.`)
  }
  const handles = end((held) => held.handles) - first.handles
  if (handles > Math.max(HANDLES_SLACK, MAX_GROWTH * first.handles)) problems.push(`${handles} more handles are open.`)
  return problems
}

// Lets many parts work on a tracker for a time, and looks at what the tracker holds, by default after each tenth of it.
// Knows nothing of what the parts do.
import { setTimeout as after } from 'node:timers/promises'
import type { TrackerProcess } from './fork-tracker'
import type { SoakPart, SoakTools } from './parts'
import type { Held } from './tracker-process'

const SAMPLES = 10
/** How many of each part run at once. */
const WORKERS = 2
/** The time after which what has been left is gone from the tracker. */
const SETTLE_MS = 1_000
/** Memory and handles may be so much more at the end than after the first tenth. */
const MAX_GROWTH = 0.05
/** Below this many, one handle more is more than a twentieth. */
const HANDLES_SLACK = 3
const GONE_WITH_PEOPLE = ['connections', 'sockets', 'swarms', 'members', 'seated', 'codes', 'relayed'] as const

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
  /** How often it is looked at; without it, ten times. */
  samples?: number
  onSample?: (held: Held) => void
}

/** Runs all parts. Rejects where one does: the tracker did not do as it should. */
export async function soak(tracker: TrackerProcess, options: SoakOptions): Promise<SoakReport> {
  const { durationMs, parts, random, samples: wanted = SAMPLES, onSample } = options
  const tools: SoakTools = { port: tracker.port, random, draw: (end) => Math.floor(random() * end) }
  const turns = Object.fromEntries(parts.map(({ name }) => [name, 0]))
  const samples: Held[] = []

  const work = async (part: SoakPart, until: number) => {
    do {
      await part.turn(tools)
      turns[part.name] = (turns[part.name] ?? 0) + 1
    } while (performance.now() < until)
  }
  for (let sample = 0; sample < wanted; sample++) {
    const until = performance.now() + durationMs / wanted
    await Promise.all(parts.flatMap((part) => Array.from({ length: WORKERS }, () => work(part, until))))
    await after(SETTLE_MS)
    const held = await tracker.held()
    samples.push(held)
    onSample?.(held)
  }
  return { samples, turns, problems: growthIn(samples) }
}

/**
 * What has grown since the first sample, which shows what it takes to be warm. Memory by the trend through all samples:
 * a leak adds up, and what comes and goes is none. Of people, nothing may be left at any time.
 */
export function growthIn(samples: Held[]): string[] {
  const [first] = samples
  if (first === undefined) return []
  const problems: string[] = []
  for (const [name, of] of [
    ['The heap', ({ heapBytes }: Held) => heapBytes],
    ['The memory', ({ rssBytes }: Held) => rssBytes],
  ] as const) {
    const growth = growthOf(samples.map(of))
    if (growth > MAX_GROWTH) problems.push(`${name} grew by ${(100 * growth).toFixed(1)} % after the first tenth.`)
  }
  const handles = median(samples.slice(-3).map((held) => held.handles)) - first.handles
  if (handles > Math.max(HANDLES_SLACK, MAX_GROWTH * first.handles)) problems.push(`${handles} more handles are open.`)
  for (const kind of GONE_WITH_PEOPLE) {
    const most = Math.max(...samples.map(({ counts }) => counts[kind]))
    if (most > 0) problems.push(`When everybody had gone, ${most} ${kind} were still there.`)
  }
  return problems
}

/**
 * The growth from the first value to the last as a share of the first, both on the straight line that fits best: by
 * Theil and Sen, the median of all slopes, so that a few values that are far off do not turn it.
 */
function growthOf(values: number[]): number {
  const slopes = values.flatMap((from, i) => values.slice(i + 1).map((to, steps) => (to - from) / (steps + 1)))
  if (slopes.length === 0) return 0
  const slope = median(slopes)
  return (slope * (values.length - 1)) / median(values.map((value, i) => value - slope * i))
}

function median(values: number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = (sorted.length - 1) / 2
  return ((sorted[Math.floor(middle)] ?? Number.NaN) + (sorted[Math.ceil(middle)] ?? Number.NaN)) / 2
}

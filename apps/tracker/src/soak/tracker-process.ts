// A tracker in a process of its own, for those who want to know what it costs: started with TrackerOptions as JSON,
// it tells its port, and then what it holds as often as it is asked. Knows nothing of what is done to it.
import { memoryUsage, resourceUsage } from 'node:process'
import { setTimeout as after } from 'node:timers/promises'
import { getHeapCodeStatistics } from 'node:v8'
import { pino } from 'pino'
import { startTracker } from '../server'
import type { TrackerCounts, TrackerOptions } from '../tracker'

/**
 * `heapBytes`: without `codeBytes`, which V8 makes of functions that run often and throws away again as it likes;
 * `peakBytes`: the most that the system has given it so far; `handles`: what keeps its event loop alive.
 */
export type Held = {
  heapBytes: number
  codeBytes: number
  rssBytes: number
  peakBytes: number
  handles: number
  logLines: number
  counts: TrackerCounts
}

let logLines = 0
const log = pino({ level: 'info' }, { write: () => logLines++ })
const tracker = await startTracker({ ...(JSON.parse(process.argv[2] ?? '') as TrackerOptions), log })

/** The time after which memory that a collection frees is back with the system. */
const RETURN_MS = 500

process.on('message', async () => {
  // What the first finds, the second may free: finalizers run between them. Needs --expose-gc.
  for (let collections = 0; collections < 3; collections++) {
    global.gc?.()
    await after(RETURN_MS / 3)
  }
  const { heapUsed, rss } = memoryUsage()
  const code = getHeapCodeStatistics()
  const codeBytes = code.code_and_metadata_size + code.bytecode_and_metadata_size
  const held: Held = {
    heapBytes: heapUsed - codeBytes,
    codeBytes,
    rssBytes: rss,
    peakBytes: resourceUsage().maxRSS * 1024,
    handles: process.getActiveResourcesInfo().length,
    logLines,
    counts: tracker.counts,
  }
  process.send?.(held)
})
process.once('disconnect', () => process.exit())
process.send?.(tracker.port)

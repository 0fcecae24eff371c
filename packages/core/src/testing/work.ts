// Counts the work that code does, by V8's own counters: how often its blocks run, loops and calls alike. It is the same
// on any machine, however busy. Only what was loaded after `countWork` is counted.
import { Session } from 'node:inspector'
import { vi } from 'vitest'

export type Work = {
  /**
   * How many blocks of the project's code have run since this was last asked. What the engine does by itself (a copy, a
   * sort) is none.
   */
  take(): number
  stop(): void
}

export function countWork(): Work {
  vi.resetModules()
  const session = new Session()
  session.connect()
  session.post('Profiler.enable')
  session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: true })
  return {
    take() {
      let blocks = 0
      session.post('Profiler.takePreciseCoverage', (error, coverage) => {
        if (error) throw error
        for (const { url, functions } of coverage.result)
          if (/packages\/core\/src\/(swarm|content)\//.test(url) && !url.includes('.test.'))
            for (const { ranges } of functions) for (const { count } of ranges) blocks += count
      })
      return blocks
    },
    stop() {
      session.post('Profiler.stopPreciseCoverage')
      session.disconnect()
    },
  }
}

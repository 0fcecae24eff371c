// Starts a tracker in a process of its own and asks what it holds. Knows nothing of what is done to it.
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import type { TrackerOptions } from '../tracker'
import type { Held } from './tracker-process'

export type TrackerProcess = {
  port: number
  /** What the tracker holds, after a collection. */
  held(): Promise<Held>
  end(): void
}

/** Resolves when it answers. The options are those that JSON can carry. */
export async function forkTracker(options: TrackerOptions): Promise<TrackerProcess> {
  const file = fileURLToPath(new URL('./tracker-process.ts', import.meta.url))
  const child = fork(file, [JSON.stringify(options)], { execArgv: ['--import', 'tsx', '--expose-gc'] })
  const [port] = (await once(child, 'message')) as [number]
  return {
    port,
    async held() {
      child.send('held')
      return ((await once(child, 'message')) as [Held])[0]
    },
    end: () => void child.kill('SIGKILL'),
  }
}

// Three trackers over one Redis that look like one: each peer that comes is at the next of them. For suites that must
// hold on several nodes as on one. Knows nothing of what a test shows.
import type { Tracker, TrackerCounts, TrackerOptions } from '../tracker'
import { openTracker } from './peers'
import { RedisServer } from './redis-server'

const NODES = 3

/** `port`: of the next node each time. `counts`: of all. */
export async function openThreeNodes(options: Partial<TrackerOptions> = {}): Promise<Tracker> {
  const redis = await RedisServer.open()
  const nodes: Tracker[] = []
  // One after the other: each knows those before it.
  while (nodes.length < NODES) nodes.push(await openTracker({ redisUrl: redis.url, ...options }))
  const [first] = nodes as [Tracker]
  let came = 0
  return {
    ...first,
    get port() {
      return nodes[came++ % NODES]?.port ?? 0
    },
    get counts() {
      const all = nodes.map(({ counts }) => counts)
      const sum = (kind: keyof TrackerCounts) => all.reduce((total, counts) => total + counts[kind], 0)
      return Object.fromEntries(
        (Object.keys(first.counts) as (keyof TrackerCounts)[]).map((kind) => [kind, sum(kind)]),
      ) as TrackerCounts
    },
    get addresses() {
      return first.addresses
    },
  }
}

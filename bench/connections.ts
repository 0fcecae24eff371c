// What a connection costs a tracker in memory: as many as one process is meant for, and then ten thousand that come and
// go five times, after which it is to hold what it held before. Measured from outside its process.
import { forkTracker } from '../apps/tracker/src/soak/fork-tracker'
import { table } from '../tooling/figures'
import { type JoiningPeer, openPeer } from './joining-client'

/** Each is a file of the process, which may often have 20,000 open. */
const MOST = 19_500
const CONNECTIONS = 10_000
const TIMES = 5
const OPENED_AT_ONCE = 50

export async function connections(): Promise<void> {
  const ample = { capacity: 1e12, perSecond: 1e9 }
  const limits = { socket: ample, address: ample, connectionsPerAddress: 100_000 }
  const tracker = await forkTracker({
    webRoot: 'no-such-folder',
    limits,
    pingIntervalMs: 60_000,
    pingTimeoutMs: 60_000,
  })
  const rows: string[][] = []
  const kib = (bytes: number, count: number) => `${(bytes / count / 1024).toFixed(1)} KiB`
  const mib = (bytes: number) => `${(bytes / 2 ** 20).toFixed(1)} MiB`
  let empty = await tracker.held()
  for (const [time, count] of [MOST, ...Array<number>(TIMES).fill(CONNECTIONS)].entries()) {
    const peers: JoiningPeer[] = []
    while (peers.length < count)
      peers.push(...(await Promise.all(Array.from({ length: OPENED_AT_ONCE }, () => openPeer(tracker.port)))))
    const full = await tracker.held()
    for (const peer of peers) peer.close()
    while ((await tracker.held()).counts.connections > 0);
    const after = await tracker.held()
    const cost = [kib(full.heapBytes - empty.heapBytes, count), kib(full.rssBytes - empty.rssBytes, count)]
    rows.push([`${time + 1}`, `${count}`, ...cost, mib(after.heapBytes), mib(after.rssBytes)])
    empty = after
  }
  tracker.end()
  console.log(
    table(
      ['time', 'connections', 'heap a connection', 'memory a connection', 'heap when all left', 'memory then'],
      rows,
    ),
  )
  console.log('All of one process, in memory.')
}

// What queues and chance made of the packets of a network of paths. Runs nothing.
import type { Access } from './access'
import type { QueueResult } from './experiment'

export function queuesOf(peers: readonly { access: Access | undefined }[]): QueueResult {
  const accesses = peers.flatMap(({ access }) => access ?? [])
  const uplinks = accesses.map(({ up }) => up.counts)
  const all = [...uplinks, ...accesses.map(({ down }) => down.counts)]
  // Each byte comes by one uplink, and waits there and at a downlink.
  const bytes = uplinks.reduce((sum, counts) => sum + counts.bytes, 0)
  return {
    droppedPackets: all.reduce((sum, { droppedPackets }) => sum + droppedPackets, 0),
    lostByChance: all.reduce((sum, { lostByChance }) => sum + lostByChance, 0),
    meanWaitMs: bytes > 0 ? all.reduce((sum, { waitedByteMs }) => sum + waitedByteMs, 0) / bytes : 0,
    longestWaitMs: all.reduce((longest, { longestWaitMs }) => Math.max(longest, longestWaitMs), 0),
  }
}

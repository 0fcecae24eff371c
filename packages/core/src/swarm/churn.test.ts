// Random joins, leaves and reconnects: whatever happens, nobody honest is dropped, and those who stay get every byte.
import { describe, expect, it } from 'vitest'
import { testContent } from '../testing/test-content'
import type { TestPeerOptions } from '../testing/test-peer'
import { type Sent, VirtualSwarm } from '../testing/virtual-swarm'

const CHURN_MS = 25_000
const source = testContent(24, 2_048)

const chance = (swarm: VirtualSwarm, n: number) => Math.floor(swarm.random() * n)

function randomOptions(swarm: VirtualSwarm): TestPeerOptions {
  const upload = [undefined, 3_000, 10_000, 50_000][chance(swarm, 4)]
  const download = [undefined, undefined, 8_000, 60_000][chance(swarm, 4)]
  return {
    ...(upload && { uploadBytesPerSecond: upload }),
    ...(download && { downloadBytesPerSecond: download }),
    policy: {
      regularSlots: 1 + chance(swarm, 4),
      rechokeMs: 1_000 + chance(swarm, 3_000),
      optimisticMs: 2_000 + chance(swarm, 5_000),
      picker: (['rarest-first', 'random', 'sequential'] as const)[chance(swarm, 3)] ?? 'random',
    },
  }
}

/**
 * One thing that happens in a swarm: somebody comes, goes, loses a neighbour or finds one, pauses, or changes a limit.
 */
function somethingHappens(swarm: VirtualSwarm, newId: () => string): void {
  const ids = [...swarm.peers.keys()]
  const some = () => ids[chance(swarm, ids.length)] as string
  const [a, b] = [some(), some()]
  switch (chance(swarm, 8)) {
    case 0: {
      const id = newId()
      swarm.add(id, randomOptions(swarm))
      for (const other of ids) if (swarm.random() < 0.6) swarm.connect(id, other)
      return
    }
    case 1:
      if (a !== 'seed' && ids.length > 4) swarm.remove(a)
      return
    case 2:
      return swarm.disconnect(a, b)
    case 3: // Lost and found again at once, with messages and answers of the store still on their way.
      if (a === b || !swarm.get(a).links.has(b)) return
      swarm.disconnect(a, b)
      return swarm.connect(a, b)
    case 4:
      swarm.dispatch(a, {
        type: 'activity-changed',
        downloading: swarm.random() < 0.5,
        uploading: swarm.random() < 0.5,
      })
      return
    case 5:
      swarm.dispatch(a, {
        type: 'limits-changed',
        uploadBytesPerSecond: swarm.random() < 0.5 ? undefined : 2_000 + chance(swarm, 30_000),
        downloadBytesPerSecond: swarm.random() < 0.5 ? undefined : 2_000 + chance(swarm, 30_000),
      })
      return
    default:
      if (a !== b && !swarm.get(a).links.has(b)) swarm.connect(a, b)
  }
}

function churned(seed: number): VirtualSwarm {
  const swarm = new VirtualSwarm(source, seed, { storeMs: 200, linkBytesPerSecond: 100_000 })
  let born = 0
  const newId = () => `p${++born}`
  swarm.add('seed', { seed: true, uploadBytesPerSecond: 20_000 })
  for (let i = 0; i < 5; i++) swarm.add(newId(), randomOptions(swarm))
  swarm.connectAll()
  while (swarm.now < CHURN_MS) {
    swarm.run(swarm.now + chance(swarm, 500))
    somethingHappens(swarm, newId)
  }
  for (const id of swarm.peers.keys())
    swarm.dispatch(id, { type: 'activity-changed', downloading: true, uploading: true })
  swarm.connectAll()
  return swarm
}

/** Answers less requests, of those whose connection still stands. */
function unansweredRequests(swarm: VirtualSwarm): Map<string, number> {
  const balance = new Map<string, number>()
  const count = ({ connection, message }: Sent, asker: string, by: number) => {
    if (!('chunk' in message && 'offset' in message)) return
    const key = `${connection} ${asker} ${message.chunk} ${message.offset}`
    balance.set(key, (balance.get(key) ?? 0) + by)
  }
  for (const sent of swarm.log) {
    if (swarm.peers.get(sent.from)?.links.get(sent.to) !== sent.connection) continue
    if (sent.message.type === 'request') count(sent, sent.from, 1)
    if (sent.message.type === 'block' || sent.message.type === 'reject') count(sent, sent.to, -1)
  }
  for (const [key, open] of balance) if (open === 0) balance.delete(key)
  return balance
}

// Whole transfers take a while on a busy machine.
describe('a swarm in which peers come and go', { timeout: 30_000 }, () => {
  it.each([1, 2, 3, 4, 5, 6, 7, 8])('[SERVE-1] [ORDER-1] [DONE-1] ends well (seed %i)', (seed) => {
    const swarm = churned(seed)
    const finished = swarm.run(CHURN_MS + 600_000, () => swarm.allComplete())
    swarm.run(swarm.now + 5_000)

    const dropped = [...swarm.peers.values()].flatMap((peer) => peer.dropped)
    expect(dropped, `seed ${seed}`).toEqual([])
    expect(finished, `seed ${seed}: ${[...swarm.peers.values()].map((p) => `${p.id} ${p.stored.size}`)}`).toBe(true)
    for (const id of swarm.peers.keys()) expect(swarm.holdsOriginal(id), `seed ${seed}, ${id}`).toBe(true)
    expect(unansweredRequests(swarm), `seed ${seed}`).toEqual(new Map())
  })
})

// Whole transfers between several peers: who gets the content, from whom, and what happens when somebody goes or lies.
import { describe, expect, it } from 'vitest'
import { testContent } from '../testing/test-content'
import { VirtualSwarm } from '../testing/virtual-swarm'

const source = testContent(60)
const { totalBytes } = source.content.layout
const upload = { uploadBytesPerSecond: 20_000 }

/** A seed and some peers, everybody with everybody. */
function swarmOf(peers: string[], seed = 1): VirtualSwarm {
  const swarm = new VirtualSwarm(source, seed)
  swarm.add('seed', { seed: true, ...upload })
  for (const id of peers) swarm.add(id, upload)
  swarm.connectAll()
  return swarm
}

function expectOriginals(swarm: VirtualSwarm): void {
  for (const peer of swarm.peers.values()) expect(swarm.holdsOriginal(peer.id), peer.id).toBe(true)
}

// Whole transfers take a while on a busy machine.
describe('transfer', { timeout: 30_000 }, () => {
  it('[DONE-1] brings one peer the original bytes, each block once', () => {
    const swarm = swarmOf(['a'])
    expect(swarm.run(60_000, () => swarm.allComplete())).toBe(true)
    expectOriginals(swarm)
    expect(swarm.snapshot('a').downloadedBytes).toBe(totalBytes)
    expect(swarm.snapshot('a')).toMatchObject({ chunksHeld: 60, heldBytes: totalBytes, othersHoldAll: true })
  })

  it('[DONE-1] brings everybody the original bytes, most of them from each other', () => {
    const swarm = swarmOf(['a', 'b', 'c', 'd', 'e', 'f', 'g'])
    expect(swarm.run(60_000, () => swarm.allComplete())).toBe(true)
    expectOriginals(swarm)
    expect(swarm.snapshot('seed').uploadedBytes).toBeLessThan(1.3 * totalBytes)
    const received = ['a', 'b', 'c', 'd', 'e', 'f', 'g'].map((id) => swarm.snapshot(id).downloadedBytes)
    for (const bytes of received) expect(bytes).toBeLessThan(1.15 * totalBytes)
  })

  it('[DONE-2] goes on from peer to peer if the seed leaves once every chunk is out', () => {
    const swarm = swarmOf(['a', 'b', 'c', 'd'])
    expect(swarm.run(60_000, () => swarm.snapshot('seed').othersHoldAll)).toBe(true)
    expect(swarm.allComplete('a', 'b', 'c', 'd')).toBe(false)
    swarm.remove('seed')
    expect(swarm.run(60_000, () => swarm.allComplete())).toBe(true)
    expectOriginals(swarm)
  })

  it('[DONE-2] loses nothing but time when a neighbour leaves in the middle of a chunk', () => {
    const swarm = swarmOf(['a', 'b', 'c'])
    swarm.run(2_000)
    const owed = () => swarm.sent('request', 'a', 'b').length - swarm.sent('block', 'b', 'a').length
    expect(swarm.run(60_000, () => owed() > 1)).toBe(true)
    swarm.remove('b')
    expect(swarm.run(60_000, () => swarm.allComplete())).toBe(true)
    expectOriginals(swarm)
  })

  it('[DONE-2] waits for a seed that has left too early, and goes on by itself when it is back', () => {
    const swarm = swarmOf(['a', 'b'])
    swarm.run(4_000)
    swarm.remove('seed')
    expect(swarm.run(300_000, () => swarm.allComplete())).toBe(false)
    swarm.add('seed again', { seed: true, ...upload })
    swarm.connectAll()
    expect(swarm.run(swarm.now + 60_000, () => swarm.allComplete())).toBe(true)
    expectOriginals(swarm)
  })

  it('[DONE-2] serves one that joins late', () => {
    const swarm = swarmOf(['a', 'b', 'c'])
    swarm.run(10_000)
    swarm.add('late', upload)
    swarm.connectAll()
    expect(swarm.run(60_000, () => swarm.allComplete())).toBe(true)
    expectOriginals(swarm)
  })

  it('[DONE-2] needs no seed where the neighbours together hold everything', () => {
    const swarm = new VirtualSwarm(source, 4)
    const third = (from: number) => [...source.chunks.keys()].filter((chunk) => chunk % 3 === from)
    for (const [i, id] of ['a', 'b', 'c'].entries()) swarm.add(id, { held: third(i), ...upload })
    swarm.add('empty', upload)
    swarm.connectAll()
    expect(swarm.run(60_000, () => swarm.allComplete())).toBe(true)
    expectOriginals(swarm)
  })

  it('[CHECK-1] bans a neighbour at its first bad chunk, fetches it elsewhere, and announces and stores only what is right', () => {
    const swarm = swarmOf(['a', 'b', 'c'])
    swarm.add('liar', { seed: true, ...upload, corrupt: (_chunk, data) => data.slice().fill(0, 0, 1) })
    swarm.connectAll()
    expect(swarm.run(60_000, () => swarm.allComplete('a', 'b', 'c'))).toBe(true)
    for (const id of ['a', 'b', 'c']) {
      expect(swarm.holdsOriginal(id)).toBe(true)
      expect(swarm.get(id).dropped).toEqual([
        { peer: 'liar', ban: true, reason: expect.stringContaining('did not match') },
      ])
    }
  })

  it('[CHECK-3] fetches again a chunk that could not be stored, and bans nobody for it', () => {
    const swarm = new VirtualSwarm(source, 1)
    let failures = 0
    swarm.add('seed', { seed: true })
    swarm.add('a', { storeFails: (chunk) => chunk === 7 && failures++ < 3 })
    swarm.connectAll()
    expect(swarm.run(60_000, () => swarm.allComplete())).toBe(true)
    expectOriginals(swarm)
    expect(failures).toBe(4)
    expect(swarm.get('a').dropped).toEqual([])
  })
})

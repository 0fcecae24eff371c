// Clients that keep to no rule, over real sockets: anyone who is honest is served meanwhile, and what is held for the
// others is bounded. (What a single socket may not do: gateway.test.ts.)
import { randomBytes } from 'node:crypto'
import { performance } from 'node:perf_hooks'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { SignalDelivery } from '@swarmdrop/core/signaling'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { closeAll } from './testing/cleanup'
import { messagePaths } from './testing/message-paths'
import { openPeer, type Peer, swarmId } from './testing/peers'
import { openRawSocket } from './testing/raw-socket'
import { seededRandom } from './testing/seeded-random'

afterEach(closeAll)

const JOINS = 10_000
const MAX_HEAP_BYTES_EACH = 33_554
const honestSwarm = swarmId(1)

/** The bytes of the heap after a collection. */
function heapBytesNow(): number {
  setFlagsFromString('--expose-gc')
  runInNewContext('gc')()
  return process.memoryUsage().heapUsed
}

/** Two who meet and signal, as people do; how long both took. */
async function meet(one: Peer, other: Peer): Promise<number> {
  const startedAt = performance.now()
  const { id } = await one.join(honestSwarm)
  await other.join(honestSwarm)
  const delivered = one.next('signal')
  expect(await other.ask('signal', { swarmId: honestSwarm, to: id, sealed: 'c2VhbGVk' })).toEqual({})
  expect(SignalDelivery.parse(await delivered)).toMatchObject({ sealed: 'c2VhbGVk' })
  return performance.now() - startedAt
}

describe.each(messagePaths)('messages %s:', (_path, openTracker, isTaken) => {
  describe('a hostile client', { timeout: 120_000 }, () => {
    it('that joins ten thousand swarms gets eight, is cut off, and holds nobody up', async () => {
      const tracker = await openTracker()
      const [a, b, hostile] = [await openPeer(tracker), await openPeer(tracker), await openPeer(tracker)]
      const gone = hostile.next('disconnect')
      let joined = 0
      for (let i = 0; i < JOINS; i++)
        hostile.socket.emit('join', { swarmId: swarmId(100 + i) }, (reply: object) => {
          if ('id' in reply) joined++
        })
      expect(await meet(a, b)).toBeLessThan(5_000)
      expect(await gone).toBe('transport close')
      expect(joined).toBeLessThanOrEqual(8)
      const later = await openPeer(tracker)
      expect((await later.join(swarmId(100))).size).toBe(1)
    })

    const CROWD = isTaken ? 100 : 25
    const EACH = 20

    it(`that joins ${EACH} times over each of ${CROWD} connections fills one swarm by its eight and is forgotten when it goes`, async () => {
      const tracker = await openTracker()
      const [a, b] = [await openPeer(tracker), await openPeer(tracker)]
      const crowd = await Promise.all(Array.from({ length: CROWD }, () => openPeer(tracker)))
      const heapBytes = heapBytesNow()
      const answers = crowd.flatMap(({ socket }) =>
        Array.from({ length: EACH }, (_, i) => socket.emitWithAck('join', { swarmId: swarmId(100 + i) }) as unknown),
      )
      const replies = (await Promise.all(answers)) as object[]
      expect(replies.filter((reply) => 'id' in reply)).toHaveLength(CROWD * 8)
      expect(replies.filter((reply) => 'refused' in reply)).toHaveLength(CROWD * (EACH - 8))
      // For eight memberships; what its client in this process keeps is in it too.
      expect((heapBytesNow() - heapBytes) / CROWD).toBeLessThan(MAX_HEAP_BYTES_EACH)
      expect(await meet(a, b)).toBeLessThan(5_000)
      for (const { socket } of crowd) socket.disconnect()
      await vi.waitFor(async () => expect((await a.more(honestSwarm)).size).toBe(2))
      const later = await openPeer(tracker)
      await vi.waitFor(async () => {
        const { size } = await later.join(swarmId(100))
        await later.ask('leave', { swarmId: swarmId(100) })
        expect(size).toBe(1)
      }, 10_000)
    })

    it("cannot send a signal that it heard to another under its sender's name, nor keep its own name beyond its socket", async () => {
      const tracker = await openTracker()
      const [a, b, hostile] = [await openPeer(tracker), await openPeer(tracker), await openPeer(tracker)]
      const { id: idOfA } = await a.join(honestSwarm)
      const { id: idOfB } = await b.join(honestSwarm)
      const { id: idOfHostile } = await hostile.join(honestSwarm)
      const heard = hostile.next('signal')
      await a.ask('signal', { swarmId: honestSwarm, to: idOfHostile, sealed: 'c2VhbGVk' })
      const { sealed } = SignalDelivery.parse(await heard)
      const replayed = b.next('signal')
      await hostile.ask('signal', { swarmId: honestSwarm, to: idOfB, sealed })
      // Its own name is on it: for B the seal is not right (SEAL-3).
      expect(SignalDelivery.parse(await replayed)).toEqual({ swarmId: honestSwarm, from: idOfHostile, sealed })
      for (const forged of [{ from: idOfA }, { id: idOfA }])
        expect(await hostile.ask('signal', { swarmId: honestSwarm, to: idOfB, sealed, ...forged })).toEqual({
          refused: 'invalid',
        })
      hostile.socket.disconnect()
      await vi.waitFor(async () =>
        expect(await a.ask('signal', { swarmId: honestSwarm, to: idOfHostile, sealed })).toEqual({
          refused: 'unknown-peer',
        }),
      )
    })

    it('that sends anything at all ends no other connection and no process', async () => {
      const tracker = await openTracker()
      const [a, b] = [await openPeer(tracker), await openPeer(tracker)]
      const seed = Math.floor(Math.random() * 2 ** 31)
      const random = seededRandom(seed)
      const texts = [
        '42["join"]',
        '42["join",{"swarmId":"__proto__"}]',
        '42[]',
        '42["signal",{"sealed":{}}]',
        '451-["x",{"_placeholder":true,"num":9}]',
        '40/other,',
        '41',
        '2',
        '6',
        'b////',
        '42["lab-send",null]',
      ]
      for (let i = 0; i < 40; i++) {
        const raw = await openRawSocket(tracker.port)
        const picked = texts[Math.floor(random() * texts.length)] ?? ''
        const noise = randomBytes(Math.floor(random() * 200)).toString('latin1')
        raw.send(picked, picked.slice(0, Math.floor(random() * picked.length)) + noise, picked)
        raw.tcp.write(randomBytes(Math.floor(random() * 500)))
        if (random() < 0.5) raw.tcp.end()
      }
      expect(await meet(a, b), `seed ${seed}`).toBeLessThan(5_000)
      expect([a.socket.connected, b.socket.connected]).toEqual([true, true])
    })
  })
})

// A seed among such as want its slots and make nothing of them, and one honest neighbour: how long that one waits for
// its file.
import { describe, expect, it } from 'vitest'
import { LoneSwarm } from '../testing/lone-swarm'
import { testContent } from '../testing/test-content'
import { VirtualSwarm } from '../testing/virtual-swarm'
import type { SwarmAction } from './events'

const TICK_MS = 100
const source = testContent(100, 16_384)
const BLOCK = 4_096
const FILE_BYTES = source.content.layout.totalBytes
const UPLOAD = 16_384
/** How long one who is served alone takes. */
const ALONE_MS = (FILE_BYTES / UPLOAD) * 1_000

type Idler = {
  /** What the neighbour does each tenth of a second. */
  tick?: (seed: LoneSwarm, peer: string, tick: number) => void
  /** How fast it reads what it is sent. */
  readsBytesPerSecond?: number
  holds?: 'all' | number[]
}

/**
 * When the honest one has the file; the seed's uplink is its limit, or there is none and all links together carry as
 * much.
 */
function honestWaitsMs(
  count: number,
  { tick, readsBytesPerSecond = Infinity, holds = [] }: Idler,
  untilMs: number,
): number {
  const seed = new LoneSwarm(source, {
    held: 'all',
    storeIsSlow: true,
    uploadBytesPerSecond: UPLOAD,
    policy: { blockBytes: BLOCK, handOutOnce: false },
  })
  const idlers = Array.from({ length: count }, (_, i) => `idler${i}`)
  const buffered = new Map<string, number>()
  let seen = 0
  const carryOut = () => {
    for (; seen < seed.log.length; seen++) {
      const { action } = seed.log[seen] as { action: SwarmAction }
      if (action.type !== 'load-block') continue
      const { peer, chunk, offset, length } = action
      seed.handle({ type: 'block-loaded', peer, chunk, offset, data: new Uint8Array(length) })
      const waits = peer === 'honest' ? 0 : readsBytesPerSecond === Infinity ? 0 : (buffered.get(peer) ?? 0) + length
      buffered.set(peer, waits)
      seed.handle({ type: 'send-drained', peer, bufferedBytes: waits })
    }
  }
  for (const peer of idlers) {
    seed.join(peer, holds)
    seed.receive(peer, { type: 'interested' })
  }
  seed.join('honest')
  seed.receive('honest', { type: 'interested' })
  let asked = 0
  for (let at = 0; at < untilMs; at += TICK_MS) {
    seed.advanceTo(at)
    if (at % 500 === 0) {
      const served = seed.sent('block', 'honest').length
      if (served * BLOCK >= FILE_BYTES) return at
      seed.receive('honest', { type: 'keep-alive' })
      for (let open = asked - served - seed.sent('reject', 'honest').length; open < 8; open++) {
        if (seed.neighbour('honest').amChoking) break
        const offset = (Math.floor(asked / 99) % 4) * BLOCK
        seed.receive('honest', { type: 'request', chunk: asked++ % 99, offset, length: BLOCK })
      }
    }
    for (const peer of idlers) {
      if (at % 5_000 === 0) seed.receive(peer, { type: 'keep-alive' })
      tick?.(seed, peer, at / TICK_MS)
      const waits = buffered.get(peer) ?? 0
      if (waits > 0 && at % 1_000 === 0) {
        const left = Math.max(0, waits - readsBytesPerSecond)
        buffered.set(peer, left)
        seed.handle({ type: 'send-drained', peer, bufferedBytes: left })
      }
    }
    carryOut()
  }
  return Infinity
}

const isServed = (seed: LoneSwarm, peer: string) =>
  seed.swarm.snapshot(seed.now).neighbours.some(({ id, amChoking }) => id === peer && !amChoking)

const idlers: [string, Idler][] = [
  ['ask for nothing', {}],
  ['hold everything', { holds: 'all' }],
  [
    'ask for a few bytes every 4.9 s',
    {
      tick(seed, peer, tick) {
        if (tick % 49 === 0 && isServed(seed, peer))
          seed.receive(peer, { type: 'request', chunk: tick % 100, offset: 0, length: 1 })
      },
    },
  ],
  [
    'ask and take it back',
    {
      tick(seed, peer, tick) {
        if (tick % 10 !== 0 || !isServed(seed, peer)) return
        const what = { chunk: 99 - (tick % 7), offset: 0 }
        seed.receive(peer, { type: 'request', ...what, length: 1_024 }, { type: 'cancel', ...what })
      },
    },
  ],
]

describe('slots', { timeout: 120_000 }, () => {
  it.each(idlers.flatMap(([what, idler]) => [8, 20, 48].map((count) => [count, what, idler] as const)))(
    '[CHOKE-8] a seed with %i neighbours that %s gives the honest one its file in less than twice the time',
    (count, _what, idler) => {
      expect(honestWaitsMs(count, idler, 4 * ALONE_MS)).toBeLessThan(2 * ALONE_MS)
    },
  )

  it('[CHOKE-8] an honest neighbour among 8, 20 and 48 that never ask gets the file from a real seed', () => {
    for (const count of [8, 20, 48]) {
      const swarm = new VirtualSwarm(testContent(100), 1)
      swarm.add('seed', { seed: true, uploadBytesPerSecond: 2_048 })
      for (let i = 0; i < count; i++) swarm.add(`idler${i}`, { policy: { silenceMs: Infinity } })
      swarm.add('honest')
      for (const id of swarm.peers.keys()) if (id !== 'seed') swarm.connect(id, 'seed')
      swarm.tamper = (from, _to, message) =>
        from.startsWith('idler') && message.type === 'request' ? undefined : message
      const aloneMs = (swarm.source.content.layout.totalBytes / 2_048) * 1_000
      swarm.run(40 * aloneMs, () => swarm.allComplete('honest'))
      expect(swarm.now, `${count} idlers`).toBeLessThan(2 * aloneMs)
    }
  })

  it('[CHOKE-8] one that idles keeps its slot as long as nobody else wants it, and goes at once when somebody does', () => {
    const seed = new LoneSwarm(source, { held: 'all' })
    for (let i = 0; i < 4; i++) {
      seed.join(`idler${i}`)
      seed.receive(`idler${i}`, { type: 'interested' })
    }
    seed.advanceTo(62_000)
    expect(seed.sent('choke')).toEqual([])
    seed.join('late')
    seed.receive('late', { type: 'interested' })
    expect(isServed(seed, 'late')).toBe(true)
    expect(seed.sent('choke').map(({ at }) => at)).toEqual([62_000])
  })

  it('[CHOKE-8] goes behind for 30 s, and each time in a row for twice as long; anyone who takes again is as good as any', () => {
    const seed = new LoneSwarm(source, { held: 'all', policy: { regularSlots: 1, optimisticSlots: 0 } })
    for (const peer of ['idler', 'other']) seed.join(peer)
    seed.receive('idler', { type: 'interested' })
    seed.receive('other', { type: 'interested' })
    for (let second = 1; second < 300; second++) {
      seed.advanceTo(second * 1_000)
      if (!isServed(seed, 'other')) continue
      seed.receive('other', { type: 'request', chunk: second % 100, offset: 0, length: 4_096 })
    }
    const turns = seed.sent('unchoke', 'idler').map(({ at }) => at)
    expect(turns.length).toBeLessThanOrEqual(5)
    const between = turns.slice(1).map((at, i) => at - (turns[i] ?? 0))
    for (const [i, ms] of between.entries()) expect(ms).toBeGreaterThanOrEqual(30_000 * 2 ** i)
  })

  it('[CHOKE-9] four slots that are read slowly on purpose do not keep others from theirs', () => {
    const besiegedMs = honestWaitsMs(
      20,
      {
        readsBytesPerSecond: 20,
        tick(seed, peer, tick) {
          if (tick % 20 === 0 && isServed(seed, peer))
            seed.receive(peer, { type: 'request', chunk: (tick / 20) % 100, offset: 0, length: BLOCK })
        },
      },
      4 * ALONE_MS,
    )
    expect(besiegedMs).toBeLessThan(2 * ALONE_MS)
  })

  it('[CHOKE-9] where the uplink itself is slow, nobody is taken for slight: four are served, not eight', () => {
    const swarm = new VirtualSwarm(testContent(60, 16_384), 2, { linkBytesPerSecond: 1_000 })
    swarm.add('seed', { seed: true })
    for (let i = 0; i < 12; i++) swarm.add(`p${i}`)
    for (let i = 0; i < 12; i++) swarm.connect(`p${i}`, 'seed')
    let most = 0
    for (let at = 1_000; at < 200_000; at += 1_000) {
      swarm.run(at)
      most = Math.max(most, swarm.snapshot('seed').neighbours.filter(({ amChoking }) => !amChoking).length)
    }
    expect(most).toBe(5)
  })
})

// One link that goes by WebRTC or by the server, and changes from one to the other. Both in virtual time; the server is
// the test's.
import type { Signal } from '@swarmdrop/core/signaling'
import { describe, expect, it } from 'vitest'
import type { PeerLink, Way } from '../ports'
import { linkChecks } from '../testing/port-contracts'
import { VirtualWorld } from '../testing/virtual-device'
import type { ServerPorts } from './server-path'
import type { RelayedPair, RelayedPairHandlers } from './server-relay'
import { wayLinks } from './way-link'

/** A server with one pair. `carry`: what becomes of a piece on its way. */
class OnePair {
  readonly sides: RelayedPairHandlers[] = []
  asked = 0
  isOff = false
  /** Whether a sender hears what was read. */
  tellsRead = true
  carry: (sealed: string, deliver: (sealed: string) => void) => void = (sealed, deliver) => deliver(sealed)
  readonly #world: VirtualWorld

  constructor(world: VirtualWorld) {
    this.#world = world
  }

  readonly path = (): ServerPorts => ({
    key: new Uint8Array(32).fill(3),
    attempt: 'attempt',
    openPair: (_pair, handlers) => this.#open(handlers),
  })

  /** The server ends it. */
  end(): void {
    for (const side of this.sides.splice(0)) side.ended()
  }

  #open(handlers: RelayedPairHandlers): RelayedPair | undefined {
    this.asked += 1
    if (this.isOff) return undefined
    this.sides.push(handlers)
    const other = () => this.sides.find((side) => side !== handlers)
    const soon = (run: () => void) => void this.#world.time.after(10, run)
    if (other()) soon(() => this.sides.map((side) => side.opened()))
    return {
      send: (sealed) => this.carry(sealed, (delivered) => soon(() => other()?.piece(delivered))),
      hasRead: (cost) => soon(() => this.tellsRead && other()?.read(cost)),
      stop: () => {
        const left = other()
        this.sides.splice(0)
        soon(() => left?.ended())
      },
    }
  }
}

/** Two ends. `blocked`: WebRTC finds no way. */
function meeting({ blocked = true, relayOnly = [] as string[], server = true } = {}) {
  const world = new VirtualWorld()
  if (blocked) world.links.blocked.add('a')
  const pair = new OnePair(world)
  const ends = new Map<string, { link: PeerLink }>()
  const make = (name: string, other: string, initiator: boolean) => {
    const { time, random, openLink } = world.device(name).ports
    const end = { heard: [] as string[], frames: [] as number[], said: [] as Signal[], drained: [] as number[] }
    const open = wayLinks({ time, random, openLink }, server ? pair.path() : undefined)
    const link = open(
      initiator,
      { iceServers: [], relayOnly: relayOnly.includes(name) },
      {
        signal: (signal) => {
          end.said.push(signal)
          world.time.after(10, () => ends.get(other)?.link.accept(signal))
        },
        opened: () => end.heard.push('opened'),
        wayChanged: () => end.heard.push('way'),
        frame: (frame) => end.frames.push(new DataView(frame.buffer, frame.byteOffset).getUint32(0)),
        drained: (bytes) => end.drained.push(bytes),
        closed: () => end.heard.push('closed'),
      },
    )
    const made = Object.assign(end, { link })
    ends.set(name, made)
    return made
  }
  const a = make('a', 'b', true)
  const b = make('b', 'a', false)
  let sent = 0
  /** A frame of so many bytes, that begins with its number. */
  const send = (from: PeerLink, bytes = 4) => {
    const frame = new Uint8Array(bytes)
    new DataView(frame.buffer).setUint32(0, sent++)
    from.send(frame)
  }
  const ways = (): Way[] => [a.link.way, b.link.way]
  const bothOpen = () => a.link.isOpen && b.link.isOpen
  return { world, pair, a, b, send, ways, bothOpen, time: world.time }
}

const count = (numbers: number) => Array.from({ length: numbers }, (_, at) => at)

describe('a link through the server', () => {
  it.each(linkChecks)('$name', async ({ run }) => {
    const world = new VirtualWorld()
    world.links.blocked.add('a')
    const pair = new OnePair(world)
    const openLink = (name: string) => {
      const { time, random, openLink: direct } = world.device(name).ports
      return wayLinks({ time, random, openLink: direct }, pair.path())
    }
    await run({
      a: openLink('a'),
      b: openLink('b'),
      carry: (deliver) => void world.time.after(5, deliver),
      until: async (isSo) => {
        if (!(await world.time.run(60_000, isSo))) throw new Error('in vain')
      },
    })
  })

  it('[RELAY-4] is tried when WebRTC has not opened after 3 s, and not before', async () => {
    const { pair, bothOpen, ways, time } = meeting()
    await time.run(2_900)
    expect(pair.asked).toBe(0)
    expect(await time.run(400, bothOpen)).toBe(true)
    expect(ways()).toEqual(['server', 'server'])
  })

  it('[RELAY-4] is not asked for where WebRTC opens', async () => {
    const { pair, bothOpen, ways, time } = meeting({ blocked: false })
    expect(await time.run(1_000, bothOpen)).toBe(true)
    await time.run(60_000)
    expect([pair.asked, ...ways()]).toEqual([0, 'direct', 'direct'])
  })

  it.each([['a'], ['b'], ['a', 'b']])(
    '[RELAY-4] is taken at once, without any WebRTC, where %s hide their address and there is no TURN server',
    async (...relayOnly) => {
      const { world, bothOpen, ways, a, b, time } = meeting({ blocked: false, relayOnly })
      expect(await time.run(500, bothOpen)).toBe(true)
      expect(ways()).toEqual(['server', 'server'])
      for (const [name, { said }] of Object.entries({ a, b }))
        if (relayOnly.includes(name))
          expect(said.map((signal) => ('sdp' in signal ? signal.sdp : signal))).toEqual([''])
      await time.run(300_000)
      expect([world.links.countOf('a'), world.links.countOf('b')]).toEqual([0, 0])
    },
  )

  it('ends where the server refuses, and WebRTC has failed', async () => {
    const { pair, a, b, time } = meeting()
    pair.isOff = true
    await time.run(20_000)
    expect([a.heard, b.heard]).toEqual([['closed'], ['closed']])
  })

  it('is none where one side knows of no server', async () => {
    const { a, b, time } = meeting({ server: false })
    await time.run(20_000)
    expect([a.heard, b.heard]).toEqual([['closed'], ['closed']])
  })

  it('[RELAY-5] holds no more than a window under way, however much is sent', async () => {
    const { pair, a, b, send, bothOpen, time } = meeting()
    await time.run(5_000, bothOpen)
    let held = 0
    let most = 0
    pair.carry = (sealed, deliver) => {
      held += sealed.length
      most = Math.max(most, held)
      time.after(200, () => {
        held -= sealed.length
        deliver(sealed)
      })
    }
    for (let frame = 0; frame < 40; frame++) send(a.link, 65_536)
    expect(a.link.bufferedBytes).toBeGreaterThan(40 * 65_536)
    expect(await time.run(30_000, () => b.frames.length === 40)).toBe(true)
    expect(b.frames).toEqual(count(40))
    expect(most).toBeLessThanOrEqual(131_072)
    await time.run(1_000)
    expect(a.link.bufferedBytes).toBe(0)
  })
})

describe('a link through the server, when WebRTC finds a way', () => {
  it('[RELAY-3] moves to it with every frame in order, both ways, and lets go of the server', async () => {
    const { world, pair, a, b, send, bothOpen, ways, time } = meeting()
    await time.run(5_000, bothOpen)
    world.links.blocked.clear()
    // Pieces take a second: what is said just before the move comes long after what is said just after it.
    pair.carry = (sealed, deliver) => void time.after(1_000, () => deliver(sealed))
    let isOver = false
    const talk = () => {
      if (isOver) return
      for (const { link } of [a, b]) send(link, 2_000)
      time.after(100, talk)
    }
    talk()
    expect(await time.run(120_000, () => ways().every((way) => way === 'direct'))).toBe(true)
    await time.run(5_000)
    isOver = true
    await time.run(5_000)
    const all = count(a.frames.length + b.frames.length)
    expect(b.frames).toEqual(all.filter((number) => number % 2 === 0))
    expect(a.frames).toEqual(all.filter((number) => number % 2 === 1))
    expect(pair.sides).toEqual([])
    expect([a.heard, b.heard]).toEqual([
      ['opened', 'way'],
      ['opened', 'way'],
    ])
  })

  it('[SERVE-5] tells that it has drained, whatever part of what waits is with the server', async () => {
    const { world, pair, a, b, send, bothOpen, ways, time } = meeting()
    await time.run(5_000, bothOpen)
    world.links.blocked.clear()
    a.link.setLowMark(100_000)
    let late: (() => void)[] = []
    const slow = () => {
      pair.carry = (sealed, deliver) => void late.push(() => deliver(sealed))
    }
    await time.run(50_000)
    slow()
    send(a.link, 60_000)
    expect(await time.run(60_000, () => ways()[0] === 'direct')).toBe(true)
    send(a.link, 60_000)
    expect(a.link.bufferedBytes).toBeGreaterThan(100_000)
    a.drained.splice(0)
    await time.run(1_000)
    pair.carry = (sealed, deliver) => deliver(sealed)
    for (const deliver of late) deliver()
    late = []
    await time.run(5_000)
    expect([a.frames.length, b.frames.length, a.link.bufferedBytes]).toEqual([0, 2, 0])
    expect(a.drained.at(-1)).toBe(0)
  })

  it('counts nothing as waiting with a server that is gone, once both have moved', async () => {
    const { world, pair, a, b, send, bothOpen, ways, time } = meeting()
    await time.run(5_000, bothOpen)
    world.links.blocked.clear()
    pair.tellsRead = false
    send(a.link, 20_000)
    expect(await time.run(120_000, () => ways().every((way) => way === 'direct'))).toBe(true)
    await time.run(1_000)
    expect(a.link.bufferedBytes).toBeGreaterThan(20_000)
    pair.end()
    expect([a.link.bufferedBytes, a.drained.at(-1), b.frames]).toEqual([0, 0, [0]])
    expect(bothOpen()).toBe(true)
  })

  it('goes on trying, each time after twice as long, and stays usable meanwhile', async () => {
    const { world, a, b, send, bothOpen, time } = meeting()
    await time.run(5_000, bothOpen)
    const before = world.links.opened
    await time.run(600_000)
    // After 60, 120, 240 s more, and the time that each takes to fail.
    expect(world.links.opened - before).toBe(6)
    send(a.link)
    await time.run(100)
    expect(b.frames).toEqual([0])
    expect([a.heard, b.heard]).toEqual([['opened'], ['opened']])
  })

  it('goes on trying also where an offer is not answered, and holds one connection for it at most', async () => {
    const { world, a, b, bothOpen, time } = meeting()
    await time.run(5_000, bothOpen)
    await time.run(20_000)
    const { accept } = b.link
    b.link.accept = (signal) => void (signal.type === 'offer' || accept.call(b.link, signal))
    const before = world.links.opened
    await time.run(600_000)
    expect(world.links.opened - before).toBe(3)
    expect(world.links.all.size).toBeLessThanOrEqual(1)
    expect([a.heard, b.heard]).toEqual([['opened'], ['opened']])
  })

  it('[RELAY-3] ends where the server keeps the last of the old way to itself', async () => {
    const { world, pair, a, b, send, bothOpen, time } = meeting()
    await time.run(5_000, bothOpen)
    pair.carry = () => {}
    send(a.link)
    world.links.blocked.clear()
    const late = () => {
      send(a.link)
      if (a.link.isOpen) time.after(5_000, late)
    }
    late()
    await time.run(200_000)
    expect([a.heard.at(-1), b.heard.at(-1)]).toEqual(['closed', 'closed'])
    expect(b.frames).toEqual([])
  })
})

describe('a hostile server', () => {
  it('[RELAY-2] opens no link by itself: the other side has to be heard under the seal', async () => {
    const { pair, a, b, time } = meeting()
    pair.carry = () => {}
    await time.run(10_000)
    expect(pair.sides).toHaveLength(2)
    expect([a.heard, b.heard]).toEqual([[], []])
  })

  const tampers: [string, (sealed: string[]) => string[]][] = [
    ['repeats a piece', ([first = '', ...rest]) => [first, first, ...rest]],
    ['leaves one out', ([, ...rest]) => rest],
    ['changes the order', ([first = '', second = '', ...rest]) => [second, first, ...rest]],
    ['changes a piece', ([first = '', ...rest]) => [`${first.startsWith('A') ? 'B' : 'A'}${first.slice(1)}`, ...rest]],
    ['makes one up', (pieces) => ['A'.repeat(100), ...pieces]],
  ]
  it.each(tampers)('[RELAY-2] that %s is noticed: the link ends, with nothing wrong heard', async (_, tamper) => {
    const { pair, a, b, send, bothOpen, time } = meeting()
    await time.run(5_000, bothOpen)
    const kept: { sealed: string; deliver: (sealed: string) => void }[] = []
    pair.carry = (sealed, deliver) => void kept.push({ sealed, deliver })
    for (let frame = 0; frame < 3; frame++) {
      send(a.link, 8_000)
      await time.run(50)
    }
    expect(kept).toHaveLength(3)
    for (const sealed of tamper(kept.map((one) => one.sealed))) kept[0]?.deliver(sealed)
    await time.run(1_000)
    expect(b.frames).toEqual(count(b.frames.length))
    expect(b.frames.length).toBeLessThan(3)
    expect([a.heard.at(-1), b.heard.at(-1)]).toEqual(['closed', 'closed'])
  })
})

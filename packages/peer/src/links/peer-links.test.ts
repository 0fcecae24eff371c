// Who connects to whom, in virtual time: signals pass from one to the other as they are, without a tracker or a seal.
import type { Signal, SignalMessage } from '@swarmdrop/core/signaling'
import { describe, expect, it } from 'vitest'
import { VirtualWorld } from '../testing/virtual-device'
import { CONNECT_WITHIN_MS } from './attempt'
import { PeerLinks } from './peer-links'

/** Peers whose signals reach each other after 10 ms. */
function meeting(seed = 1) {
  const world = new VirtualWorld(seed)
  const peers = new Map<string, ReturnType<typeof enter>>()
  function enter(id: string, device = id, maxLinks?: number) {
    const heard = { opened: [] as string[], closed: [] as { peer: string; lost: boolean }[], frames: [] as string[] }
    const signals: { to: string; type: Signal['type'] }[] = []
    const links = new PeerLinks(
      world.device(device).ports,
      { name: `tab ${id}` },
      {
        signal: (to, attempt, signal) => {
          signals.push({ to, type: signal.type })
          const from = links.ownId
          const message: SignalMessage = { attempt, tab: `tab ${id}`, signal }
          world.time.after(10, () => peers.get(to)?.links.receive(from, message))
        },
        opened: (peer) => void heard.opened.push(peer),
        frame: (peer, frame) => void heard.frames.push(`${peer} ${frame.join()}`),
        drained: () => {},
        wayChanged: () => {},
        turnChanged: () => {},
        closed: (peer, lost) => void heard.closed.push({ peer, lost }),
      },
      { maxLinks },
    )
    links.ownId = id
    const entered = { links, heard, signals }
    peers.set(id, entered)
    return entered
  }
  /** As after a restart of the tracker: the same peer under a new id. */
  function rename(id: string, to: string): void {
    const peer = peers.get(id)
    if (!peer) return
    peers.delete(id)
    peers.set(to, peer)
    peer.links.ownId = to
  }
  /** As where the tracker still knows it by an id from before. */
  function alias(id: string, former: string): void {
    const peer = peers.get(id)
    if (peer) peers.set(former, peer)
  }
  return { world, enter, rename, alias, peers, time: world.time }
}

describe('two offers at once', () => {
  it('become one link: that of the lesser id', async () => {
    const { enter, time, world } = meeting()
    const [a, b] = [enter('a'), enter('b')]
    a.links.connect(['b'])
    b.links.connect(['a'])
    await time.run(5_000)
    expect([a.heard.opened, b.heard.opened]).toEqual([['b'], ['a']])
    expect([world.links.countOf('a'), world.links.countOf('b'), world.links.all.size]).toEqual([1, 1, 2])
    // a refused b's offer and b answered a's.
    expect(b.signals.map(({ type }) => type)).toEqual(['offer', 'answer'])
    a.links.send('b', Uint8Array.of(1, 2))
    await time.run(100)
    expect(b.heard.frames).toEqual(['a 1,2'])
  })

  it('become one link in whatever order they come, many at once', async () => {
    const { enter, time, world } = meeting()
    const ids = ['e', 'c', 'a', 'd', 'b']
    const all = ids.map((id) => enter(id))
    for (const [i, { links }] of all.entries())
      time.after(i * 7, () => links.connect(ids.filter((_, other) => other !== i)))
    await time.run(5_000)
    for (const [i, { heard }] of all.entries()) {
      expect(new Set(heard.opened), ids[i]).toEqual(new Set(ids.filter((_, other) => other !== i)))
      expect(heard.closed).toEqual([])
    }
    expect(world.links.all.size).toBe(20)
  })
})

describe('a tab', () => {
  it('that is connected under one id is not connected to under another', async () => {
    const { enter, rename, time, world } = meeting()
    const [a, b] = [enter('a'), enter('b')]
    a.links.connect(['b'])
    await time.run(1_000)
    rename('a', 'a2')
    rename('b', 'b2')
    b.links.connect(['a2'])
    a.links.connect(['b2'])
    await time.run(1_000)
    expect([world.links.countOf('a'), world.links.countOf('b')]).toEqual([1, 1])
    expect([a, b].flatMap(({ heard }) => heard.closed)).toEqual([])
    a.links.send('b', Uint8Array.of(7))
    await time.run(100)
    expect(b.heard.frames).toEqual(['a 7'])
  })

  it('does not connect to itself, nor by an id that it had before', async () => {
    const { enter, alias, time, world } = meeting()
    const a = enter('a')
    a.links.connect(['a'])
    await time.run(1_000)
    expect([a.signals, world.links.all.size]).toEqual([[], 0])
    alias('a', 'former')
    a.links.connect(['former'])
    await time.run(CONNECT_WITHIN_MS + 1_000)
    expect([a.signals.map(({ type }) => type), a.heard.opened]).toEqual([['offer', 'end'], []])
  })
})

describe('a link', () => {
  it('that does not open in time is ended, once, and nobody hears of it', async () => {
    const { enter, time, world } = meeting()
    world.links.isBlocked = true
    const [a, b] = [enter('a'), enter('b')]
    a.links.connect(['b'])
    await time.run(CONNECT_WITHIN_MS - 100)
    expect(world.links.all.size).toBe(2)
    await time.run(200)
    expect(world.links.all.size).toBe(0)
    expect([a.heard, b.heard].flatMap(({ opened, closed }) => [...opened, ...closed])).toEqual([])
    world.links.isBlocked = false
    b.links.connect(['a'])
    await time.run(1_000)
    expect(a.heard.opened).toEqual(['b'])
  })

  it('is lost by nobody’s wish, or dropped by ours', async () => {
    const { enter, time, world } = meeting()
    const [a, b] = [enter('a'), enter('b')]
    a.links.connect(['b'])
    await time.run(1_000)
    world.links.cut('b')
    await time.run(1_000)
    expect(a.heard.closed).toEqual([{ peer: 'b', lost: true }])
    b.links.connect(['a'])
    await time.run(1_000)
    a.links.drop('b', 'enough', false)
    await time.run(1_000)
    expect(a.heard.closed.at(-1)).toEqual({ peer: 'b', lost: false })
    expect(b.heard.closed.at(-1)).toEqual({ peer: 'a', lost: true })
  })

  it('of one who is banned is not made again, under whatever id it comes', async () => {
    const { enter, rename, time } = meeting()
    const [a, b] = [enter('a'), enter('b')]
    b.links.connect(['a'])
    await time.run(1_000)
    a.links.drop('b', 'a wrong chunk', true)
    await time.run(1_000)
    const before = a.signals.length
    a.links.connect(['b'])
    await time.run(1_000)
    expect(a.signals.length).toBe(before)
    b.links.connect(['a'])
    await time.run(1_000)
    expect(a.heard.opened).toEqual(['b'])
    // The same tab under a new id is known by its tab, and not even answered.
    // What b had begun meanwhile is given up first.
    await time.run(CONNECT_WITHIN_MS + 1_000)
    const said = a.signals.length
    rename('b', 'b2')
    b.links.connect(['a'])
    await time.run(1_000)
    expect([a.heard.opened, a.signals.length]).toEqual([['b'], said])
  })

  it('is refused to more than fit, and those who were refused are not asked again for some seconds', async () => {
    const { enter, time, world } = meeting()
    const [a, , c] = [enter('a', 'a', 1), enter('b'), enter('c')]
    a.links.connect(['b'])
    await time.run(1_000)
    c.links.connect(['a'])
    await time.run(1_000)
    expect([c.heard.opened, c.signals.length]).toEqual([[], 1])
    c.links.connect(['a'])
    await time.run(1_000)
    expect(c.signals.length).toBe(1)
    c.links.connect(['b'])
    await time.run(1_000)
    world.links.cut('b')
    await time.run(1_000)
    c.links.connect(['a'])
    await time.run(10_000)
    expect(c.heard.opened).toEqual(['b', 'a'])
  })

  it('says nothing after all were closed', async () => {
    const { enter, time, world } = meeting()
    const [a, b] = [enter('a'), enter('b')]
    a.links.connect(['b', 'c'])
    await time.run(1_000)
    const c = enter('c')
    a.links.connect(['b', 'c'])
    await time.run(15)
    b.links.send('a', Uint8Array.of(1))
    a.links.close()
    await time.run(60_000)
    expect(a.heard).toEqual({ opened: ['b'], closed: [{ peer: 'b', lost: false }], frames: [] })
    expect([world.links.all.size, c.heard.opened]).toEqual([0, []])
  })

  it('waits its turn where many are to be made: twelve at once', async () => {
    const { enter, time, world } = meeting()
    const a = enter('a')
    const others = Array.from({ length: 30 }, (_, i) => `b${i}`)
    for (const id of others) enter(id)
    a.links.connect(others)
    await time.run(0)
    expect(a.signals).toHaveLength(12)
    await time.run(10_000)
    expect(world.links.countOf('a')).toBe(30)
  })

  it('has a relay where one of the servers is one', () => {
    const a = meeting().enter('a')
    a.links.iceServers = [{ urls: ['stun:relay.test'] }]
    expect(a.links.hasRelay).toBe(false)
    a.links.iceServers = [{ urls: ['stun:relay.test', 'turns:relay.test'] }]
    expect(a.links.hasRelay).toBe(true)
  })
})

/** Somebody without WebRTC who offers again and again, from sockets of its own, as soon as `everyMs`. */
function flood({ world, peers }: ReturnType<typeof meeting>, victim: string, sockets: number, everyMs: number) {
  let offers = 0
  const names = Array.from({ length: sockets }, (_, i) => `x${i}`)
  const offerAll = () => {
    for (const name of names)
      peers.get(victim)?.links.receive(name, {
        attempt: `made up ${++offers}`,
        tab: `tab ${name}`,
        signal: { type: 'offer', sdp: 'nobody' },
      })
  }
  offerAll()
  return { names, stop: world.time.every(everyMs, offerAll) }
}

describe('a flood of made-up offers', () => {
  it.each([
    [65, 15_000],
    [65, 1_000],
    [200, 5_000],
  ])('[SIGNAL-5] from %i sockets every %i ms keeps no two honest ones apart', async (sockets, everyMs) => {
    const hall = meeting()
    const { enter, time } = hall
    const a = enter('a')
    const floods = [flood(hall, 'a', sockets, everyMs), flood(hall, 'b', sockets, everyMs)]
    await time.run(60_000)
    const b = enter('b')
    const names = floods[0]?.names ?? []
    // The tracker names both, among all the others: half of the swarm each time.
    const named = (own: string, i: number) => [...names.filter((_, at) => at % 2 === i % 2), own]
    for (let i = 0; i < 6; i++) {
      a.links.connect(named('b', i))
      b.links.connect(named('a', i))
      await time.run(10_000, () => a.heard.opened.length > 0)
    }
    expect([a.heard.opened, b.heard.opened]).toEqual([['b'], ['a']])
    await time.run(60_000)
    expect([a.heard.closed, b.heard.closed]).toEqual([[], []])
  })

  it('[SIGNAL-5] that has gone on for a minute costs one who comes then no second', async () => {
    const hall = meeting()
    const a = hall.enter('a')
    flood(hall, 'a', 200, 5_000)
    for (let i = 0; i < 5; i++) {
      await hall.time.run(60_000 + i * 1_100)
      hall.enter(`b${i}`).links.connect(['a'])
      await hall.time.run(1_000)
      expect(a.heard.opened).toHaveLength(i + 1)
    }
  })

  it('[SIGNAL-5] has few connections at a time, and is answered no oftener than the tracker bears', async () => {
    const hall = meeting()
    const a = hall.enter('a')
    flood(hall, 'a', 300, 1_000)
    let most = 0
    hall.time.every(100, () => {
      most = Math.max(most, hall.world.links.all.size)
    })
    await hall.time.run(120_000)
    expect(most).toBeLessThanOrEqual(35)
    // An answer to each that is taken up, and a word to some that are not.
    expect(a.signals.length / 120).toBeLessThan(13)
  })

  it('[SIGNAL-5] takes no place from whom we dialled', async () => {
    const hall = meeting()
    const { enter, time, world } = hall
    const [a] = [enter('a'), enter('b')]
    world.links.isBlocked = true
    a.links.connect(['b'])
    flood(hall, 'a', 300, 200)
    await time.run(5_000)
    world.links.isBlocked = false
    // Its answer is on the way as any other; the attempt stands until then.
    expect([...world.links.all.values()].filter(({ owner }) => owner === 'b')).toHaveLength(1)
  })
})

describe('those who are named and do not answer', () => {
  it.each(['gone', 'not to be reached'])(
    '[SIGNAL-6] hold nobody up: where thirty are named and the first twenty-five are %s, the others are there within four seconds',
    async (how) => {
      const { enter, time, world } = meeting()
      const a = enter('a')
      const dead = Array.from({ length: 25 }, (_, i) => `dead${i}`)
      const alive = ['v', 'w', 'x', 'y', 'z']
      for (const id of how === 'gone' ? alive : [...dead, ...alive]) enter(id)
      for (const id of dead) world.links.blocked.add(id)
      a.links.connect([...dead, ...alive])
      await time.run(4_000)
      expect(a.heard.opened).toEqual(alive)
      // Not at the price of more handshakes at once than before.
      expect(a.signals).toHaveLength(30)
    },
  )

  it.each([
    ['gone', 15_000],
    ['not to be reached', 25_000],
  ])(
    '[SIGNAL-6] make way for those who were not tried where too many wait: of a hundred who are %s, one is found',
    async (how, ms) => {
      const { enter, time, world } = meeting()
      const a = enter('a')
      const dead = Array.from({ length: 100 }, (_, i) => `dead${i}`)
      for (const id of how === 'gone' ? ['z'] : [...dead, 'z']) enter(id)
      for (const id of dead) world.links.blocked.add(id)
      a.links.connect([...dead, 'z'])
      let most = 0
      time.every(100, () => {
        most = Math.max(most, world.links.ofOwner('a').length)
      })
      await time.run(60_000, () => a.heard.opened.length > 0)
      expect(a.heard.opened).toEqual(['z'])
      expect(time.now()).toBeLessThan(ms)
      expect(most).toBeLessThanOrEqual(36)
      const failed = new Set(a.links.unreached().values())
      expect(failed.has('no-answer')).toBe(how === 'gone')
      expect(failed.has('timed-out')).toBe(how !== 'gone')
    },
  )

  it('[SIGNAL-6] are dialled last the next time, the one who failed last after all others', async () => {
    const { enter, time } = meeting()
    const a = enter('a')
    const [lately, before] = [
      ['p', 'q'],
      ['r', 's'],
    ]
    a.links.connect(before)
    await time.run(30_000)
    a.links.connect(lately)
    await time.run(30_000)
    a.signals.length = 0
    a.links.connect([...lately, ...before, 'new'])
    await time.run(10)
    expect(a.signals.map(({ to }) => to)).toEqual(['new', ...before, ...lately])
  })

  it('[SIGNAL-6] are left alone for a while, unless our own network is another', async () => {
    const { enter, time } = meeting()
    const a = enter('a')
    const said = async (afterMs: number) => {
      await time.run(afterMs)
      a.signals.length = 0
      a.links.connect(['gone', 'too'])
      await time.run(10)
      return a.signals.map(({ to }) => to)
    }
    expect(await said(0)).toEqual(['gone', 'too'])
    // Given up after 10 s.
    expect(await said(12_000)).toEqual([])
    expect(await said(12_000)).toEqual(['gone', 'too'])
    await time.run(12_000)
    a.links.tryAgain()
    expect(await said(0)).toEqual(['gone', 'too'])
    a.links.hangUp()
    expect(await said(10)).toEqual(['gone', 'too'])
  })

  it('[SIGNAL-6] are asked again where they were full', async () => {
    const { enter, time, world } = meeting()
    const [a, , c] = [enter('a', 'a', 1), enter('b'), enter('c')]
    a.links.connect(['b'])
    await time.run(1_000)
    c.links.connect(['a'])
    await time.run(2_000)
    expect(c.heard.opened).toEqual([])
    world.links.cut('b')
    await time.run(11_000)
    expect(c.heard.opened).toEqual(['a'])
  })
})

// Several connections to one peer, in virtual time: two ends whose signals reach each other as they are.
import type { Signal } from '@swarmdrop/core/signaling'
import { describe, expect, it } from 'vitest'
import { VirtualWorld } from '../testing/virtual-device'
import { LanesLink, type LanesLinkPorts } from './lanes-link'

const CONFIGURATION = { iceServers: [], relayOnly: false }

/** `a` offers the link. `alter`: what becomes of each signal on its way; undefined: it is lost. */
function meeting(alter: (signal: Signal, from: 'a' | 'b') => Signal | undefined = (signal) => signal, room = 60) {
  const world = new VirtualWorld(1)
  const { time } = world
  const end = (name: 'a' | 'b') => {
    const openLink = world.links.of(name)
    const heard = { opened: [] as number[], refused: 0, lost: [] as number[], frames: [] as string[], closed: 0 }
    const said: Signal[] = []
    const ports: LanesLinkPorts = {
      openFirst: openLink,
      openMore: openLink,
      time: world.device(name).ports.time,
      hasRoom: () => link.moreCount < room,
    }
    const link: LanesLink = new LanesLink(ports, name === 'a', CONFIGURATION, {
      signal: (signal) => {
        said.push(signal)
        const arriving = alter(signal, name)
        if (arriving) time.after(10, () => (name === 'a' ? b : a).link.accept(arriving))
      },
      opened: () => {},
      wayChanged: () => {},
      frame: (frame, lane) => void heard.frames.push(`${lane}: ${frame.join()}`),
      drained: () => {},
      closed: () => void heard.closed++,
      laneOpened: (lane) => void heard.opened.push(lane),
      lanesRefused: () => void heard.refused++,
      laneLost: (lane) => void heard.lost.push(lane),
    })
    return { link, heard, said }
  }
  const b = end('b')
  const a = end('a')
  return { a, b, time, world }
}

describe('several connections to one peer', () => {
  it('open besides the first, by either side, under numbers that do not clash, and carry frames both ways', async () => {
    const { a, b, time } = meeting()
    await time.run(1_000)
    a.link.openLanes(3)
    b.link.openLanes(2)
    await time.run(1_000)
    expect([a.heard.opened, b.heard.opened]).toEqual([
      [1, 2, 3],
      [4, 5],
    ])
    expect([a.link.moreCount, b.link.moreCount]).toEqual([5, 5])
    a.link.send(Uint8Array.of(7), 2)
    a.link.send(Uint8Array.of(8), 0)
    await time.run(100)
    b.link.send(Uint8Array.of(9), 2)
    await time.run(100)
    expect([new Set(b.heard.frames), a.heard.frames]).toEqual([new Set(['2: 7', '0: 8']), ['2: 9']])
  })

  it('are no more than three from each side, and as many as there is room for', async () => {
    const { a, b, time } = meeting()
    await time.run(1_000)
    a.link.openLanes(9)
    await time.run(1_000)
    expect([a.link.moreCount, b.link.moreCount]).toEqual([3, 3])
    const narrow = meeting(undefined, 1)
    await narrow.time.run(1_000)
    narrow.a.link.openLanes(3)
    await narrow.time.run(1_000)
    expect([narrow.a.link.moreCount, narrow.b.link.moreCount]).toEqual([1, 1])
  })

  it('are closed one by one at both ends, and all with the first', async () => {
    const { a, b, time } = meeting()
    await time.run(1_000)
    a.link.openLanes(3)
    await time.run(1_000)
    a.link.closeLane(2)
    await time.run(1_000)
    expect([a.link.moreCount, b.link.moreCount, a.heard.lost]).toEqual([2, 2, []])
    await time.run(5_000)
    a.link.openLanes(1)
    await time.run(1_000)
    expect([a.heard.opened, b.link.moreCount]).toEqual([[1, 2, 3, 2], 3])
    b.link.close()
    await time.run(1_000)
    expect([a, b].map(({ link, heard }) => [link.moreCount, heard.closed, heard.lost])).toEqual([
      [0, 1, []],
      [0, 1, []],
    ])
  })

  it('that are lost are said to be lost, to the side that asked for them', async () => {
    const { a, b, time, world } = meeting()
    await time.run(1_000)
    a.link.openLanes(1)
    await time.run(1_000)
    world.links.ofOwner('b')[1]?.close()
    await time.run(1_000)
    expect([a.heard.lost, b.heard.lost, a.link.isOpen]).toEqual([[1], [], true])
  })

  it('are not asked of a page that knows of one alone: it would take them for something else', async () => {
    const { a, b, time } = meeting((signal) => {
      const { lanes: _lanes, ...old } = signal as Signal & { lanes?: true }
      return old
    })
    await time.run(1_000)
    a.link.openLanes(3)
    await time.run(1_000)
    expect([a.heard.refused, a.heard.opened, b.link.moreCount, b.link.isOpen]).toEqual([1, [], 0, true])
    expect(a.said.filter(({ lane }) => lane !== undefined)).toEqual([])
  })

  it('are refused in so many words where the other side has no room, or in time where nobody answers', async () => {
    const full = meeting((signal, from) =>
      from === 'b' && signal.lane && signal.type === 'answer' ? { type: 'end', lane: signal.lane } : signal,
    )
    await full.time.run(1_000)
    full.a.link.openLanes(2)
    await full.time.run(1_000)
    expect([full.a.heard.refused, full.a.link.moreCount]).toEqual([1, 0])
    const silent = meeting((signal, from) => (from === 'b' && signal.lane ? undefined : signal))
    await silent.time.run(1_000)
    silent.a.link.openLanes(2)
    await silent.time.run(11_000)
    expect([silent.a.heard.refused, silent.a.link.moreCount, silent.a.link.isOpen]).toEqual([1, 0, true])
  })

  it('that are offered under a number of our own, or again and again, are not taken up', async () => {
    const { a, b, time, world } = meeting()
    await time.run(1_000)
    const { opened } = world.links
    for (let i = 0; i < 20; i++) {
      b.link.accept({ type: 'offer', sdp: 'x', lane: 4 })
      b.link.accept({ type: 'offer', sdp: 'x', lane: 200 })
      b.link.accept({ type: 'offer', sdp: `y${i}`, lane: 1 })
      await time.run(100)
      b.link.accept({ type: 'end', lane: 1 })
      await time.run(100)
    }
    expect(world.links.opened - opened).toBe(1)
    expect([b.link.moreCount, a.link.isOpen]).toEqual([0, true])
  })

  it('measure the path by the next look that WebRTC takes, not by the last', async () => {
    const { a, time, world } = meeting()
    await time.run(1_000)
    let look = { count: 3, ms: 41, leastMs: 40 }
    world.links.looks = () => look
    const told: unknown[] = []
    void a.link.measurePath().then((roundTrip) => told.push(roundTrip))
    await time.run(2_000)
    expect(told).toEqual([])
    look = { count: 4, ms: 95, leastMs: 40 }
    await time.run(300)
    expect(told).toEqual([look])
  })

  it('tell nothing of a path where WebRTC does not, or takes no look for 6 s, or the link has ended', async () => {
    for (const looks of [() => undefined, () => ({ count: 3, ms: 41, leastMs: 40 })]) {
      const { a, time, world } = meeting()
      await time.run(1_000)
      world.links.looks = looks
      const told: unknown[] = []
      void a.link.measurePath().then((roundTrip) => told.push(roundTrip))
      await time.run(7_000)
      void a.link.measurePath().then((roundTrip) => told.push(roundTrip))
      a.link.close()
      await time.run(1_000)
      expect(told).toEqual([undefined, undefined])
    }
  })
})

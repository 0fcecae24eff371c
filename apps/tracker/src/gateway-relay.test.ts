// Ways through the server on real sockets. How much is carried, for whom and in which order: relay.test.ts.
import { pieceCost, RELAY_WINDOW } from '@swarmdrop/core/signaling'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { closeAll } from './testing/cleanup'
import { openTracker as openOneNode, openPeer, type Peer, swarmId } from './testing/peers'
import { hasRedis } from './testing/redis-server'
import { openThreeNodes } from './testing/three-nodes'

const PIECE = 'A'.repeat(16_384)
const PAIR = 'p'.repeat(22)
const BUDGET = 20_000_000

/** How the suite that runs opens a tracker. */
let openTracker = openOneNode
afterEach(closeAll)

async function members(count: number, relayBytesPerSecond = BUDGET) {
  const tracker = await openTracker({ relayBytesPerSecond })
  const joined: { peer: Peer; id: string }[] = []
  for (let at = 0; at < count; at++) {
    const peer = await openPeer(tracker)
    joined.push({ peer, id: (await peer.join(swarmId(1))).id })
  }
  return { tracker, joined }
}

async function pairOf(relayBytesPerSecond = BUDGET) {
  const { tracker, joined } = await members(2, relayBytesPerSecond)
  const [a, b] = joined as [{ peer: Peer; id: string }, { peer: Peer; id: string }]
  const ready = Promise.all([next(a.peer, 'relay-opened'), next(b.peer, 'relay-opened')])
  expect(await a.peer.ask('relay-open', { swarmId: swarmId(1), to: b.id, pair: PAIR })).toEqual({})
  expect(await b.peer.ask('relay-open', { swarmId: swarmId(1), to: a.id, pair: PAIR })).toEqual({})
  expect(await ready).toEqual([{ pair: PAIR }, { pair: PAIR }])
  return { tracker, a: a.peer, b: b.peer }
}

const next = (peer: Peer, event: string): Promise<unknown> => new Promise((heard) => peer.socket.once(event, heard))

/** Sends within the window as fast as the other reads. */
function stream(from: Peer, to: Peer, characters: number): Promise<void> {
  let [sent, unread, got] = [0, 0, 0]
  const send = () => {
    while (sent < characters && unread + PIECE.length <= RELAY_WINDOW) {
      from.socket.emit('relay', { pair: PAIR, sealed: PIECE })
      sent += PIECE.length
      unread += pieceCost(PIECE.length)
    }
  }
  from.socket.on('relay-read', ({ cost }: { cost: number }) => {
    unread -= cost
    send()
  })
  return new Promise((resolve) => {
    to.socket.on('relay', ({ sealed }: { sealed: string }) => {
      got += sealed.length
      to.socket.emit('relay-read', { pair: PAIR, cost: pieceCost(sealed.length) })
      if (got >= characters) resolve()
    })
    send()
  })
}

const everywhere = [
  ['one node', openOneNode] as const,
  ...(hasRedis ? [['three nodes over one Redis', openThreeNodes] as const] : []),
]

describe.each(everywhere)('a way through %s', (_where, open) => {
  beforeEach(() => {
    openTracker = open
  })

  it('is told of where there is one, and refused where there is none', async () => {
    const off = await openTracker()
    const peer = await openPeer(off)
    expect((await peer.join(swarmId(1))).relays).toBeUndefined()
    const other = await openPeer(off)
    const { id } = await other.join(swarmId(1))
    expect(await peer.ask('relay-open', { swarmId: swarmId(1), to: id, pair: PAIR })).toEqual({ refused: 'relay-off' })
    const on = await openPeer(await openTracker({ relayBytesPerSecond: BUDGET }))
    expect((await on.join(swarmId(1))).relays).toBe(true)
  })

  it('[RELAY-4] is between members of one swarm only', async () => {
    const { tracker, joined } = await members(1)
    const [a] = joined as [{ peer: Peer; id: string }]
    const outsider = await openPeer(tracker)
    const open = { swarmId: swarmId(1), to: a.id, pair: PAIR }
    expect(await outsider.ask('relay-open', open)).toEqual({ refused: 'not-joined' })
    const { id } = await outsider.join(swarmId(2))
    expect(await outsider.ask('relay-open', { ...open, swarmId: swarmId(2) })).toEqual({ refused: 'unknown-peer' })
    expect(await a.peer.ask('relay-open', { ...open, to: id })).toEqual({ refused: 'unknown-peer' })
    expect(await a.peer.ask('relay-open', { ...open, to: a.id })).toEqual({ refused: 'unknown-peer' })
    expect(await a.peer.ask('relay-open', { ...open, more: 1 })).toEqual({ refused: 'invalid' })
  })

  it('[RELAY-5] carries more than the rates of messages would let through, in order, to whom it is for', async () => {
    const { a, b, tracker } = await pairOf()
    const stranger = await openPeer(tracker)
    await stranger.join(swarmId(1))
    const seen: unknown[] = []
    stranger.socket.onAny((event) => seen.push(event))
    await stream(a, b, 12_000_000)
    expect(seen).toEqual([])
    expect(a.socket.connected && b.socket.connected).toBe(true)
  })

  it('[RELAY-5] holds a window for one that reads nothing, and ends with a sender that goes past it', async () => {
    const { a, b, tracker } = await pairOf()
    const ended = next(a, 'relay-ended')
    let got = 0
    b.socket.on('relay', ({ sealed }: { sealed: string }) => {
      got += sealed.length
    })
    for (let sent = 0; sent <= RELAY_WINDOW; sent += PIECE.length) a.socket.emit('relay', { pair: PAIR, sealed: PIECE })
    await ended
    expect(got).toBeLessThanOrEqual(RELAY_WINDOW)
    expect(tracker.counts.relayed).toBe(0)
    expect(a.socket.connected && b.socket.connected).toBe(true)
  })

  it('[RELAY-5] cuts off anyone who goes on with pieces of no way that there is', async () => {
    const { a, b } = await pairOf()
    const gone = next(a, 'disconnect')
    a.socket.emit('relay-stop', { pair: PAIR })
    for (let sent = 0; sent < 1_000; sent++) a.socket.emit('relay', { pair: PAIR, sealed: PIECE })
    await gone
    expect(b.socket.connected).toBe(true)
  })

  it('[RELAY-5] costs nobody the line that what they said was on its way when the other stopped', async () => {
    const { tracker, joined } = await members(2)
    const [a, b] = joined as [{ peer: Peer; id: string }, { peer: Peer; id: string }]
    for (let round = 0; round < 12; round++) {
      const pair = `${round}`.padStart(22, 'p')
      const [opened, ended] = [next(b.peer, 'relay-opened'), next(b.peer, 'relay-ended')]
      for (const [from, to] of [[a, b] as const, [b, a] as const])
        expect(await from.peer.ask('relay-open', { swarmId: swarmId(1), to: to.id, pair })).toEqual({})
      await opened
      const heard: unknown[] = []
      b.peer.socket.on('relay', (piece) => heard.push(piece))
      for (let piece = 0; piece < 300; piece++) a.peer.socket.emit('relay', { pair, sealed: 'A' })
      a.peer.socket.emit('relay-stop', { pair })
      await ended
      for (const _ of heard) b.peer.socket.emit('relay-read', { pair, cost: 256 })
      for (let piece = 0; piece < 8; piece++) b.peer.socket.emit('relay', { pair, sealed: PIECE })
      b.peer.socket.off('relay')
    }
    expect((await b.peer.more(swarmId(1))).size).toBe(2)
    expect(tracker.counts.relayed).toBe(0)
  })

  it('[RELAY-5] is no way to send at no cost what is no piece', async () => {
    const { a, b } = await pairOf()
    const gone = next(a, 'disconnect')
    b.socket.on('relay', () => b.socket.emit('relay-read', { pair: PAIR, cost: 256 }))
    let isOver = false
    a.socket.once('disconnect', () => {
      isOver = true
    })
    for (let sent = 0; sent < 1_000 && !isOver; sent++) {
      a.socket.emit('relay', { pair: PAIR, sealed: 'A' }, '['.repeat(70_000))
      if (sent % 200 === 199) await b.ask('nothing')
    }
    await gone
    expect(b.socket.connected).toBe(true)
  })

  it('[RELAY-7] ends when the other stops, leaves or goes', async () => {
    for (const leave of [
      (peer: Peer) => void peer.socket.emit('relay-stop', { pair: PAIR }),
      (peer: Peer) => void peer.socket.emit('leave', { swarmId: swarmId(1) }),
      (peer: Peer) => void peer.socket.disconnect(),
    ]) {
      const { a, b, tracker } = await pairOf()
      const ended = next(b, 'relay-ended')
      leave(a)
      expect(await ended).toEqual({ pair: PAIR })
      expect(tracker.counts.relayed).toBe(0)
    }
  })
})

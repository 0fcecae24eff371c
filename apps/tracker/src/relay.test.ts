import { pieceCost, RELAY_READ_AT, RELAY_WINDOW } from '@swarmdrop/core/signaling'
import { describe, expect, it } from 'vitest'
import { Relay, type RelayDelivery, type RelayEnd } from './relay'

const PIECE = 'A'.repeat(16_384)
const swarmId = 's'.repeat(22)
const name = (text: string) => text.padStart(22, '0')

/** `address`: of each socket, its own if not said. */
function world({ bytesPerSecond = 2_000_000, address = (socket: string) => `address of ${socket}` } = {}) {
  const heard: RelayDelivery[] = []
  const unread = new Map<string, number>()
  const relay = new Relay(
    { bytesPerSecond, unreadBy: (socket) => unread.get(socket) ?? 0, deliver: (one) => void heard.push(one) },
    0,
  )
  const end = (socket: string): RelayEnd => ({ socket, address: address(socket), swarmId, id: `id of ${socket}` })
  const ask = (pair: string, from: string, to: string, now = 0) => relay.open(name(pair), end(from), `id of ${to}`, now)
  const pair = (pairName: string, a: string, b: string, now = 0) => [ask(pairName, a, b, now), ask(pairName, b, a, now)]
  const heardBy = (socket: string, event: RelayDelivery['event']) =>
    heard.filter((one) => one.socket === socket && one.event === event)
  const charactersFor = (socket: string) =>
    heardBy(socket, 'relay').reduce((sum, { content }) => sum + ('sealed' in content ? content.sealed.length : 0), 0)
  /** Lets time pass in steps of 20 ms; receivers read all at once. */
  const run = (fromMs: number, toMs: number, reads: boolean, each: (now: number) => void = () => {}) => {
    for (let now = fromMs; now <= toMs; now += 20) {
      each(now)
      const before = heard.length
      relay.pour(now)
      if (!reads) continue
      for (const { socket, event, content } of heard.slice(before))
        if (event === 'relay' && 'sealed' in content)
          relay.read(content.pair, socket, pieceCost(content.sealed.length), now)
    }
  }
  return { relay, heard, unread, ask, pair, heardBy, charactersFor, run }
}

describe('a way through the server', () => {
  it('[RELAY-4] stands when both have asked for it, and each hears of it once', () => {
    const { ask, heard } = world()
    expect(ask('p', 'a', 'b')).toBeUndefined()
    expect(heard).toEqual([])
    expect(ask('p', 'b', 'a')).toBeUndefined()
    expect(heard.map(({ socket, event }) => `${socket} ${event}`)).toEqual(['a relay-opened', 'b relay-opened'])
  })

  it('[RELAY-4] is of the two that named each other: nobody joins another’s, and none is asked for twice', () => {
    const { relay, ask, pair, heard } = world()
    ask('p', 'a', 'b')
    expect(ask('p', 'c', 'a')).toBe('invalid')
    expect(ask('p', 'a', 'b')).toBe('invalid')
    expect(heard).toEqual([])
    pair('q', 'a', 'b')
    expect(ask('q', 'a', 'b')).toBe('invalid')
    expect(relay.take(name('q'), 'c', 'x', 0)).toBe(false)
    expect(relay.take(name('p'), 'a', 'x', 0)).toBe(false)
    expect(relay.read(name('q'), 'c', 256, 0)).toBe(false)
    relay.stop(name('q'), 'c')
    expect(relay.take(name('q'), 'a', 'x', 0)).toBe(true)
  })

  it('[RELAY-5] carries pieces in order, and tells the sender what was read', () => {
    const { relay, pair, heardBy } = world()
    pair('p', 'a', 'b')
    for (const sealed of ['one', 'two', 'three']) relay.take(name('p'), 'a', sealed, 0)
    relay.pour(0)
    expect(heardBy('b', 'relay').map(({ content }) => content)).toEqual(
      ['one', 'two', 'three'].map((sealed) => ({ pair: name('p'), sealed })),
    )
    expect(relay.read(name('p'), 'b', 512, 0)).toBe(true)
    expect(heardBy('a', 'relay-read').map(({ content }) => content)).toEqual([{ pair: name('p'), cost: 512 }])
  })

  it('[RELAY-5] takes no more than a window each way, whatever the size of the pieces, and ends with anyone who goes past it', () => {
    for (const piece of [PIECE, 'x']) {
      const { relay, pair, heardBy } = world()
      pair('p', 'a', 'b')
      let taken = 0
      while (relay.take(name('p'), 'a', piece, 0)) taken += pieceCost(piece.length)
      expect(taken).toBeLessThanOrEqual(RELAY_WINDOW)
      expect(taken).toBeGreaterThan(RELAY_WINDOW - pieceCost(piece.length))
      expect(heardBy('a', 'relay-ended').length + heardBy('b', 'relay-ended').length).toBe(2)
      expect(relay.counts).toEqual({ pairs: 0, waiting: 0 })
    }
  })

  it('[RELAY-5] ends with one that says it has read what it was never handed', () => {
    const { relay, pair, heardBy } = world()
    pair('p', 'a', 'b')
    relay.take(name('p'), 'a', PIECE, 0)
    expect(relay.read(name('p'), 'b', 256, 0)).toBe(false)
    expect(heardBy('a', 'relay-ended')).toHaveLength(1)
  })

  it('[RELAY-5] ends with one that has read pieces in parts: a sender would hear of each, thousands of times', () => {
    for (const [cost, isRight] of [
      [1, false],
      [255, false],
      [256, true],
      [16_640, true],
      [16_639, false],
    ] as const) {
      const { relay, pair, heardBy } = world()
      pair('p', 'a', 'b')
      for (const sealed of ['x', PIECE]) relay.take(name('p'), 'a', sealed, 0)
      relay.pour(0)
      expect(relay.read(name('p'), 'b', cost, 0)).toBe(isRight)
      expect(heardBy('a', 'relay-read')).toHaveLength(isRight ? 1 : 0)
    }
  })

  it('[RELAY-5] takes what was on its way when the other side ended it, a window of each kind and no more', () => {
    const { relay, pair, heard } = world()
    pair('p', 'a', 'b')
    relay.stop(name('p'), 'a')
    const before = heard.length
    const taken = Array.from({ length: 10 }, () => relay.take(name('p'), 'b', PIECE, 0))
    expect(taken.filter(Boolean)).toHaveLength(8)
    const read = Array.from({ length: 600 }, () => relay.read(name('p'), 'b', 256, 0))
    expect(read.filter(Boolean)).toHaveLength(512)
    expect(relay.take(name('p'), 'a', 'x', 0) || relay.take(name('p'), 'c', 'x', 0)).toBe(false)
    expect([heard.length, relay.counts]).toEqual([before, { pairs: 0, waiting: 0 }])
  })

  it('[RELAY-5] hands nothing to one whose line is full, and nobody else waits for it', () => {
    const { relay, pair, unread, charactersFor } = world()
    pair('p', 'a', 'b')
    pair('q', 'c', 'd')
    unread.set('b', 300_000)
    for (const [way, from] of [['p', 'a'] as const, ['q', 'c'] as const]) relay.take(name(way), from, PIECE, 0)
    relay.pour(0)
    expect([charactersFor('b'), charactersFor('d')]).toEqual([0, PIECE.length])
    unread.set('b', 0)
    relay.pour(1_000)
    expect(charactersFor('b')).toBe(PIECE.length)
  })

  it('[RELAY-6] shares the budget fairly between pairs, and spends no more of it', () => {
    const { relay, pair, charactersFor, heardBy, run } = world({ bytesPerSecond: 400_000 })
    const pairs = ['1', '2', '3', '4', '5'].map((at) => ({ at, a: `a${at}`, b: `b${at}` }))
    for (const { at, a, b } of pairs) pair(at, a, b)
    const given = new Map<string, number>()
    const sent = (from: string) =>
      (given.get(from) ?? 0) -
      heardBy(from, 'relay-read').reduce((sum, { content }) => sum + ('cost' in content ? content.cost : 0), 0)
    const give = (from: string) => {
      given.set(from, (given.get(from) ?? 0) + PIECE.length)
      return from
    }
    run(0, 10_000, true, (now) => {
      // The first fills both ways, the others one.
      for (const { at, a, b } of pairs)
        for (const from of at === '1' ? [a, b] : [a])
          while (sent(from) + PIECE.length <= RELAY_WINDOW) relay.take(name(at), give(from), PIECE, now)
    })
    const got = pairs.map(({ a, b }) => charactersFor(a) + charactersFor(b))
    const all = got.reduce((sum, one) => sum + one, 0)
    expect(all).toBeGreaterThan(0.9 * 4_000_000)
    expect(all).toBeLessThan(1.05 * 4_000_000 + 2 * PIECE.length)
    expect(Math.max(...got) / Math.min(...got)).toBeLessThan(1.3)
  })

  it('[RELAY-7] ends when the other side does not ask for it within 10 s', () => {
    const { relay, ask, heardBy } = world()
    ask('p', 'a', 'b')
    relay.sweep(10_000)
    expect(relay.counts.pairs).toBe(1)
    relay.sweep(10_001)
    expect(relay.counts.pairs).toBe(0)
    expect(heardBy('a', 'relay-ended')).toHaveLength(1)
  })

  it('[RELAY-7] ends when one side leaves 32 KiB unread for 30 s, and not when there is little to read', () => {
    const { relay, pair, run } = world()
    pair('slow', 'a', 'b')
    pair('quiet', 'c', 'd')
    relay.take(name('quiet'), 'c', 'x', 0)
    for (let sent = 0; sent < RELAY_READ_AT; sent += PIECE.length) relay.take(name('slow'), 'a', PIECE, 0)
    run(0, 1_000, false)
    relay.sweep(29_000)
    expect(relay.counts.pairs).toBe(2)
    relay.sweep(31_500)
    expect(relay.counts.pairs).toBe(1)
    expect(relay.take(name('quiet'), 'c', 'x', 31_500)).toBe(true)
  })

  it('[RELAY-7] ends when one side stops, leaves the swarm or has gone, and the other hears of it', () => {
    const { relay, pair, heardBy } = world()
    for (const at of ['1', '2', '3', '4']) pair(at, `a${at}`, `b${at}`)
    relay.stop(name('1'), 'a1')
    relay.gone('a2', swarmId)
    relay.gone('b3')
    relay.gone('a4', 'another swarm'.padEnd(22, 'x'))
    expect(relay.counts.pairs).toBe(1)
    expect(['b1', 'b2', 'a3', 'b4'].map((socket) => heardBy(socket, 'relay-ended').length)).toEqual([1, 1, 1, 0])
    expect(heardBy('a1', 'relay-ended')).toEqual([])
  })

  it('[RELAY-8] is refused beyond four of a socket, a quarter of an address and what the budget can carry', () => {
    const perSocket = world()
    for (const at of ['1', '2', '3', '4']) expect(perSocket.ask(at, 'a', `b${at}`)).toBeUndefined()
    expect(perSocket.ask('5', 'a', 'b5')).toBe('relay-full')
    // 2,000,000 bytes a second are 122 pairs.
    const perAddress = world({ address: (socket) => (socket.startsWith('h') ? 'home' : socket) })
    const opened = Array.from({ length: 60 }, (_, at) => perAddress.ask(`p${at}`, `h${at}`, `b${at}`))
    expect(opened.filter((refused) => refused === undefined)).toHaveLength(31)
    expect(perAddress.ask('other', 'c', 'd')).toBeUndefined()

    const all = world()
    const asked = Array.from({ length: 200 }, (_, at) => all.pair(`p${at}`, `a${at}`, `b${at}`)[0])
    expect(asked.filter((refused) => refused === undefined)).toHaveLength(122)
    expect(world({ bytesPerSecond: 0 }).ask('p', 'a', 'b')).toBe('relay-off')
  })

  it('[RELAY-8] where all places are taken, the pair that has been idle longest makes way, after 30 s', () => {
    const { relay, pair, heardBy } = world({ bytesPerSecond: 32_768 })
    pair('1', 'a', 'b', 0)
    pair('2', 'c', 'd', 0)
    relay.take(name('1'), 'a', PIECE, 20_000)
    // Words alone keep no place.
    relay.take(name('2'), 'c', 'x', 28_000)
    expect(pair('3', 'e', 'f', 29_000)[0]).toBe('relay-full')
    expect(pair('3', 'e', 'f', 31_000)[0]).toBeUndefined()
    expect(heardBy('c', 'relay-ended')).toHaveLength(1)
    expect(pair('4', 'g', 'h', 31_000)[0]).toBe('relay-full')
  })
})

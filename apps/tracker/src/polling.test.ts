// Peers that poll over HTTP, where WebSockets are blocked: on real sockets, the honest ones and those who would misuse
// it.
import { once } from 'node:events'
import { Agent } from 'node:http'
import { connect } from 'node:net'
import { LabHostReply, SignalDelivery } from '@swarmdrop/core/signaling'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { defaultLimits } from './limits'
import { closeAll } from './testing/cleanup'
import { openPeer, openTracker, swarmId } from './testing/peers'
import { ask, askWithoutReading, beginBody, GONE, openRawPolling, POLL } from './testing/raw-polling'
import { askUpgrade } from './testing/raw-socket'
import type { Tracker } from './tracker'

afterEach(closeAll)

const swarm = swarmId(1)
/** How long is waited on a machine that does other things too. */
const AT_LAST = { timeout: 15_000 }
const LARGE = 'x'.repeat(65_536)
const from = (address: string) => ({ 'x-forwarded-for': address })
const refusedAs = (reply: unknown) => (reply as { refused?: string }).refused

const openPollingPeer = (tracker: Tracker) => openPeer(tracker, {}, { transport: 'polling' })

describe('a peer that polls', () => {
  it('joins, and exchanges signals with one that has a WebSocket', async () => {
    const tracker = await openTracker()
    const [polling, other] = [await openPollingPeer(tracker), await openPeer(tracker)]
    const { id } = await polling.join(swarm)
    const joined = await other.join(swarm)
    expect(joined.peers).toEqual([id])
    for (const [sender, receiver, to] of [
      [other, polling, id],
      [polling, other, joined.id],
    ] as const) {
      const delivery = receiver.next('signal')
      expect(await sender.ask('signal', { swarmId: swarm, to, sealed: 'sealed' })).toEqual({})
      expect(SignalDelivery.parse(await delivery).sealed).toBe('sealed')
    }
  })

  it('is in a room as any other, and the host hears at once when it goes', async () => {
    const tracker = await openTracker()
    const [host, student] = [await openPollingPeer(tracker), await openPollingPeer(tracker)]
    const { code } = LabHostReply.parse(await host.ask('lab-create', {}))
    const came = host.next('lab')
    expect(await student.ask('lab-join', { code, name: 'Ada' })).toMatchObject({ id: 1 })
    expect(await came).toMatchObject({ type: 'participant', participant: { name: 'Ada', present: true } })
    const left = host.next('lab')
    student.socket.disconnect()
    expect(await left).toMatchObject({ type: 'participant', participant: { present: false } })
  })

  it('says nothing for longer than other connections may, and stays', async () => {
    const tracker = await openTracker({ limits: { silentMs: 300, checkMs: 50 } })
    const peer = await openPollingPeer(tracker)
    // One that began to be silent only now is ended.
    await once(connect(tracker.port).resume(), 'close')
    expect(peer.socket.connected).toBe(true)
    await peer.join(swarm)
  })

  it('is gone when it answers no ping, and holds nothing then', async () => {
    const tracker = await openTracker({ pingIntervalMs: 1_000, pingTimeoutMs: 1_000 })
    const peer = await openRawPolling(tracker.port)
    await peer.say(`420["join",{"swarmId":"${swarm}"}]`)
    await vi.waitFor(() => expect(tracker.counts).toMatchObject({ sockets: 0, members: 0, connections: 0 }), AT_LAST)
  })

  it('is answered on connections that are kept, as browsers keep them', async () => {
    const tracker = await openTracker()
    const agent = new Agent({ keepAlive: true, maxSockets: 1 })
    const peer = await openRawPolling(tracker.port, {}, agent)
    await peer.say(`420["join",{"swarmId":"${swarm}"}]`)
    expect(await peer.until('430[{"id"')).not.toContain('HTTP/1.1')
    agent.destroy()
  })

  it('shares the six connections of its browser with other lines: polls take turns then', async () => {
    const tracker = await openTracker()
    const agent = new Agent({ keepAlive: true, maxSockets: 6 })
    const peers = []
    for (let i = 0; i < 8; i++) peers.push(await openRawPolling(tracker.port, {}, agent))
    // All poll, and only then does one say something: it would wait until the first ping, after 10 s.
    const polls = peers.map((peer) => peer.poll())
    const askedAt = performance.now()
    expect((await peers[0]?.say('420["lab-clock",{}]'))?.status).toBe(200)
    expect(performance.now() - askedAt).toBeLessThan(8_000)
    for (const { text } of await Promise.all(polls)) expect(text).toContain('42["your-turn"]')
    agent.destroy()
  })

  it('is counted against the address that its first request came from', async () => {
    const tracker = await openTracker({ limits: { roomsPerAddress: 1 } })
    // Each of its requests has a connection of its own, and the first is long gone.
    const polling = await openRawPolling(tracker.port)
    await polling.say('420["lab-create",{}]')
    await polling.until('430[{"code"')
    expect(refusedAs(await (await openPeer(tracker)).ask('lab-create', {}))).toBe('room-full')
  })
})

describe('a session', () => {
  it('has an id of 128 random bits, and is nobody’s who does not know it', async () => {
    const { port } = await openTracker()
    const ids = await Promise.all(Array.from({ length: 20 }, async () => (await openRawPolling(port)).sid))
    expect(new Set(ids).size).toBe(20)
    for (const id of ids) expect(id).toMatch(/^[\w-]{22}$/)
    const [first = ''] = ids
    for (const guess of [`${first.slice(0, -1)}!`, first.slice(1), '__proto__', 'constructor', '']) {
      expect(await ask(port, `${POLL}&sid=${guess}`)).toMatchObject({ status: 200, text: GONE })
      expect((await ask(port, `${POLL}&sid=${guess}`, {}, '6')).status).toBe(400)
    }
  })

  it('is taken over by no WebSocket, nor is a WebSocket by a poll', async () => {
    const tracker = await openTracker()
    const { sid } = await openRawPolling(tracker.port)
    await expect(askUpgrade(tracker.port, `/socket.io/?EIO=4&transport=websocket&sid=${sid}`)).rejects.toThrow()
    await expect(askUpgrade(tracker.port, POLL)).rejects.toThrow()
    const { id } = (await openPeer(tracker)).socket.io.engine as unknown as { id: string }
    expect((await ask(tracker.port, `${POLL}&sid=${id}`)).text).toBe(GONE)
    expect((await ask(tracker.port, `/socket.io/?EIO=4&transport=websocket&sid=${id}`)).status).toBe(426)
  })

  it('takes a place of its address, as a socket does, until it ends', async () => {
    const tracker = await openTracker({ trustedProxies: 1, limits: { connectionsPerAddress: 4 } })
    const school = from('198.51.100.7')
    const sessions = []
    // The fourth place is for the request that asks.
    for (let i = 0; i < 3; i++) sessions.push(await openRawPolling(tracker.port, school))
    await expect(openRawPolling(tracker.port, school)).rejects.toThrow()
    await openRawPolling(tracker.port, from('198.51.100.8'))
    await sessions[0]?.say('1')
    await openRawPolling(tracker.port, school)
  })

  it('may be carried on from another address, and is charged to the one who began it', async () => {
    const limits = { requests: { capacity: 4, perSecond: 0.001 }, socket: { capacity: 10, perSecond: 0.001 } }
    const tracker = await openTracker({ trustedProxies: 1, limits })
    const { path, say } = await openRawPolling(tracker.port, from('198.51.100.7'))
    const elsewhere = from('203.0.113.1')
    expect((await ask(tracker.port, path, elsewhere, '42["x"]')).status).toBe(200)
    // So it is no way round the rate of either: twice ten packets, and it is cut off.
    const answers = []
    for (let i = 0; i < 20; i++) answers.push((await say('6')).status)
    expect(answers.at(0)).toBe(200)
    expect(answers.at(-1)).toBeGreaterThanOrEqual(400)
    await vi.waitFor(() => expect(tracker.counts.sockets).toBe(0), AT_LAST)
  })
})

describe('who polls and says too much', () => {
  it('is refused, and goes when it does not stop', async () => {
    const strikes = { capacity: 5, perSecond: 0.001 }
    const tracker = await openTracker({ limits: { strikes } })
    const peer = await openRawPolling(tracker.port)
    await peer.say(...Array<string>(8).fill('420["nonsense"]'))
    await vi.waitFor(() => expect(tracker.counts.sockets).toBe(0), AT_LAST)
    expect((await peer.poll()).text).toBe(GONE)
  })

  it('is cut off for frames that say nothing, were they all in one body', async () => {
    const tracker = await openTracker()
    const peer = await openRawPolling(tracker.port)
    const { capacity } = defaultLimits.socket
    await peer.say(...Array<string>(2 * capacity + 10).fill('6'))
    expect((await peer.poll()).text).toBe(GONE)
    await vi.waitFor(() => expect(tracker.counts).toMatchObject({ sockets: 0, connections: 0 }), AT_LAST)
  })

  it('is cut off for a body that is longer than any message, as soon as it is', async () => {
    const tracker = await openTracker()
    const peer = await openRawPolling(tracker.port)
    const sent = peer.say(`420["signal",${JSON.stringify(LARGE.repeat(4))}]`)
    expect((await sent.catch(() => ({ status: 413 }))).status).toBe(413)
    await vi.waitFor(() => expect(tracker.counts.sockets).toBe(0), AT_LAST)
  })

  it('is cut off when it sends two bodies at once', async () => {
    const tracker = await openTracker()
    const peer = await openRawPolling(tracker.port)
    beginBody(tracker.port, peer.path)
    await vi.waitFor(async () => {
      await peer.say('6').catch(() => {})
      expect(tracker.counts.sockets).toBe(0)
    }, AT_LAST)
  })
})

describe('who polls and does not read', () => {
  it('is cut off when more than a MiB waits for its poll', async () => {
    const tracker = await openTracker({ limits: { unreadBytes: 20_000 } })
    const peer = await openRawPolling(tracker.port)
    for (let i = 0; i < 60 && tracker.counts.sockets > 0; i++)
      await peer
        .say(`420["nonsense-${'x'.repeat(10)}"]`, ...Array<string>(15).fill('421["lab-clock",{}]'))
        .catch(() => {})
    await vi.waitFor(() => expect(tracker.counts.sockets).toBe(0), AT_LAST)
  })

  it('[SIGNAL-7] costs who signals to it a refusal, and is not cut off for it', async () => {
    const signalsToOne = { capacity: 1e6, perSecond: 1 }
    const tracker = await openTracker({ limits: { signalsToOne, signalsFromAll: signalsToOne } })
    const victim = await openRawPolling(tracker.port)
    await victim.say(`420["join",{"swarmId":"${swarm}"}]`)
    const to = /"id":"([^"]+)"/.exec(await victim.until('430[{"id"'))?.[1]
    const sender = await openPeer(tracker)
    await sender.join(swarm)
    let reply: unknown = {}
    let sent = 0
    for (; sent < 20 && refusedAs(reply) === undefined; sent++)
      reply = await sender.ask('signal', { swarmId: swarm, to, sealed: LARGE })
    expect(reply).toEqual({ refused: 'receiver-busy' })
    // 384 KiB, and one more.
    expect(sent).toBeLessThanOrEqual(8)
    expect(await victim.until(LARGE)).toContain('42["signal"')
  })

  it('gets no second answer while the first lies unread, however many connections it has', async () => {
    const signalsToOne = { capacity: 1e6, perSecond: 1 }
    const limits = { signalsToOne, signalsFromAll: signalsToOne, unreadFromOthersBytes: 8_000_000 }
    const tracker = await openTracker({ limits: { ...limits, unreadBytes: 16_000_000 } })
    const victim = await openRawPolling(tracker.port)
    await victim.say(`420["join",{"swarmId":"${swarm}"}]`)
    const to = /"id":"([^"]+)"/.exec(await victim.until('430[{"id"'))?.[1]
    for (let senders = 0; senders < 2; senders++) {
      const sender = await openPeer(tracker)
      await sender.join(swarm)
      // More than the operating systems' own buffers take.
      for (let i = 0; i < 100; i++) await sender.ask('signal', { swarmId: swarm, to, sealed: LARGE })
    }
    await askWithoutReading(tracker.port, victim.path)
    expect((await victim.poll()).status).toBe(400)
    await vi.waitFor(() => expect(tracker.counts).toMatchObject({ sockets: 2, connections: 2 }), AT_LAST)
  })
})

describe('pages of other sites', () => {
  it('are refused, whether they name themselves or their browser says so', async () => {
    const { port } = await openTracker()
    const own = { origin: `http://127.0.0.1:${port}`, host: `127.0.0.1:${port}` }
    const { path } = await openRawPolling(port, own)
    for (const headers of [
      { origin: 'http://evil.example' },
      { origin: 'null' },
      { 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-site' },
    ] as Record<string, string>[]) {
      expect((await ask(port, POLL, headers)).status).toBe(403)
      expect((await ask(port, path, headers)).status).toBe(403)
      expect((await ask(port, path, headers, '6')).status).toBe(403)
    }
    for (const headers of [own, { 'sec-fetch-site': 'same-origin' }, { 'sec-fetch-site': 'none' }] as (typeof own)[])
      expect((await ask(port, POLL, headers)).status).toBe(200)
  })

  it('read nothing: neither as a script, nor by leave of ours', async () => {
    const { port } = await openTracker()
    expect((await ask(port, `${POLL}&j=0`)).status).toBe(400)
    const { headers } = await ask(port, POLL)
    expect(headers).not.toHaveProperty('access-control-allow-origin')
    expect(headers).toMatchObject({
      'cross-origin-resource-policy': 'same-origin',
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
    })
  })
})

describe('a request that is no poll', () => {
  it.each([
    [`${POLL}&sid=a&sid=b`, 400],
    [`${POLL}&transport=websocket`, 400],
    ['/socket.io/polling?EIO=4&transport=polling', 400],
    ['/socket.io/?EIO=4&transport=webtransport', 426],
    ['/socket.io/?EIO=3&transport=polling', 400],
    ['/socket.io/', 426],
  ])('is refused at once: %s', async (path, status) => {
    const { port } = await openTracker()
    expect((await ask(port, path)).status).toBe(status)
  })
})

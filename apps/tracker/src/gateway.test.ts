import { SignalDelivery } from '@swarmdrop/core/signaling'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { defaultLimits } from './limits'
import { closeAll } from './testing/cleanup'
import { messagePaths, onOneNode } from './testing/message-paths'
import { openPeer, swarmId } from './testing/peers'
import { CLOSE_FRAME, openRawSocket } from './testing/raw-socket'

afterEach(closeAll)

const swarm = swarmId(1)
const otherSwarm = swarmId(2)
const sealed = 'c2VhbGVk'

describe.each(messagePaths)('messages %s:', (_path, openTracker, isTaken) => {
  describe('a swarm over real sockets', () => {
    it('introduces peers, carries a signal between them, and forgets who disconnects', async () => {
      const tracker = await openTracker()
      const [a, b] = [await openPeer(tracker), await openPeer(tracker)]
      const joinedA = await a.join(swarm)
      const joinedB = await b.join(swarm)
      expect(joinedB).toMatchObject({ peers: [joinedA.id], size: 2, iceServers: [] })

      const delivered = a.next('signal')
      expect(await b.ask('signal', { swarmId: swarm, to: joinedA.id, sealed })).toEqual({})
      expect(SignalDelivery.parse(await delivered)).toEqual({ swarmId: swarm, from: joinedB.id, sealed })

      b.socket.disconnect()
      await vi.waitFor(async () => expect(await a.more(swarm)).toEqual({ peers: [], size: 1 }))
      expect(await a.ask('signal', { swarmId: swarm, to: joinedB.id, sealed })).toEqual({ refused: 'unknown-peer' })
      expect(await a.ask('leave', { swarmId: swarm })).toEqual({})
      expect(await a.ask('more', { swarmId: swarm })).toEqual({ refused: 'not-joined' })
    })

    it('gives each of twenty others about equally often, and never the asker', async () => {
      const tracker = await openTracker()
      const peers = await Promise.all(Array.from({ length: 21 }, () => openPeer(tracker)))
      const ids = await Promise.all(peers.map(async (peer) => (await peer.join(swarm)).id))
      const seen = new Map<string, number>()
      const replies = await Promise.all(Array.from({ length: 400 }, () => peers[0]?.more(swarm, 5)))
      for (const id of replies.flatMap((reply) => reply?.peers ?? [])) seen.set(id, (seen.get(id) ?? 0) + 1)
      expect([...seen.keys()].toSorted()).toEqual(ids.slice(1).toSorted())
      // 100 expected, standard deviation 8.7: outside of these once in ten million runs.
      expect(Math.min(...seen.values())).toBeGreaterThan(50)
      expect(Math.max(...seen.values())).toBeLessThan(150)
    })

    // Each does what one of a class of 100 does, and their address has its share of what a class's address may do.
    const CLASS = isTaken ? 40 : 25
    const MET = isTaken ? 30 : 24
    const { capacity, perSecond } = defaultLimits.address
    const address = { capacity: (capacity * CLASS) / 100, perSecond: (perSecond * CLASS) / 100 }

    it(`lets a class of ${CLASS} behind one address join and signal ${MET} others each, with nothing refused`, async () => {
      // A busy machine answers pings late.
      const tracker = await openTracker({ limits: { address }, pingTimeoutMs: 100_000 })
      const [offer, answer, candidate] = ['o'.repeat(4000), 'a'.repeat(4000), 'c'.repeat(300)] as const
      const students = await Promise.all(Array.from({ length: CLASS }, () => openPeer(tracker)))
      const refusals: unknown[] = []
      const answering: Promise<void>[] = []
      let delivered = 0

      const send = async (student: (typeof students)[number], to: string, session: string) => {
        const signals = [session, candidate]
        const replies = await Promise.all(
          signals.map((sealed) => student.ask('signal', { swarmId: swarm, to, sealed })),
        )
        refusals.push(...replies.filter((reply) => JSON.stringify(reply) !== '{}'))
      }
      await Promise.all(students.map((student) => student.join(swarm)))
      for (const student of students) {
        student.socket.on('signal', (content: unknown) => {
          delivered += 1
          const { from, sealed } = SignalDelivery.parse(content)
          if (sealed === offer) answering.push(send(student, from, answer))
        })
      }
      await Promise.all(
        students.map(async (student) => {
          const { peers } = await student.more(swarm)
          await Promise.all(peers.map((to) => send(student, to, offer)))
        }),
      )
      await vi.waitFor(() => expect(delivered).toBe(CLASS * MET * 4), 100_000)
      // The last signal may arrive before its sender is told so: a refusal could still come.
      await Promise.all(answering)
      expect(refusals).toEqual([])
    }, 120_000)
  })

  describe('what a socket may not do', () => {
    it('cannot speak in the name of another', async () => {
      const tracker = await openTracker()
      const [a, b] = [await openPeer(tracker), await openPeer(tracker)]
      const { id: victim } = await a.join(swarm)
      const { id: forger } = await b.join(swarm)
      const delivered = a.next('signal')
      expect(await b.ask('signal', { swarmId: swarm, to: victim, from: victim, sealed })).toEqual({
        refused: 'invalid',
      })
      expect(await b.ask('join', { swarmId: otherSwarm, id: victim })).toEqual({ refused: 'invalid' })
      await b.ask('signal', { swarmId: swarm, to: victim, sealed })
      expect(await delivered).toEqual({ swarmId: swarm, from: forger, sealed })
    })

    it('cannot signal into a swarm that it is not in, nor from one swarm to another', async () => {
      const tracker = await openTracker()
      const [a, b] = [await openPeer(tracker), await openPeer(tracker)]
      const { id } = await a.join(swarm)
      await b.join(otherSwarm)
      expect(await b.ask('signal', { swarmId: swarm, to: id, sealed })).toEqual({ refused: 'not-joined' })
      expect(await b.ask('signal', { swarmId: otherSwarm, to: id, sealed })).toEqual({ refused: 'unknown-peer' })
    })

    it('joins eight swarms and no more', async () => {
      const peer = await openPeer(await openTracker())
      for (let i = 0; i < 8; i++) await peer.join(swarmId(i))
      expect(await peer.ask('join', { swarmId: swarmId(8) })).toEqual({ refused: 'too-many-swarms' })
    })

    it.each([
      ['nothing', 'join', undefined],
      ['null', 'join', null],
      ['a text', 'join', swarm],
      ['a malformed swarm id', 'join', { swarmId: 'short' }],
      ['too many wants', 'join', { swarmId: swarm, wants: 51 }],
      ['half a peer', 'join', { swarmId: swarm, wants: 1.5 }],
      ['an empty signal', 'signal', { swarmId: swarm, to: swarm, sealed: '' }],
      ['a signal that is not base64url', 'signal', { swarmId: swarm, to: swarm, sealed: 'a+b' }],
      ['a signal over 64 KiB', 'signal', { swarmId: swarm, to: swarm, sealed: 'x'.repeat(65_537) }],
      ['a binary signal', 'signal', { swarmId: swarm, to: swarm, sealed: Buffer.from('binary') }],
      ['an event named constructor', 'constructor', { swarmId: swarm }],
      ['an event named error', 'error', { swarmId: swarm }],
    ])('is refused as invalid: %s', async (_name, event, content) => {
      const peer = await openPeer(await openTracker())
      expect(await peer.ask(event, content)).toEqual({ refused: 'invalid' })
    })

    it.each([
      ['an event by a name of the library', ['420["disconnect"]'], CLOSE_FRAME],
      [
        'text before the binary part of a message',
        ['451-["x",{"_placeholder":true,"num":0}]', '42["leave"]'],
        CLOSE_FRAME,
      ],
      ['an event with nothing in it', ['420["leave"]'], '430[{"refused":"invalid"}]'],
      ['an event with a number for a name', ['420[7]', '421["leave"]'], '430[{"refused":"invalid"}]\x81'],
      ['a number with a zero before it', ['4207["leave"]'], '437[{"refused":"invalid"}]'],
      ['a number that no client counts to', ['42123456789012345["leave"]'], '43123456789012345[{"refused":"invalid"}]'],
    ])('is told so in the same words, one after the other: %s', async (_name, packets, reply) => {
      const raw = await openRawSocket((await openTracker()).port)
      raw.send(...packets)
      await vi.waitFor(() => expect(raw.received()).toContain(reply))
    })

    it('is not heard after it has left', async () => {
      const raw = await openRawSocket((await openTracker()).port)
      raw.send('41', '420["leave"]')
      await vi.waitFor(() => {
        raw.send('421["leave"]')
        expect(raw.received()).toContain(CLOSE_FRAME)
      })
      expect(raw.received()).not.toContain('430[')
    })

    it('does not get its limits twice by opening the namespace twice', async () => {
      const raw = await openRawSocket((await openTracker()).port, 2)
      await vi.waitFor(() => expect(raw.received()).toContain('44{"message":"already connected"}'))
    })

    it('may leave out the acknowledgement, and harms nobody by it', async () => {
      const tracker = await openTracker()
      const raw = await openRawSocket(tracker.port)
      raw.send('42["error"]', '42["join"]', '42["signal",{"sealed":1}]', '42["leave",null,1,2]')
      raw.send(`42["join",{"swarmId":"${swarm}"}]`)
      const peer = await openPeer(tracker)
      await peer.join(swarm)
      await vi.waitFor(async () => expect((await peer.more(swarm)).size).toBe(2))
    })
  })

  describe('a socket is cut off', () => {
    it('when a message is larger than any signal', async () => {
      const peer = await openPeer(await openTracker())
      const gone = peer.next('disconnect')
      peer.socket.emit('signal', { swarmId: swarm, to: swarm, sealed: 'x'.repeat(100_000) })
      expect(await gone).toBe('transport close')
    })

    it('when it goes on after it was told to slow down', async () => {
      const slow = { capacity: 10, perSecond: 0.001 }
      const peer = await openPeer(await openTracker({ limits: { socket: slow, strikes: slow } }))
      await peer.join(swarm)
      for (let i = 0; i < 9; i++) await peer.more(swarm)
      expect(await peer.ask('more', { swarmId: swarm })).toEqual({ refused: 'rate-limited' })
      const gone = peer.next('disconnect')
      for (let i = 0; i < 10; i++) peer.socket.emit('more', { swarmId: swarm })
      expect(await gone).toBe('transport close')
    })

    it('when it sends one invalid message after the other', async () => {
      const peer = await openPeer(await openTracker({ limits: { strikes: { capacity: 3, perSecond: 0.001 } } }))
      const gone = peer.next('disconnect')
      for (let i = 0; i < 4; i++) peer.socket.emit('anything')
      expect(await gone).toBe('transport close')
    })

    it('when it floods with frames that are no messages', async () => {
      const tracker = await openTracker({ limits: { socket: { capacity: 50, perSecond: 0.001 } } })
      const raw = await openRawSocket(tracker.port)
      for (let i = 0; i < 101; i++) raw.send('3')
      await expect(raw.closed).resolves.toBeDefined()
    })

    it('when it does not read the answers that it asks for', async () => {
      const plenty = { capacity: 1e6, perSecond: 1 }
      const tracker = await openTracker({ limits: { socket: plenty, address: plenty, unreadBytes: 200_000 } })
      const raw = await openRawSocket(tracker.port)
      raw.tcp.pause()
      // The operating systems' own buffers take some megabytes first.
      const asked = Array.from({ length: 1_000 }, (_, id) => `42${id}["leave"]`)
      const ask = setInterval(() => raw.send(...asked), 1)
      await raw.closed
      clearInterval(ask)
    })

    it('when it breaks the protocol, and what it said in the same breath is void', async () => {
      const tracker = await openTracker()
      const raw = await openRawSocket(tracker.port)
      raw.send(`42["join",{"swarmId":"${swarm}"}]`, '4no packet')
      await vi.waitFor(() => expect(raw.received()).toContain(CLOSE_FRAME))
      const peer = await openPeer(tracker)
      expect((await peer.join(swarm)).size).toBe(1)
    })

    it('when it sends too much that is invalid, and what it said in the same breath is void', async () => {
      const tracker = await openTracker({ limits: { strikes: { capacity: 1, perSecond: 0.001 } } })
      const [victim, raw] = [await openPeer(tracker), await openRawSocket(tracker.port)]
      const { id } = await victim.join(swarm)
      raw.send(`42["join",{"swarmId":"${swarm}"}]`)
      await vi.waitFor(async () => expect((await victim.more(swarm)).size).toBe(2))
      let heard = 0
      victim.socket.on('signal', () => heard++)
      const signal = `42["signal",{"swarmId":"${swarm}","to":"${id}","sealed":"${sealed}"}]`
      raw.send(signal, '42["x"]', '42["x"]', signal)
      await raw.closed
      await vi.waitFor(async () => expect((await victim.more(swarm)).size).toBe(1))
      expect(heard).toBe(1)
    })

    it('when it is half-open: connected, and answering no ping', async () => {
      const tracker = await openTracker({ pingIntervalMs: 100, pingTimeoutMs: 100 })
      const peer = await openPeer(tracker)
      await peer.join(swarm)
      const raw = await openRawSocket(tracker.port)
      raw.send(`420["join",{"swarmId":"${swarm}"}]`)
      await vi.waitFor(() => expect(raw.received()).toContain('430[{"id":'))
      await vi.waitFor(async () => expect(await peer.more(swarm)).toEqual({ peers: [], size: 1 }), 5000)
      expect(peer.socket.connected).toBe(true)
    })
  })
})

// What bounds a process, and is its end, is of one.
describe.each(onOneNode)('messages %s:', (_path, openTracker) => {
  describe('an address', () => {
    it('is refused further connections past its bound, and let in when one closes', async () => {
      const tracker = await openTracker({ limits: { connectionsPerAddress: 2 } })
      const first = await openPeer(tracker)
      await openPeer(tracker)
      await expect(openPeer(tracker)).rejects.toThrow('websocket error')
      first.socket.disconnect()
      await vi.waitFor(async () => expect((await openPeer(tracker)).socket.connected).toBe(true))
    })

    it('shares its limit among its sockets, and nobody is cut off for the others', async () => {
      const limits = { address: { capacity: 50, perSecond: 0.001 }, strikes: { capacity: 1, perSecond: 0.001 } }
      const tracker = await openTracker({ limits })
      const [a, b] = [await openPeer(tracker), await openPeer(tracker)]
      for (let i = 0; i < 30; i++) await a.ask('leave', { swarmId: swarm })
      for (let i = 0; i < 5; i++) expect(await b.ask('leave', { swarmId: swarm })).toEqual({ refused: 'rate-limited' })
      expect(b.socket.connected).toBe(true)
    })
  })

  describe('closing the tracker', () => {
    it('ends every connection, also one that does not answer, and frees the port', async () => {
      const tracker = await openTracker({ closeGraceMs: 100 })
      const peer = await openPeer(tracker)
      const raw = await openRawSocket(tracker.port)
      const gone = peer.next('disconnect')
      await Promise.all([tracker.close(), raw.closed])
      // Not "io server disconnect", after which a client does not come back by itself.
      expect(await gone).toBe('transport close')
      const successor = await openTracker({ port: tracker.port })
      expect(successor.port).toBe(tracker.port)
    })
  })
})

// Strangers and neighbours who would keep others from meeting at the tracker, over real sockets; and what the honest
// have of it meanwhile.
import { LabHostReply, LabJoinReply, MAX_PARTICIPANTS, SignalDelivery } from '@swarmdrop/core/signaling'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { defaultLimits } from './limits'
import { closeAll } from './testing/cleanup'
import { messagePaths, onOneNode } from './testing/message-paths'
import { openPeer, type Peer, swarmId } from './testing/peers'
import { askUpgrade, CLOSE_FRAME, openRawSocket } from './testing/raw-socket'

afterEach(closeAll)

const swarm = swarmId(1)
const LARGE = 'x'.repeat(65_536)
const school = { 'x-forwarded-for': '198.51.100.7:4711' }
const from = (address: string) => ({ 'x-forwarded-for': address })

const createRoom = async (host: Peer) => LabHostReply.parse(await host.ask('lab-create', {}))
const refusedAs = (reply: unknown) => (reply as { refused?: string }).refused

// What bounds a process, what is at one address, and its end, is of one.
describe.each(onOneNode)('messages %s:', (_path, openTracker, isTaken) => {
  const CLASS = isTaken ? MAX_PARTICIPANTS : 25

  describe('rooms', () => {
    it('[ROOM-5] that are opened and left many times as often as there may be take no teacher’s, and there is one for the next', async () => {
      const tracker = await openTracker({ limits: { roomsPerAddress: 4 } })
      const [teacher, student] = [await openPeer(tracker), await openPeer(tracker)]
      const { code } = await createRoom(teacher)
      await student.ask('lab-join', { code, name: 'Ada' })
      for (let i = 0; i < 8; i++) {
        const hostile = await Promise.all(Array.from({ length: 5 }, () => openPeer(tracker)))
        await Promise.all(hostile.map((peer) => peer.ask('lab-create', {})))
        for (const peer of hostile) peer.socket.disconnect()
      }
      const next = await openPeer(tracker)
      await vi.waitFor(async () => expect(LabHostReply.safeParse(await next.ask('lab-create', {})).success).toBe(true))
      const late = await openPeer(tracker)
      expect(LabJoinReply.parse(await late.ask('lab-join', { code, name: 'Late' }))).toMatchObject({
        hostPresent: true,
      })
    }, 60_000)

    it('[ROOM-5] whose hosts stay are so many for an address, and other addresses have theirs', async () => {
      const tracker = await openTracker({ trustedProxies: 1, limits: { roomsPerAddress: 2 } })
      const hostile = await Promise.all(Array.from({ length: 12 }, () => openPeer(tracker, from('203.0.113.1'))))
      const replies = await Promise.all(hostile.map((peer) => peer.ask('lab-create', {})))
      expect(replies.filter((reply) => refusedAs(reply) === 'room-full')).toHaveLength(10)
      await createRoom(await openPeer(tracker, school))
    })
  })

  describe('wrong codes', () => {
    it('[ROOM-7] cost who tries 1,900 of them its socket, and its address all but a few hundred tries', async () => {
      const tracker = await openTracker()
      const { code } = await createRoom(await openPeer(tracker))
      const guesses = (peer: Peer, count: number) =>
        Promise.allSettled(
          Array.from({ length: count }, () =>
            peer.socket.timeout(5_000).emitWithAck('lab-join', { code: 'AAAAAA', name: 'E' }),
          ),
        )
      const first = await openPeer(tracker)
      const gone = first.next('disconnect')
      void guesses(first, 1_900)
      expect(await gone).toBe('transport close')

      let answered = 100
      let limited = 0
      for (let i = 0; i < 12 && limited === 0; i++) {
        for (const { value } of (await guesses(await openPeer(tracker), 90)) as { value: unknown }[]) {
          if (refusedAs(value) === 'unknown-room') answered++
          else limited++
        }
      }
      expect(answered).toBeLessThanOrEqual(defaultLimits.wrongCodes.capacity + 20)
      // Then the right one is not told from the wrong ones.
      expect(await (await openPeer(tracker)).ask('lab-join', { code, name: 'E' })).toEqual({ refused: 'rate-limited' })
    }, 60_000)

    it('[ROOM-7] that hosts try are no way round it', async () => {
      const wrongCodes = { capacity: 3, perSecond: 0.001 }
      const tracker = await openTracker({ limits: { wrongCodes } })
      const { code, token } = await createRoom(await openPeer(tracker))
      const stranger = 'x'.repeat(22)
      const ask = async (content: object) => refusedAs(await (await openPeer(tracker)).ask('lab-host', content))
      expect(await ask({ code: 'AAAAAA', token: stranger })).toBe('unknown-room')
      expect(await ask({ code, token: stranger })).toBe('wrong-token')
      expect(await ask({ code: 'BBBBBB', token: stranger, seats: [] })).toBeUndefined()
      expect(await ask({ code, token: stranger })).toBe('rate-limited')
      // Its own host proves that it knows the room.
      expect(await ask({ code, token })).toBeUndefined()
    })

    it(`[ROOM-7] now and then do not lock a class of ${CLASS} out behind one address, nor those who come back`, async () => {
      const tracker = await openTracker({ trustedProxies: 1 })
      const host = await openPeer(tracker, school)
      const { code } = await createRoom(host)
      const enter = async (number: number) => {
        const student = await openPeer(tracker, school)
        for (let i = 0; i < number % 5; i++)
          expect(await student.ask('lab-join', { code: 'AAAAAA', name: 'S' })).toEqual({ refused: 'unknown-room' })
        return LabJoinReply.parse(await student.ask('lab-join', { code, name: `S${number}` }))
      }
      const seats = await Promise.all(Array.from({ length: CLASS }, (_, number) => enter(number)))
      expect(new Set(seats.map(({ id }) => id)).size).toBe(CLASS)

      const hostile = await openPeer(tracker, school)
      for (let i = 0; i < 9; i++) await openPeer(tracker, school)
      for (let i = 0; i < 320; i++) hostile.socket.emit('lab-join', { code: 'AAAAAA', name: 'E' })
      const { token, room } = seats[7] as LabJoinReply
      const back = await openPeer(tracker, school)
      expect(await back.ask('lab-join', { code, name: 'S7', token, room })).toMatchObject({ id: seats[7]?.id })
    }, 60_000)
  })

  describe('a page of another site', () => {
    const host = (port: number) => `127.0.0.1:${port}`

    it.each(['http://evil.example', 'null', 'http://127.0.0.1', 'file://'])(
      'is let in by no origin such as %s',
      async (origin) => {
        const tracker = await openTracker()
        await expect(openPeer(tracker, { origin })).rejects.toThrow('websocket error')
      },
    )

    it('is let in neither by an older socket of its own', async () => {
      const tracker = await openTracker()
      const { id } = (await openPeer(tracker)).socket.io.engine as unknown as { id: string }
      const path = `/socket.io/?EIO=4&transport=websocket&sid=${id}`
      const answer = askUpgrade(tracker.port, path, { origin: 'http://evil.example' })
      await expect(answer).rejects.toThrow()
    })

    it('is not the tracker’s own, nor one behind a proxy, nor a program that has none', async () => {
      const tracker = await openTracker({ trustedProxies: 1, publicUrl: 'https://drop.example.org' })
      const { port } = tracker
      for (const headers of [
        {},
        { origin: `http://${host(port)}` },
        { origin: 'https://drop.example.org' },
        { origin: 'https://other.example.org:8443', 'x-forwarded-host': 'other.example.org' },
      ])
        expect((await openPeer(tracker, headers)).socket.connected).toBe(true)
    })
  })

  describe('addresses', () => {
    it.each(['198.51.100.7', '198.51.100.7:9', '[::ffff:c633:6407]:80', '::ffff:198.51.100.7'])(
      'are one, whatever the proxy writes: %s',
      async (written) => {
        const tracker = await openTracker({ trustedProxies: 1, limits: { connectionsPerAddress: 1 } })
        await openPeer(tracker, school)
        await expect(openPeer(tracker, from(written))).rejects.toThrow('websocket error')
        await openPeer(tracker, from('198.51.100.8:4711'))
      },
    )
  })

  describe('a code that is taken after a restart of the tracker', () => {
    it('[ROOM-6] leads no student into another’s room, and its host gets a new one', async () => {
      const before = await openTracker()
      const [host, student] = [await openPeer(before), await openPeer(before)]
      const { code, token } = await createRoom(host)
      const seat = LabJoinReply.parse(await student.ask('lab-join', { code, name: 'Ada' }))
      await before.close()

      const after = await openTracker({ port: before.port })
      const thief = await openPeer(after)
      expect(await thief.ask('lab-host', { code, token: 'x'.repeat(22), seats: [] })).toMatchObject({ code })
      const [hostBack, studentBack] = [await openPeer(after), await openPeer(after)]
      expect(await studentBack.ask('lab-join', { code, name: 'Ada', token: seat.token, room: seat.room })).toEqual({
        refused: 'unknown-room',
      })
      expect(await hostBack.ask('lab-host', { code, token, seats: [] })).toEqual({ refused: 'wrong-token' })
      expect((await createRoom(hostBack)).code).not.toBe(code)
    })
  })
})

describe.each(messagePaths)('messages %s:', (_path, openTracker, isTaken) => {
  const CLASS = isTaken ? MAX_PARTICIPANTS : 25

  describe('signals', () => {
    it('[SIGNAL-7] of a flood are refused to who sends them; the victim stays, and a neighbour connects to it', async () => {
      const tracker = await openTracker()
      const [victim, neighbour, hostile] = [await openPeer(tracker), await openPeer(tracker), await openPeer(tracker)]
      const { id } = await victim.join(swarm)
      await neighbour.join(swarm)
      await hostile.join(swarm)
      const flood = await Promise.all(
        Array.from({ length: 84 }, () => hostile.ask('signal', { swarmId: swarm, to: id, sealed: LARGE })),
      )
      expect(flood.filter((reply) => refusedAs(reply) === undefined).length).toBeLessThanOrEqual(3)
      expect(flood.filter((reply) => refusedAs(reply) === 'receiver-busy').length).toBeGreaterThan(80)

      const offer = ['o'.repeat(8_000), ...Array<string>(20).fill('c'.repeat(400))]
      const heard: string[] = []
      victim.socket.on('signal', (content: unknown) => heard.push(SignalDelivery.parse(content).sealed))
      for (const sealed of offer) expect(await neighbour.ask('signal', { swarmId: swarm, to: id, sealed })).toEqual({})
      await vi.waitFor(() => expect(heard.filter((sealed) => sealed !== LARGE)).toEqual(offer))
      expect([victim.socket.connected, hostile.socket.connected]).toEqual([true, true])
    })

    it('[SIGNAL-7] of many sockets at once leave a neighbour’s first words their way', async () => {
      const tracker = await openTracker({ limits: { signalsFromAll: { capacity: 300, perSecond: 0.001 } } })
      const [victim, neighbour] = [await openPeer(tracker), await openPeer(tracker)]
      const { id } = await victim.join(swarm)
      const crowd = await Promise.all(Array.from({ length: 10 }, () => openPeer(tracker)))
      await Promise.all(crowd.map((peer) => peer.join(swarm)))
      const flooding = crowd.flatMap((peer) =>
        Array.from({ length: 40 }, () => peer.ask('signal', { swarmId: swarm, to: id, sealed: 'x'.repeat(4_000) })),
      )
      const replies = await Promise.all(flooding)
      // Each is 4 units: 75 in all, and the first ten of each sender.
      expect(replies.filter((reply) => refusedAs(reply) === 'receiver-busy').length).toBeGreaterThanOrEqual(225)
      await neighbour.join(swarm)
      expect(await neighbour.ask('signal', { swarmId: swarm, to: id, sealed: 'o'.repeat(8_000) })).toEqual({})
    })

    it('[SIGNAL-7] to one that does not read are refused, and it is not cut off for what others say', async () => {
      const tracker = await openTracker({
        limits: { signalsToOne: { capacity: 1e6, perSecond: 1 }, signalsFromAll: { capacity: 1e6, perSecond: 1 } },
      })
      const raw = await openRawSocket(tracker.port)
      raw.send(`420["join",{"swarmId":"${swarm}"}]`)
      await vi.waitFor(() => expect(raw.received()).toContain('430[{"id":'))
      const to = /"id":"([^"]+)"/.exec(raw.received())?.[1]
      raw.tcp.pause()
      // Each socket may send some hundred large ones; the operating systems' own buffers take some megabytes.
      let reply: unknown = {}
      for (let sockets = 0; sockets < 6 && refusedAs(reply) !== 'receiver-busy'; sockets++) {
        const sender = await openPeer(tracker)
        await sender.join(swarm)
        for (let i = 0; i < 110 && refusedAs(reply) !== 'receiver-busy'; i++)
          reply = await sender.ask('signal', { swarmId: swarm, to, sealed: LARGE })
      }
      expect(reply).toEqual({ refused: 'receiver-busy' })
      raw.tcp.resume()
      await vi.waitFor(() => {
        raw.send(`421["more",{"swarmId":"${swarm}"}]`)
        expect(raw.received()).toContain('431[{"peers":')
      })
    }, 60_000)
  })

  describe('a room full of bogus students', () => {
    it('[ROOM-3] does not cut its host off, whatever they tell it', async () => {
      const tracker = await openTracker({ limits: { reports: { capacity: 256, perSecond: 0.001 } } })
      const host = await openPeer(tracker)
      const { code } = await createRoom(host)
      const bogus = await Promise.all(Array.from({ length: CLASS }, () => openPeer(tracker)))
      await Promise.all(bogus.map((peer) => peer.ask('lab-join', { code, name: 'Bogus' })))
      const flood = bogus.flatMap((peer) => Array.from({ length: 5 }, () => peer.ask('lab-send', { body: LARGE })))
      const refusals = (await Promise.all(flood)).map(refusedAs)
      // Three of each, at most.
      expect(refusals.filter((refused) => refused === 'receiver-busy').length).toBeGreaterThanOrEqual(2 * CLASS)
      expect(host.socket.connected).toBe(true)
      expect(await host.ask('lab-send', { to: 'all', body: 'x' })).toEqual({})
    }, 60_000)

    // A room has so many seats on either path.
    it.runIf(isTaken)('[ROOM-1] gives the first seat that one of them leaves to who comes next', async () => {
      const tracker = await openTracker()
      const { code } = await createRoom(await openPeer(tracker))
      const bogus = await Promise.all(Array.from({ length: MAX_PARTICIPANTS }, () => openPeer(tracker)))
      await Promise.all(bogus.map((peer) => peer.ask('lab-join', { code, name: 'Bogus' })))
      const student = await openPeer(tracker)
      expect(await student.ask('lab-join', { code, name: 'Ada' })).toEqual({ refused: 'room-full' })
      bogus[0]?.socket.disconnect()
      await vi.waitFor(async () =>
        expect(await student.ask('lab-join', { code, name: 'Ada' })).toMatchObject({ id: MAX_PARTICIPANTS + 1 }),
      )
    })
  })

  describe('what is no message of ours', () => {
    const deep = (levels: number) => `${'['.repeat(levels)}${']'.repeat(levels)}`

    it('harms nobody: JSON of thirty thousand levels', async () => {
      const tracker = await openTracker()
      const raw = await openRawSocket(tracker.port)
      raw.send(`420["join",${deep(30_000)}]`, `421["lab-send",{"body":${deep(30_000)}}]`)
      await vi.waitFor(() => expect(raw.received()).toContain('431[{"refused":"invalid"}]'))
      expect(raw.received()).toContain('430[{"refused":"invalid"}]')
      await (await openPeer(tracker)).join(swarm)
    })

    it.each([
      ['deep', `451-0["x",${deep(20_000)},{"_placeholder":true,"num":0}]`],
      ['wide', `451-0["x",${Array<string>(20_000).fill('[]').join(',')},{"_placeholder":true,"num":0}]`],
      ['an answer', `461-0[${Array<string>(20_000).fill('[]').join(',')},{"_placeholder":true,"num":0}]`],
      ['of many parts', '459-0["x",{"_placeholder":true,"num":0}]'],
      ['of ten million parts', '4510000000-0["x",{"_placeholder":true,"num":0}]'],
    ])('is not kept until its binary parts come, and ends the connection: %s', async (_what, packet) => {
      const tracker = await openTracker()
      const raw = await openRawSocket(tracker.port)
      raw.send(packet)
      await vi.waitFor(() => expect(raw.received()).toContain(CLOSE_FRAME))
      await (await openPeer(tracker)).join(swarm)
    })

    it('costs its sender by its length, also where it says nothing', async () => {
      const strikes = { capacity: 1e6, perSecond: 1 }
      const socket = { capacity: 100, perSecond: 0.001 }
      const tracker = await openTracker({ limits: { strikes, socket } })
      const raw = await openRawSocket(tracker.port)
      // Each costs as much as 8 of the 200 frames that it may send.
      const large = `42["x",${deep(15_000)}]`
      for (let i = 0; i < 30; i++) raw.send(large)
      await raw.closed
    })
  })
})

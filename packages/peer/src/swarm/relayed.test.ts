// Whole swarms of which some have no way but the server. Real machines, seals and lines in virtual time.
import { encodeMessage, type Message } from '@swarmdrop/core/wire'
import { beforeAll, describe, expect, it } from 'vitest'
import {
  keepsOriginal,
  phaseOf,
  receiveAt,
  sendFrom,
  type TestReceiver,
  type TestShare,
  testShare,
} from '../testing/test-share'
import { type VirtualDevice, VirtualWorld } from '../testing/virtual-device'
import type { RelayedPiece } from '../testing/virtual-relay'
import { SwarmConnection } from './connection'

let share: TestShare
beforeAll(async () => {
  share = await testShare({ chunks: 30 })
})

function world({ blocked = [] as string[], relays = true, bytesPerSecond = 2_000_000 } = {}) {
  const made = new VirtualWorld(1, { bytesPerSecond })
  made.tracker.server.isOn = relays
  for (const name of blocked) made.links.blocked.add(name)
  return made
}

const waysOf = (transfer: Pick<TestReceiver, 'inspect'>) => transfer.inspect().neighbours.map(({ way }) => way)
const isDone = (receiver: TestReceiver) => phaseOf(receiver) === 'complete'

/** All press Download as soon as they may. */
async function receivers(here: VirtualWorld, names: string[]): Promise<TestReceiver[]> {
  const all = await Promise.all(names.map((name) => receiveAt(here.device(name), share)))
  for (const receiver of all) {
    const press = () => {
      if (phaseOf(receiver) === 'ready') receiver.side.download()
      else here.time.after(200, press)
    }
    press()
  }
  return all
}

/**
 * A peer that comes by the server alone, says what keeps it from being let go of at once, and comes back when it is.
 */
function squatAt({ ports, world: { time } }: VirtualDevice): { close(): void } {
  ports.relay.chooseRelayOnly(true)
  const peers = new Set<string>()
  const connection: SwarmConnection = new SwarmConnection(ports, share.content.id, {
    peerJoined: (peer) => {
      peers.add(peer)
      say(peer, { type: 'hello', version: 1 })
      say(peer, { type: 'interested' })
    },
    peerLeft: (peer) => void peers.delete(peer),
    frame: () => {},
    drained: () => {},
    changed: () => {},
  })
  const say = (peer: string, message: Message) => connection.links.send(peer, encodeMessage(message))
  connection.start()
  const stops = [
    time.every(4_000, () => [...peers].map((peer) => say(peer, { type: 'keep-alive' }))),
    time.every(3_000, () => void connection.findPeers()),
  ]
  return {
    close: () => {
      for (const stop of stops) stop()
      connection.close()
    },
  }
}

describe('a receiver whose network lets no link through', () => {
  it('[RELAY-4] has the manifest within 4 s, and the file, through the server', async () => {
    const here = world({ blocked: ['school'] })
    const { time, tracker } = here
    const sender = sendFrom(here.device('home'), share)
    const school = here.device('school')
    const receiver = await receiveAt(school, share)
    expect(await time.run(4_000, () => phaseOf(receiver) === 'ready')).toBe(true)
    receiver.side.download()
    expect(await time.run(30_000, () => isDone(receiver))).toBe(true)
    expect(keepsOriginal(school, share)).toBe(true)
    expect([waysOf(sender), waysOf(receiver)]).toEqual([['server'], ['server']])
    expect(tracker.server.size).toBe(1)
    receiver.close()
    await time.run(1_000)
    expect(tracker.server.size).toBe(0)
  })

  it('shows the speed of that way, and not that of its memory', async () => {
    const here = world({ blocked: ['school'] })
    // Characters, of which a quarter is the seal’s writing.
    here.tracker.server.bytesPerSecond = 60_000
    const sender = sendFrom(here.device('home'), share)
    const [receiver] = await receivers(here, ['school'])
    if (!receiver) throw new Error('There is one.')
    expect(await here.time.run(60_000, () => isDone(receiver))).toBe(true)
    await here.time.run(3_000)
    const speeds = [sender, receiver].flatMap((one) =>
      one.inspect().distribution.people.flatMap(({ upload, download }) => [upload, download]),
    )
    const shown = speeds.flatMap(({ bytesPerSecond, basis }) => (basis === 'shown' ? [bytesPerSecond] : []))
    for (const speed of shown) expect(speed).toBeLessThan(1.3 * 45_000)
    expect(Math.max(...shown)).toBeGreaterThan(0.8 * 45_000)
  })

  it('gives on what it has got: of three, one behind such a network', async () => {
    const here = world({ blocked: ['school'], bytesPerSecond: 30_000 })
    sendFrom(here.device('home'), share)
    const all = await receivers(here, ['school', 'b', 'c'])
    expect(await here.time.run(60_000, () => all.every(isDone))).toBe(true)
    expect(waysOf(all[0] as TestReceiver)).toEqual(['server', 'server', 'server'])
    expect(waysOf(all[1] as TestReceiver).sort()).toEqual(['direct', 'direct', 'server'])
    expect(all[0]?.inspect().uploadedBytes).toBeGreaterThan(0)
  })

  it('[RELAY-8] reaches four through the server at most, and all of them have it in the end', async () => {
    const here = world({ blocked: ['school'] })
    sendFrom(here.device('school'), share)
    const names = Array.from({ length: 9 }, (_, at) => `r${at}`)
    const all = await receivers(here, names)
    let most = 0
    expect(
      await here.time.run(120_000, () => {
        most = Math.max(most, here.tracker.server.size)
        return all.every(isDone)
      }),
    ).toBe(true)
    expect(most).toBe(4)
  })

  it('[RELAY-8] is not kept out by four who take its places and bring and take nothing', async () => {
    const here = world({ blocked: ['school', 'late'] })
    sendFrom(here.device('school'), share)
    const squatters = ['1', '2', '3', '4'].map((name) => squatAt(here.device(`squatter${name}`)))
    await here.time.run(10_000)
    // Each of the five is connected to the other four.
    expect(here.tracker.server.size).toBe(10)
    const [late] = await receivers(here, ['late'])
    if (!late) throw new Error('There is one.')
    expect(await here.time.run(150_000, () => isDone(late))).toBe(true)
    for (const squatter of squatters) squatter.close()
  })

  it('moves to a direct way when there is one, and loses nobody', async () => {
    const here = world({ blocked: ['school'] })
    const sender = sendFrom(here.device('home'), share)
    const receiver = await receiveAt(here.device('school'), share)
    await here.time.run(5_000, () => phaseOf(receiver) === 'ready')
    const [first] = receiver.inspect().neighbours
    here.links.blocked.clear()
    const hasMoved = () => [...waysOf(sender), ...waysOf(receiver)].every((way) => way === 'direct')
    expect(await here.time.run(120_000, hasMoved)).toBe(true)
    expect(receiver.inspect().neighbours.map(({ id }) => id)).toEqual([first?.id])
    receiver.side.download()
    expect(await here.time.run(30_000, () => isDone(receiver))).toBe(true)
    expect(here.tracker.server.size).toBe(0)
  })

  it('comes back through a server that was started again', async () => {
    const here = world({ blocked: ['school'] })
    sendFrom(here.device('home'), share)
    const receiver = await receiveAt(here.device('school'), share)
    await here.time.run(5_000, () => phaseOf(receiver) === 'ready')
    here.tracker.restart(5_000)
    await here.time.run(1_000)
    expect(waysOf(receiver)).toEqual([])
    receiver.side.download()
    expect(await here.time.run(60_000, () => isDone(receiver))).toBe(true)
  })

  it('reaches nobody where the server carries nothing', async () => {
    const here = world({ blocked: ['school'], relays: false })
    sendFrom(here.device('home'), share)
    const receiver = await receiveAt(here.device('school'), share)
    await here.time.run(60_000)
    expect(waysOf(receiver)).toEqual([])
  })
})

describe('one that hides its address, where there is no TURN server', () => {
  it('[RELAY-4] is reached through the server alone, at once', async () => {
    const here = world()
    sendFrom(here.device('home'), share)
    const hidden = here.device('hidden')
    hidden.ports.relay.chooseRelayOnly(true)
    const receiver = await receiveAt(hidden, share)
    expect(receiver.inspect().relay).toBe('only')
    expect(await here.time.run(1_000, () => phaseOf(receiver) === 'ready')).toBe(true)
    receiver.side.download()
    expect(await here.time.run(30_000, () => isDone(receiver))).toBe(true)
    expect(waysOf(receiver)).toEqual(['server'])
    expect(here.links.opened).toBe(0)
  })
})

const piecewise: [string, (piece: RelayedPiece, at: number, earlier: RelayedPiece[]) => RelayedPiece[]][] = [
  ['repeats', (piece, at) => (at % 5 === 4 ? [piece, piece] : [piece])],
  ['keeps back', (piece, at) => (at % 5 === 4 ? [] : [piece])],
  ['plays again what was said before in place of', (piece, at, [first = piece]) => (at % 5 === 4 ? [first] : [piece])],
  [
    'changes',
    (piece, at) =>
      at % 5 === 4 ? [{ ...piece, sealed: piece.sealed.replace(/^./, (c) => (c === 'A' ? 'B' : 'A')) }] : [piece],
  ],
]

describe('a server', () => {
  it.each(piecewise)(
    '[RELAY-2] that %s every fifth piece can but withhold: nobody is banned, and all is right once it is honest',
    async (_, tamper) => {
      const here = world({ blocked: ['school'] })
      const { server } = here.tracker
      const home = here.device('home')
      const sender = sendFrom(home, share)
      const school = here.device('school')
      const receiver = await receiveAt(school, share)
      let at = 0
      server.tamper = (piece) => tamper(piece, at++, server.carried)
      await here.time.run(60_000)
      expect(at).toBeGreaterThan(5)
      server.tamper = (piece) => [piece]
      expect(await here.time.run(60_000, () => phaseOf(receiver) === 'ready')).toBe(true)
      receiver.side.download()
      expect(await here.time.run(60_000, () => isDone(receiver))).toBe(true)
      expect(keepsOriginal(school, share)).toBe(true)
      expect([...home.log, ...school.log]).toEqual([])
      expect(sender.inspect().neighbours).toHaveLength(1)
    },
  )
})

// One link whose ways open, fail and end at random moments, in virtual time: no frame is lost, doubled or out of order
// before a side hears that the link has closed, and neither side waits for ever. The seed stands in what fails.
import { pieceCost, RELAY_WINDOW, type Signal } from '@swarmdrop/core/signaling'
import { seededRandom } from '@swarmdrop/core/simulation'
import { describe, expect, it } from 'vitest'
import type { OpenLink } from '../ports'
import { VirtualWorld } from '../testing/virtual-device'
import type { Timers } from '../time/timers'
import type { RelayedPair, RelayedPairHandlers } from './server-relay'
import { wayLinks } from './way-link'

const LOW_MARK = 8_000

/** What one side says reaches another after some time, in the order in which it was said. */
class Wire {
  readonly #world: VirtualWorld
  readonly #ms: () => number
  #lastAtMs = 0

  constructor(world: VirtualWorld, ms: () => number) {
    this.#world = world
    this.#ms = ms
  }

  carry(run: () => void): void {
    const now = this.#world.time.now()
    this.#lastAtMs = Math.max(this.#lastAtMs, now + this.#ms())
    this.#world.time.after(this.#lastAtMs - now, run)
  }
}

type Client = { name: string; handlers: RelayedPairHandlers; taken: number; handed: number }

/** The tracker with one pair at a time: what apps/tracker's relay.ts does, with the way there and back. */
class Server {
  readonly #up: Record<string, Wire>
  readonly #down: Record<string, Wire>
  #pair: Client[] = []
  broken: string[] = []

  constructor(world: VirtualWorld, ms: () => number) {
    const wires = () => ({ a: new Wire(world, ms), b: new Wire(world, ms) })
    this.#up = wires()
    this.#down = wires()
  }

  readonly open = (name: string, handlers: RelayedPairHandlers): RelayedPair => {
    const client = { name, handlers, taken: 0, handed: 0 }
    let isHere = true
    const up = (run: () => void) => void (isHere && this.#up[name]?.carry(run))
    client.handlers = {
      opened: () => isHere && handlers.opened(),
      piece: (sealed) => isHere && handlers.piece(sealed),
      read: (cost) => isHere && handlers.read(cost),
      ended: () => {
        if (isHere) handlers.ended()
        isHere = false
      },
    }
    up(() => this.#ask(client))
    return {
      send: (sealed) => up(() => this.#piece(client, sealed)),
      hasRead: (cost) => up(() => this.#read(client, cost)),
      stop: () => {
        up(() => this.#stop(client))
        isHere = false
      },
    }
  }

  end(): void {
    for (const client of this.#pair.splice(0)) this.#tell(client, () => client.handlers.ended())
  }

  #ask(client: Client): void {
    if (this.#pair.length > 1 || this.#pair.some(({ name }) => name === client.name)) return
    this.#pair.push(client)
    if (this.#pair.length < 2) return
    for (const side of this.#pair) this.#tell(side, () => side.handlers.opened())
  }

  #piece(client: Client, sealed: string): void {
    const other = this.#otherOf(client)
    if (!other) return
    client.taken += pieceCost(sealed.length)
    if (client.taken > RELAY_WINDOW) this.broken.push('past the window')
    this.#tell(other, () => other.handlers.piece(sealed))
  }

  #read(client: Client, cost: number): void {
    const other = this.#otherOf(client)
    if (!other) return
    other.taken -= cost
    if (other.taken < 0) this.broken.push('more read than handed over')
    this.#tell(other, () => other.handlers.read(cost))
  }

  #stop(client: Client): void {
    if (!this.#pair.includes(client)) return
    const other = this.#pair.find((side) => side !== client)
    this.#pair = []
    if (other) this.#tell(other, () => other.handlers.ended())
  }

  #otherOf(client: Client): Client | undefined {
    return this.#pair.includes(client) ? this.#pair.find((side) => side !== client) : undefined
  }

  #tell(client: Client, run: () => void): void {
    this.#down[client.name]?.carry(run)
  }
}

/** A side's channel opens a while after the other's, and brings what came before only then. */
const opensLate =
  (openLink: OpenLink, time: Timers, ms: number): OpenLink =>
  (initiator, configuration, handlers) => {
    const early: (() => void)[] = []
    let isOpen = false
    const whenOpen = (run: () => void) => void (isOpen ? run() : early.push(run))
    return openLink(initiator, configuration, {
      ...handlers,
      opened: () =>
        void time.after(ms, () => {
          isOpen = true
          handlers.opened()
          for (const run of early.splice(0)) run()
        }),
      frame: (frame) => whenOpen(() => handlers.frame(frame)),
      closed: () => (early.length > 0 ? whenOpen(() => handlers.closed()) : handlers.closed()),
    })
  }

/** `faults`: ways end by themselves, too. `at once`: WebRTC takes as long as the server. */
type Course = 'no faults' | 'faults' | 'at once'

async function life(seed: number, course: Course) {
  const draw = seededRandom(seed)
  const pick = <T>(...of: T[]): T => of[Math.floor(draw() * of.length)] as T
  const upTo = (ms: number) => Math.floor(draw() * ms)
  const world = new VirtualWorld(seed, {
    latencyMs: course === 'at once' ? 2_900 + upTo(400) : pick(1, 20, 300, 3_000 + upTo(1_000)),
    bytesPerSecond: pick(10_000, 60_000, 5_000_000),
  })
  const { time, links } = world
  const [signalMs, serverMs] =
    course === 'at once' ? [50, pick(20, 100, 300)] : [pick(10, 200, 1_000 + upTo(2_500)), pick(5, 100, 1_000)]
  const server = new Server(world, () => serverMs / 2 + upTo(serverMs))
  if (course !== 'at once' && draw() < 0.5) links.blocked.add('a')
  const make = (name: 'a' | 'b', other: 'a' | 'b') => {
    const { time: own, random, openLink } = world.device(name).ports
    const wire = new Wire(world, () => signalMs / 2 + upTo(signalMs))
    const end = { heard: [] as string[], got: [] as number[], sent: 0, waiting: 0, closedAt: 0 }
    const path = {
      key: new Uint8Array(32).fill(3),
      attempt: 'attempt',
      openPair: (_: string, handlers: RelayedPairHandlers) => server.open(name, handlers),
    }
    const link = wayLinks({ time: own, random, openLink: opensLate(openLink, own, pick(0, 30, upTo(400))) }, path)(
      name === 'a',
      { iceServers: [], relayOnly: false },
      {
        signal: (signal: Signal) => wire.carry(() => ends[other].link.accept(signal)),
        opened: () => {
          end.heard.push('opened')
          link.setLowMark(LOW_MARK)
        },
        wayChanged: () => end.heard.push('way'),
        frame: (frame) => end.got.push(new DataView(frame.buffer, frame.byteOffset).getUint32(0)),
        drained: (bytes) => {
          end.waiting = bytes
        },
        closed: () => {
          end.heard.push('closed')
          end.closedAt = time.now()
        },
      },
    )
    return Object.assign(end, { link, name })
  }
  const ends: Record<'a' | 'b', ReturnType<typeof make>> = {} as never
  ends.a = make('a', 'b')
  ends.b = make('b', 'a')
  const both = [ends.a, ends.b]
  let isOver = false
  const talk = (end: (typeof both)[number]) => {
    if (isOver) return
    // As the swarm does: no more than so much waits.
    if (end.link.isOpen && end.waiting <= 2 * LOW_MARK) {
      const frame = new Uint8Array(4 + pick(0, 10, 2_000, 20_000))
      new DataView(frame.buffer).setUint32(0, end.sent++)
      end.link.send(frame)
      end.waiting = end.link.bufferedBytes
    }
    time.after(upTo(pick(20, 1_500)), () => talk(end))
  }
  for (const end of both) talk(end)
  // As an attempt does.
  time.after(20_000, () => both.map(({ link }) => link.isOpen || link.close()))
  const unblock = () => {
    links.blocked.clear()
    if (course !== 'at once' && draw() < 0.3) time.after(upTo(60_000), () => links.blocked.add('a'))
  }
  time.after(upTo(70_000), unblock)
  time.after(upTo(300_000), unblock)
  if (course === 'faults') {
    const cut = () => links.cut(pick('a', 'b'))
    const fault = () => {
      pick(cut, () => server.end())()
      if (draw() < 0.3) time.after(upTo(100_000), fault)
    }
    time.after(upTo(pick(5_000, 150_000)), fault)
  }
  await time.run(course === 'at once' ? 10_000 : upTo(250_000))
  isOver = true
  const isQuiet = () => both.every(({ heard }) => heard.includes('closed'))
  await time.run(130_000, isQuiet)
  return { a: ends.a, b: ends.b, both, server, links }
}

const firstOf = (count: number) => Array.from({ length: count }, (_, at) => at)

async function check(seed: number, course: Course) {
  const { a, b, both, server, links } = await life(seed, course)
  const at = `seed ${seed}`
  expect(server.broken, at).toEqual([])
  expect(a.got, at).toEqual(firstOf(a.got.length))
  expect(b.got, at).toEqual(firstOf(b.got.length))
  for (const { heard } of both) {
    expect(heard.filter((word) => word === 'opened').length, at).toBeLessThanOrEqual(1)
    expect(heard.filter((word) => word === 'closed').length, at).toBeLessThanOrEqual(1)
  }
  const closed = both.filter(({ heard }) => heard.includes('closed'))
  if (closed.length > 0) {
    expect(closed.length, `${at}: ${a.heard} / ${b.heard}`).toBe(2)
    expect(Math.abs(a.closedAt - b.closedAt), at).toBeLessThan(61_000)
    expect(links.all.size, at).toBe(0)
  } else {
    expect([a.got.length, b.got.length], `${at}: all arrives`).toEqual([b.sent, a.sent])
    expect([a.link.bufferedBytes, b.link.bufferedBytes], at).toEqual([0, 0])
    for (const { waiting } of both) expect(waiting, `${at}: is told that it has drained`).toBeLessThanOrEqual(LOW_MARK)
    expect(a.link.way, at).toBe(b.link.way)
  }
  return closed.length > 0 ? 'closed' : a.heard.length > 0 ? a.link.way : 'never'
}

describe('a link whose ways come and go at random', () => {
  const seeds = Array.from({ length: Number(process.env.WAY_SEEDS ?? 6) }, (_, at) => at + 1)

  it('[RELAY-3] keeps every frame and their order where ways open late and again, and does not end by that', async () => {
    for (const seed of seeds) expect(await check(seed, 'no faults'), `seed ${seed}`).not.toBe('closed')
  })

  it('[RELAY-3] keeps them until it ends where ways break, and then ends on both sides', async () => {
    for (const seed of seeds) await check(seed, 'faults')
  })

  it('[RELAY-4] opens once, and does not end, where WebRTC opens at the moment that the server’s way does', async () => {
    for (const seed of seeds.flatMap((one) => [4 * one, 4 * one + 1, 4 * one + 2, 4 * one + 3]))
      expect(await check(seed, 'at once'), `seed ${seed}`).toBe('direct')
  })
})

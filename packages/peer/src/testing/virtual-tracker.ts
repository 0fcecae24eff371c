// A tracker in virtual time that speaks what the real one speaks: swarms with random subsets, sealed signals, rooms and
// mailboxes. It can hang and start again.
import { seededRandom } from '@swarmdrop/core/simulation'
import type { Line, LineHandlers } from '../ports'
import { VirtualMailboxes } from './virtual-mailboxes'
import { VirtualRelay } from './virtual-relay'
import { refuse, VirtualRooms } from './virtual-rooms'
import type { VirtualTime } from './virtual-time'

/** A lost line is tried again after so long. */
const RECONNECT_MS = 500
const LATENCY_MS = 10

type Member = { id: string; line: VirtualLine }
export type RelayedSignal = { swarmId: string; from: string; to: string; sealed: string }

export class VirtualTracker {
  readonly time: VirtualTime
  readonly random: () => number
  readonly lines = new Set<VirtualLine>()
  /** Answers nobody, though lines stand. */
  hangs = false
  isDown = false
  iceServers: { urls: string[] }[] = []
  /**
   * A tracker in the hands of an attacker: what is delivered in place of a signal, all that peers have sent, and peers
   * that are none.
   */
  relay: (signal: RelayedSignal) => RelayedSignal[] = (signal) => [signal]
  readonly heard: RelayedSignal[] = []
  readonly fakePeers: string[] = []
  readonly server: VirtualRelay
  rooms: VirtualRooms
  mailboxes: VirtualMailboxes
  readonly #swarms = new Map<string, Map<string, Member>>()
  #drawn = 0

  constructor(time: VirtualTime, seed = 1) {
    this.time = time
    this.random = seededRandom(seed)
    this.rooms = this.#newRooms()
    this.mailboxes = this.#newMailboxes()
    this.server = new VirtualRelay(time)
  }

  newLine(owner: string): VirtualLine {
    const line = new VirtualLine(this, owner)
    this.lines.add(line)
    return line
  }

  /** Everything is forgotten, and all lines are lost. `forMs`: as long as it is away. */
  restart(forMs = 0): void {
    this.#swarms.clear()
    this.rooms = this.#newRooms()
    this.mailboxes = this.#newMailboxes()
    this.isDown = true
    for (const line of this.lines) line.renew()
    this.time.after(forMs, () => {
      this.isDown = false
    })
  }

  /** Takes the network of one device away, or gives it back. */
  setReachable(owner: string, isReachable: boolean): void {
    for (const line of this.lines) if (line.owner === owner) line.setReachable(isReachable)
  }

  /** Swarms that somebody is in. */
  get swarmCount(): number {
    return [...this.#swarms.values()].filter(({ size }) => size > 0).length
  }

  sizeOf(swarmId: string): number {
    return this.#swarms.get(swarmId)?.size ?? 0
  }

  /** 22 characters, never given twice. */
  drawId(kind: string): string {
    return `${kind}${String(++this.#drawn).padStart(22 - kind.length, '0')}`
  }

  async answer(line: VirtualLine, event: string, request: Record<string, unknown>): Promise<unknown> {
    const { swarmId } = request as { swarmId: string }
    switch (event) {
      case 'join': {
        const swarm = this.#swarms.get(swarmId) ?? new Map<string, Member>()
        this.#swarms.set(swarmId, swarm)
        const id = this.drawId('p')
        const peers = this.#subset(swarm, undefined, 30)
        swarm.set(id, { id, line })
        return {
          id,
          peers,
          size: swarm.size + this.fakePeers.length,
          iceServers: this.iceServers,
          ...(this.server.isOn && { relays: true }),
        }
      }
      case 'more': {
        const swarm = this.#swarms.get(swarmId)
        const own = [...(swarm?.values() ?? [])].find((member) => member.line === line)
        if (!swarm || !own) return refuse('not-joined')
        return {
          peers: this.#subset(swarm, own.id, Number(request.wants ?? 30)),
          size: swarm.size + this.fakePeers.length,
        }
      }
      case 'signal': {
        const swarm = this.#swarms.get(swarmId)
        const from = [...(swarm?.values() ?? [])].find((member) => member.line === line)
        const to = swarm?.get(String(request.to))
        if (!from || !to) return refuse('unknown-peer')
        const signal = { swarmId, from: from.id, to: to.id, sealed: String(request.sealed) }
        this.heard.push(signal)
        for (const delivered of this.relay(signal)) this.deliverSignal(delivered)
        return {}
      }
      case 'relay-open': {
        const own = [...(this.#swarms.get(swarmId)?.values() ?? [])].find((member) => member.line === line)
        const asked = { to: String(request.to), pair: String(request.pair) }
        return own ? this.server.open(line, own.id, asked) : refuse('not-joined')
      }
      case 'relay':
      case 'relay-read':
      case 'relay-stop':
        this.server.heard(line, event, request)
        return {}
      case 'code-open':
      case 'code-close':
      case 'code-knock':
      case 'code-say':
        return this.mailboxes.answer(line, event, request)
      default:
        return this.rooms.answer(line, event, request)
    }
  }

  /** Hands a signal to `to`, no matter who made it. */
  deliverSignal({ swarmId, from, to, sealed }: RelayedSignal): void {
    this.#swarms.get(swarmId)?.get(to)?.line.deliver('signal', { swarmId, from, sealed })
  }

  membersOf(swarmId: string): string[] {
    return [...(this.#swarms.get(swarmId)?.keys() ?? [])]
  }

  forget(line: VirtualLine): void {
    for (const swarm of this.#swarms.values())
      for (const [id, member] of swarm) if (member.line === line) swarm.delete(id)
    this.rooms.gone(line)
    this.mailboxes.gone(line)
    this.server.forget(line)
  }

  #newRooms(): VirtualRooms {
    return new VirtualRooms(this.time, (kind) => this.drawId(kind))
  }

  #newMailboxes(): VirtualMailboxes {
    return new VirtualMailboxes((kind) => this.drawId(kind))
  }

  #subset(swarm: Map<string, Member>, own: string | undefined, wants: number): string[] {
    const others = [...swarm.keys(), ...this.fakePeers].filter((id) => id !== own)
    return others
      .map((id) => ({ id, draw: this.random() }))
      .sort((a, b) => a.draw - b.draw)
      .slice(0, wants)
      .map(({ id }) => id)
  }
}

export class VirtualLine implements Line {
  isUp = false
  readonly #tracker: VirtualTracker
  #handlers: LineHandlers | undefined
  #isReachable = true
  #closed = false
  /** What ends the waiting of those who asked on this connection. */
  #losers = new Set<() => void>()

  constructor(
    tracker: VirtualTracker,
    readonly owner: string,
  ) {
    this.#tracker = tracker
  }

  open(handlers: LineHandlers): void {
    this.#handlers = handlers
    this.#connectAfter(LATENCY_MS)
  }

  ask(event: string, request: object): Promise<unknown> {
    if (!this.isUp) return Promise.resolve(undefined)
    const { time } = this.#tracker
    return new Promise((resolve) => {
      const lose = () => resolve(undefined)
      this.#losers.add(lose)
      time.after(LATENCY_MS, () => {
        if (!this.isUp || this.#tracker.hangs) return
        // Through JSON, as on a real line.
        void this.#tracker.answer(this, event, JSON.parse(JSON.stringify(request))).then((answer) =>
          time.after(LATENCY_MS, () => {
            if (this.#losers.delete(lose)) resolve(JSON.parse(JSON.stringify(answer)))
          }),
        )
      })
    })
  }

  tell(event: string, message: object): void {
    if (this.isUp) void this.ask(event, message)
  }

  deliver(event: string, payload: unknown): void {
    const text = JSON.stringify(payload)
    this.#tracker.time.after(LATENCY_MS, () => {
      if (this.isUp && !this.#closed && !this.#tracker.hangs) this.#handlers?.heard(event, JSON.parse(text))
    })
  }

  setReachable(isReachable: boolean): void {
    this.#isReachable = isReachable
    if (!isReachable) this.renew()
  }

  renew(): void {
    if (!this.isUp) return
    this.#lose()
    this.#handlers?.lost()
    this.#connectAfter(RECONNECT_MS)
  }

  close(): void {
    this.#closed = true
    if (this.isUp) this.#lose()
    this.#tracker.lines.delete(this)
  }

  #lose(): void {
    this.isUp = false
    this.#tracker.forget(this)
    for (const lose of this.#losers) lose()
    this.#losers.clear()
  }

  #connectAfter(ms: number): void {
    this.#tracker.time.after(ms, () => {
      if (this.#closed || this.isUp) return
      if (this.#tracker.isDown || !this.#isReachable) {
        this.#handlers?.lost()
        return this.#connectAfter(RECONNECT_MS)
      }
      this.isUp = true
      this.#handlers?.up()
    })
  }
}

// Several real Swarms in virtual time, joined by links with latency, for tests. Each peer keeps real bytes and checks
// real digests; answers of its store come late and out of order. Nothing here waits for a clock.
import type { SwarmAction, SwarmEvent, SwarmSnapshot } from '../swarm/index'
import { decodeMessage, encodeMessage, type Message } from '../wire/index'
import { TaskQueue } from './task-queue'
import { joinedIfRight, sameBytes, seededRandom, type TestContent } from './test-content'
import { TestPeer, type TestPeerOptions } from './test-peer'

/** More steps than this without time passing are a loop. */
const MAX_STEPS_AT_ONCE = 100_000

export type Network = {
  latencyMs: number
  /** The rate of each link, each way. */
  linkBytesPerSecond: number
  /** Each store answers within this time. */
  storeMs: number
}

/** A message as it was sent. `connection` differs for each time that two peers are joined. */
export type Sent = { from: string; to: string; message: Message; at: number; connection: number }

export class VirtualSwarm {
  now = 0
  readonly peers = new Map<string, TestPeer>()
  readonly random: () => number
  readonly log: Sent[] = []
  /** Sees each message on its way: returns what arrives instead, or undefined to lose it. */
  tamper: ((from: string, to: string, message: Message) => Message | undefined) | undefined
  private readonly network: Network
  private readonly tasks = new TaskQueue()
  private readonly linkFreeAt = new Map<string, number>()
  /** Bytes of blocks that wait on each connection, each way. */
  private readonly queuedBytes = new Map<string, number>()
  private connections = 0

  constructor(
    readonly source: TestContent,
    readonly seed: number,
    network: Partial<Network> = {},
  ) {
    this.random = seededRandom(seed)
    this.network = { latencyMs: 20, linkBytesPerSecond: 1_000_000, storeMs: 5, ...network }
  }

  add(id: string, options: TestPeerOptions = {}): TestPeer {
    const peer = new TestPeer(id, options, this.source, this.random, this.now)
    this.peers.set(id, peer)
    return peer
  }

  get(id: string): TestPeer {
    const peer = this.peers.get(id)
    if (!peer) throw new Error(`no peer ${id}`)
    return peer
  }

  /** `a` dials `b`. */
  connect(a: string, b: string): void {
    const connection = ++this.connections
    this.get(a).links.set(b, connection)
    this.get(b).links.set(a, connection)
    this.linkFreeAt.delete(`${a}>${b}`)
    this.linkFreeAt.delete(`${b}>${a}`)
    this.dispatch(a, { type: 'peer-joined', peer: b, dialled: true })
    this.dispatch(b, { type: 'peer-joined', peer: a, dialled: false })
  }

  /** Everybody with everybody. */
  connectAll(): void {
    const ids = [...this.peers.keys()]
    ids.forEach((a, i) => {
      for (const b of ids.slice(i + 1)) if (!this.get(a).links.has(b)) this.connect(a, b)
    })
  }

  disconnect(a: string, b: string): void {
    if (!this.peers.get(a)?.links.delete(b)) return
    this.peers.get(b)?.links.delete(a)
    this.dispatch(a, { type: 'peer-left', peer: b })
    this.dispatch(b, { type: 'peer-left', peer: a })
  }

  remove(id: string): void {
    for (const other of [...this.get(id).links.keys()]) this.disconnect(id, other)
    this.peers.delete(id)
  }

  snapshot(id: string): SwarmSnapshot {
    return this.get(id).swarm.snapshot(this.now)
  }

  dispatch(id: string, event: SwarmEvent): void {
    const peer = this.peers.get(id)
    if (!peer) return
    for (const action of peer.swarm.handle(event, this.now)) this.perform(peer, action)
  }

  later(ms: number, run: () => void): void {
    this.tasks.add(this.now + ms, run)
  }

  /** Runs until the condition holds; false if virtual time passes `untilMs` first. */
  run(untilMs: number, condition: () => boolean = () => false): boolean {
    let steps = 0
    while (!condition()) {
      const wake = this.nextWake()
      const at = Math.min(this.tasks.nextAt, wake?.at ?? Infinity)
      if (at > untilMs) {
        this.now = untilMs
        return condition()
      }
      steps = at > this.now ? 0 : steps + 1
      if (steps > MAX_STEPS_AT_ONCE) throw new Error(`time stands still at ${this.now} ms (seed ${this.seed})`)
      this.now = Math.max(this.now, at)
      if (this.tasks.nextAt <= at) this.tasks.runFirst()
      else if (wake) this.dispatch(wake.id, { type: 'wake' })
    }
    return true
  }

  allComplete(...ids: string[]): boolean {
    const wanted = ids.length > 0 ? ids : [...this.peers.keys()]
    return wanted.every((id) => this.get(id).stored.size === this.source.chunks.length)
  }

  /** Whether a peer has stored the content, byte for byte. */
  holdsOriginal(id: string): boolean {
    const { stored } = this.get(id)
    return this.source.chunks.every((chunk, i) => sameBytes(stored.get(i), chunk))
  }

  /** How long a word from one to another would wait behind what their link has to send. */
  queueMs(from: string, to: string): number {
    return Math.max(0, (this.linkFreeAt.get(`${from}>${to}`) ?? 0) - this.now)
  }

  sent<T extends Message['type']>(type: T, from?: string, to?: string) {
    return this.log.filter(
      (sent): sent is Sent & { message: Extract<Message, { type: T }> } =>
        sent.message.type === type && (from ?? sent.from) === sent.from && (to ?? sent.to) === sent.to,
    )
  }

  private perform(peer: TestPeer, action: SwarmAction): void {
    switch (action.type) {
      case 'send':
        return this.deliver(peer, action.peer, action.message)
      case 'send-all':
        for (const to of action.peers) this.deliver(peer, to, action.message)
        return
      case 'load-block': {
        const { chunk, offset, length } = action
        const honest = peer.stored.get(chunk)?.subarray(offset, offset + length)
        const data = honest && peer.options.corrupt ? peer.options.corrupt(chunk, honest) : honest
        const event: SwarmEvent = { type: 'block-loaded', peer: action.peer, chunk, offset, data }
        return this.later(this.random() * this.network.storeMs, () => this.dispatch(peer.id, event))
      }
      case 'check-chunk':
        return this.later(this.random() * this.network.storeMs, () => this.check(peer, action))
      case 'set-low-mark':
        return // Whatever leaves a link is reported.
      case 'drop-peer': {
        peer.dropped.push({ peer: action.peer, reason: action.reason, ban: action.ban })
        const connection = peer.links.get(action.peer)
        return this.later(0, () => {
          if (peer.links.get(action.peer) === connection) this.disconnect(peer.id, action.peer)
        })
      }
      case 'content-known':
        peer.content = action.content
        return
      case 'find-peers':
        return
    }
  }

  private check(peer: TestPeer, { chunk, from, blocks, digest }: Extract<SwarmAction, { type: 'check-chunk' }>): void {
    if (peer.options.storeFails?.(chunk)) return this.dispatch(peer.id, { type: 'store-failed', chunk, from })
    const bytes = joinedIfRight(blocks, digest)
    if (bytes) peer.stored.set(chunk, bytes)
    this.dispatch(peer.id, { type: 'chunk-checked', chunk, from, ok: bytes !== undefined })
  }

  /** Delivers in order on each link, through the real codec; nothing outlives its connection. */
  private deliver(from: TestPeer, to: string, message: Message): void {
    const connection = from.links.get(to)
    if (connection === undefined) return
    this.log.push({ from: from.id, to, message, at: this.now, connection })
    const arriving = this.tamper ? this.tamper(from.id, to, message) : message
    if (!arriving) return
    const frame = encodeMessage(arriving)
    const link = `${from.id}>${to}`
    const sentBy =
      Math.max(this.now, this.linkFreeAt.get(link) ?? 0) + (frame.length / this.network.linkBytesPerSecond) * 1000
    this.linkFreeAt.set(link, sentBy)
    const isOpen = () => from.links.get(to) === connection
    if (message.type === 'block' || message.type === 'metadata-block') {
      const queue = `${link} ${connection}`
      this.queuedBytes.set(queue, (this.queuedBytes.get(queue) ?? 0) + message.data.length)
      this.later(sentBy - this.now, () => {
        const bufferedBytes = (this.queuedBytes.get(queue) ?? 0) - message.data.length
        this.queuedBytes.set(queue, bufferedBytes)
        if (isOpen()) this.dispatch(from.id, { type: 'send-drained', peer: to, bufferedBytes })
      })
    }
    this.later(sentBy - this.now + this.network.latencyMs, () => {
      if (!isOpen()) return
      const decoded = decodeMessage(frame)
      if (decoded.ok) this.dispatch(to, { type: 'message-received', peer: from.id, message: decoded.message })
      else this.dispatch(to, { type: 'frame-refused', peer: from.id, reason: decoded.reason })
    })
  }

  private nextWake(): { id: string; at: number } | undefined {
    let next: { id: string; at: number } | undefined
    for (const { id, swarm } of this.peers.values()) {
      const { at } = swarm.nextWake
      if (!next || at < next.at) next = { id, at }
    }
    return next
  }
}

// Several real Swarms in virtual time, joined by links with latency, for tests. Each peer keeps real bytes and checks
// real digests; answers of its store come late and out of order. Nothing here waits for a clock.
import { sha256 } from '@noble/hashes/sha2.js'
import { Bitfield, buildContent, chunkLength, type Content, DIGEST_BYTES } from '../content/index'
import { type Policy, Swarm, type SwarmAction, type SwarmEvent, type SwarmSnapshot } from '../swarm/index'
import { decodeMessage, encodeMessage, type Message } from '../wire/index'

/** A small, good enough generator (mulberry32): the same seed gives the same run. */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = state
    t = Math.imul(t ^ (t >>> 15), t | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
}

export type TestContent = { content: Content; pages: Uint8Array[]; chunks: Uint8Array[] }

/** A content of `chunkCount` chunks of seeded bytes. Chunks may be small: tests need not move megabytes. */
export function testContent(chunkCount: number, chunkBytes: number, seed = 1): TestContent {
  const random = seededRandom(seed)
  const totalBytes = chunkCount * chunkBytes - (chunkCount > 1 ? Math.floor(chunkBytes / 3) : 0)
  const chunks: Uint8Array[] = []
  const digests = new Uint8Array(chunkCount * DIGEST_BYTES)
  for (let i = 0; i < chunkCount; i++) {
    const bytes = new Uint8Array(Math.min(chunkBytes, totalBytes - i * chunkBytes))
    for (let j = 0; j < bytes.length; j++) bytes[j] = Math.floor(random() * 256)
    chunks.push(bytes)
    digests.set(sha256(bytes), i * DIGEST_BYTES)
  }
  return { ...buildContent([{ path: 'test.bin', bytes: totalBytes }], digests, chunkBytes), chunks }
}

export type TestPeerOptions = {
  /** Holds everything from the start. */
  seed?: boolean
  downloading?: boolean
  uploadBytesPerSecond?: number
  downloadBytesPerSecond?: number
  policy?: Partial<Policy>
  /** Alters what it serves: a liar. */
  corrupt?: (chunk: number, data: Uint8Array) => Uint8Array
}

export class TestPeer {
  readonly swarm: Swarm
  readonly stored = new Map<number, Uint8Array>()
  readonly links = new Set<string>()
  readonly dropped: { peer: string; reason: string; ban: boolean }[] = []
  readonly sent: { to: string; message: Message; at: number }[] = []
  content: Content | undefined
  completeAt: number | undefined
  askedForPeers = 0

  constructor(
    readonly id: string,
    readonly options: TestPeerOptions,
    source: TestContent,
    random: () => number,
    now: number,
  ) {
    const { seed, downloading, corrupt: _corrupt, ...rest } = options
    const chunkCount = source.content.layout.chunkCount
    this.swarm = new Swarm(
      {
        ...rest,
        contentId: source.content.id,
        ...(seed && { start: { content: source.content, pages: source.pages, held: Bitfield.full(chunkCount) } }),
        downloading: downloading ?? true,
        uploading: true,
        now,
      },
      random,
    )
    if (!seed) return
    this.content = source.content
    source.chunks.forEach((bytes, chunk) => this.stored.set(chunk, bytes))
  }
}

type Task = { at: number; order: number; run: () => void }

export class VirtualSwarm {
  now = 0
  readonly peers = new Map<string, TestPeer>()
  readonly random: () => number
  /** Sees each message on its way: returns what arrives instead, or undefined to lose it. */
  tamper: ((from: string, to: string, message: Message) => Message | undefined) | undefined
  private tasks: Task[] = []
  private orders = 0
  private readonly arrivals = new Map<string, number>()

  constructor(
    readonly source: TestContent,
    seed: number,
    private readonly latencyMs = 20,
    /** Bytes a second of each link; the store of each peer answers within `storeMs`. */
    private readonly linkBytesPerSecond = 1_000_000,
    private readonly storeMs = 5,
  ) {
    this.random = seededRandom(seed)
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

  connect(a: string, b: string): void {
    this.get(a).links.add(b)
    this.get(b).links.add(a)
    this.dispatch(a, { type: 'peer-joined', peer: b })
    this.dispatch(b, { type: 'peer-joined', peer: a })
  }

  /** Everybody with everybody. */
  connectAll(): void {
    const ids = [...this.peers.keys()]
    ids.forEach((a, i) => {
      for (const b of ids.slice(i + 1)) this.connect(a, b)
    })
  }

  disconnect(a: string, b: string): void {
    if (!this.peers.get(a)?.links.delete(b)) return
    this.peers.get(b)?.links.delete(a)
    this.dispatch(a, { type: 'peer-left', peer: b })
    this.dispatch(b, { type: 'peer-left', peer: a })
  }

  remove(id: string): void {
    for (const other of [...this.get(id).links]) this.disconnect(id, other)
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

  /** Runs until the condition holds; false if virtual time passes `untilMs` first. */
  run(untilMs: number, condition: () => boolean = () => false): boolean {
    while (!condition()) {
      const task = this.nextTask()
      const wake = this.nextWake()
      const at = Math.min(task?.at ?? Infinity, wake?.at ?? Infinity)
      if (at > untilMs) {
        this.now = untilMs
        return condition()
      }
      this.now = Math.max(this.now, at)
      if (task && task.at <= at) {
        this.tasks.splice(this.tasks.indexOf(task), 1)
        task.run()
      } else if (wake) this.dispatch(wake.id, { type: 'wake' })
    }
    return true
  }

  allComplete(...ids: string[]): boolean {
    const wanted = ids.length > 0 ? ids : [...this.peers.keys()]
    return wanted.every((id) => this.peers.get(id)?.completeAt !== undefined || this.peers.get(id)?.options.seed)
  }

  /** Whether what a peer stored is, byte for byte, the content. */
  holdsOriginal(id: string): boolean {
    const { stored } = this.get(id)
    return this.source.chunks.every((chunk, i) => {
      const copy = stored.get(i)
      return copy?.length === chunk.length && copy.every((byte, at) => byte === chunk[at])
    })
  }

  private perform(peer: TestPeer, action: SwarmAction): void {
    switch (action.type) {
      case 'send':
        return this.deliver(peer, action.peer, action.message)
      case 'load-block': {
        const { chunk, offset, length } = action
        const whole = peer.stored.get(chunk)
        const honest = whole?.subarray(offset, offset + length)
        const data = honest && peer.options.corrupt ? peer.options.corrupt(chunk, honest) : honest
        const event: SwarmEvent = { type: 'block-loaded', peer: action.peer, chunk, offset, data }
        return this.later(this.random() * this.storeMs, () => this.dispatch(peer.id, event))
      }
      case 'check-chunk':
        return this.later(this.random() * this.storeMs, () => this.check(peer, action))
      case 'drop-peer':
        peer.dropped.push({ peer: action.peer, reason: action.reason, ban: action.ban })
        return this.later(0, () => this.disconnect(peer.id, action.peer))
      case 'content-known':
        peer.content = action.content
        return
      case 'find-peers':
        peer.askedForPeers++
        return
    }
  }

  private check(peer: TestPeer, { chunk, from, blocks, digest }: Extract<SwarmAction, { type: 'check-chunk' }>): void {
    const bytes = new Uint8Array(chunkLength(this.source.content.layout, chunk))
    let at = 0
    for (const block of blocks) {
      bytes.set(block, at)
      at += block.length
    }
    const actual = sha256(bytes)
    const ok = actual.every((byte, i) => byte === digest[i])
    if (ok) peer.stored.set(chunk, bytes)
    this.dispatch(peer.id, { type: 'chunk-checked', chunk, from, ok })
    if (this.snapshot(peer.id).chunksHeld === this.source.chunks.length) peer.completeAt ??= this.now
  }

  /** In order on each link, through the real codec. */
  private deliver(from: TestPeer, to: string, message: Message): void {
    from.sent.push({ to, message, at: this.now })
    const arriving = this.tamper ? this.tamper(from.id, to, message) : message
    if (!arriving) return
    const frame = encodeMessage(arriving)
    const link = `${from.id}>${to}`
    const sentBy = Math.max(this.now, this.arrivals.get(link) ?? 0) + (frame.length / this.linkBytesPerSecond) * 1000
    this.arrivals.set(link, sentBy)
    this.later(sentBy - this.now, () => {
      if (message.type === 'block' || message.type === 'metadata-block')
        this.dispatch(from.id, { type: 'send-drained', peer: to, bufferedBytes: 0 })
    })
    this.later(sentBy - this.now + this.latencyMs, () => {
      if (!this.peers.get(to)?.links.has(from.id)) return
      const decoded = decodeMessage(frame)
      if (decoded.ok) this.dispatch(to, { type: 'message-received', peer: from.id, message: decoded.message })
      else this.dispatch(to, { type: 'frame-refused', peer: from.id, reason: decoded.reason })
    })
  }

  private later(ms: number, run: () => void): void {
    this.tasks.push({ at: this.now + ms, order: this.orders++, run })
  }

  private nextTask(): Task | undefined {
    let next: Task | undefined
    for (const task of this.tasks)
      if (!next || task.at < next.at || (task.at === next.at && task.order < next.order)) next = task
    return next
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

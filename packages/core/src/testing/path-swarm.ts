// Real Swarms over long paths in virtual time, for tests of how much is asked ahead: packets, queues that drop, and
// data channels that retransmit as Chromium's do. Nobody hashes, and stores answer soon.
import { Bitfield, CHUNK_BYTES } from '../content/index'
import { ChannelBundle, OPENING_ROUND_TRIPS, type Routes } from '../simulation/channel-bundle'
import { Pipe, type PipeOptions } from '../simulation/pipe'
import { PAYLOAD_SHARE } from '../simulation/sctp-packets'
import { seededRandom } from '../simulation/seeded-random'
import { simulatedBlock, simulatedContent } from '../simulation/simulated-content'
import { FIRST_LOW_MARK_BYTES, type Policy, Swarm, type SwarmAction, type SwarmEvent } from '../swarm/index'
import { encodedLength, type Message } from '../wire/index'
import { EventLoop } from './event-loop'

const STORE_MS = 2

/** A message that is no block, as it arrived. */
type Word = { from: string; to: string; type: Message['type']; sentAt: number; at: number }
/** `at`: when it was sent. */
type Letter = { message: Message; at: number }

class PathPeer {
  readonly channels = new Map<string, ChannelBundle<Letter>>()
  readonly blocks: { at: number; from: string; bytes: number }[] = []
  wakeAt = Number.POSITIVE_INFINITY

  constructor(
    readonly id: string,
    readonly swarm: Swarm,
  ) {}
}

export class PathSwarm extends EventLoop {
  /** All that arrived but blocks. */
  readonly words: Word[] = []
  /** When connections more were opened and closed, and by whose wish. */
  readonly lanes: { at: number; of: string; open: boolean }[] = []
  /** Whether further connections can be opened. */
  hasRoomForLanes = true
  private readonly peers = new Map<string, PathPeer>()
  private readonly random: () => number
  private readonly source: ReturnType<typeof simulatedContent>

  constructor(fileBytes: number, seed = 1) {
    super()
    this.random = seededRandom(seed)
    this.source = simulatedContent(fileBytes, CHUNK_BYTES)
  }

  pipe(options: PipeOptions): Pipe {
    return new Pipe(options, this.random)
  }

  /** Adds a peer that holds nothing; a seed holds all, and one that lacks some all others. */
  add(id: string, options: { seed?: boolean; lacks?: number[]; policy?: Partial<Policy> } = {}): PathPeer {
    const { content, pages } = this.source
    const { chunkCount } = content.layout
    const held = options.seed || options.lacks ? Bitfield.full(chunkCount) : new Bitfield(chunkCount)
    for (const chunk of options.lacks ?? []) held.clear(chunk)
    const start = { content, pages, held }
    const { policy = {} } = options
    const swarm = new Swarm(
      { contentId: content.id, start, downloading: true, uploading: true, policy, now: this.now },
      this.random,
    )
    const peer = new PathPeer(id, swarm)
    this.peers.set(id, peer)
    return peer
  }

  /** `b` dials `a`. */
  connect(a: string, b: string, routes: Routes): void {
    const [first, second] = [this.get(a), this.get(b)]
    const [from, to] = ChannelBundle.pair<Letter>(this, routes, this.hears(first, b), this.hears(second, a))
    first.channels.set(b, from)
    second.channels.set(a, to)
    from.lowMarkBytes = FIRST_LOW_MARK_BYTES
    to.lowMarkBytes = FIRST_LOW_MARK_BYTES
    this.handle(second, { type: 'peer-joined', peer: a, dialled: true })
    this.handle(first, { type: 'peer-joined', peer: b, dialled: false })
  }

  get(id: string): PathPeer {
    const peer = this.peers.get(id)
    if (!peer) throw new Error(`no peer ${id}`)
    return peer
  }

  get allComplete(): boolean {
    return [...this.peers.values()].every(({ swarm }) => swarm.isComplete)
  }

  /** Bytes of blocks that came to anybody. */
  receivedByAll(fromMs = 0, untilMs = Number.POSITIVE_INFINITY): number {
    return [...this.peers.keys()].reduce((sum, id) => sum + this.received(id, fromMs, untilMs), 0)
  }

  /** Bytes of blocks that came to a peer. */
  received(id: string, fromMs = 0, untilMs = Number.POSITIVE_INFINITY): number {
    const within = this.get(id).blocks.filter(({ at }) => at >= fromMs && at < untilMs)
    return within.reduce((sum, { bytes }) => sum + bytes, 0)
  }

  handle(peer: PathPeer, event: SwarmEvent): void {
    for (const action of peer.swarm.handle(event, this.now)) this.perform(peer, action)
    this.setAlarm(peer)
  }

  private hears(peer: PathPeer, other: string) {
    return {
      received: ({ message, at }: Letter, lane: number) => {
        if (message.type === 'block') peer.blocks.push({ at: this.now, from: other, bytes: message.data.length })
        else this.words.push({ from: other, to: peer.id, type: message.type, sentAt: at, at: this.now })
        this.handle(peer, { type: 'message-received', peer: other, message, lane })
      },
      drained: (bufferedBytes: number) => this.handle(peer, { type: 'send-drained', peer: other, bufferedBytes }),
    }
  }

  private setAlarm(peer: PathPeer): void {
    const at = Math.max(this.now, peer.swarm.wakeAt)
    if (at >= peer.wakeAt) return
    peer.wakeAt = at
    this.at(at, () => {
      if (peer.wakeAt !== at) return
      peer.wakeAt = Number.POSITIVE_INFINITY
      if (peer.swarm.wakeAt <= at) this.handle(peer, { type: 'wake' })
      else this.setAlarm(peer)
    })
  }

  private perform(peer: PathPeer, action: SwarmAction): void {
    switch (action.type) {
      case 'send':
        return this.send(peer, action.peer, action.message, action.lane)
      case 'send-all':
        for (const to of action.peers) this.send(peer, to, action.message)
        return
      case 'load-block': {
        const { peer: to, chunk, offset, length } = action
        const data = simulatedBlock(length, true)
        return this.at(this.now + STORE_MS, () =>
          this.handle(peer, { type: 'block-loaded', peer: to, chunk, offset, data }),
        )
      }
      case 'check-chunk': {
        const { chunk, from } = action
        return this.at(this.now + STORE_MS, () => this.handle(peer, { type: 'chunk-checked', chunk, from, ok: true }))
      }
      case 'set-low-mark': {
        const channel = peer.channels.get(action.peer)
        if (channel) channel.lowMarkBytes = action.bytes
        return
      }
      case 'open-lanes':
        return this.openLanes(peer, action.peer, action.count)
      case 'measure-path': {
        const { peer: other } = action
        const channels = peer.channels.get(other)
        return channels?.measurePath((roundTrip) =>
          this.handle(peer, { type: 'path-measured', peer: other, roundTrip }),
        )
      }
      case 'close-lane':
        this.lanes.push({ at: this.now, of: peer.id, open: false })
        return peer.channels.get(action.peer)?.close(action.lane)
      case 'drop-peer':
        throw new Error(`${peer.id} drops ${action.peer} at ${this.now} ms: ${action.reason}`)
      case 'content-known':
      case 'page-known':
      case 'find-peers':
        return
    }
  }

  private openLanes(peer: PathPeer, other: string, count: number): void {
    const channels = peer.channels.get(other)
    if (!channels) return
    this.at(this.now + OPENING_ROUND_TRIPS * this.roundTripMs(channels.routes), () => {
      if (!this.hasRoomForLanes) return this.handle(peer, { type: 'lanes-refused', peer: other })
      for (let i = 0; i < count; i++) {
        const lane = channels.nextLane
        channels.open(lane)
        this.lanes.push({ at: this.now, of: peer.id, open: true })
        this.handle(peer, { type: 'lane-opened', peer: other, lane })
      }
    })
  }

  private roundTripMs({ there, back }: Routes): number {
    return [...there, ...back].reduce((sum, { delayMs }) => sum + delayMs, 0)
  }

  private send(peer: PathPeer, to: string, message: Message, lane = 0): void {
    const channel = peer.channels.get(to)
    if (!channel) return
    channel.send({ message, at: this.now }, encodedLength(message), lane)
    if (message.type === 'block')
      this.handle(peer, { type: 'send-drained', peer: to, bufferedBytes: channel.bufferedBytes })
  }
}

/** A path with one bottleneck each way, alike unless told. */
export type Path = PipeOptions & { back?: Partial<PipeOptions> }

/** How a path was used by those that fetched over it. */
export type Fare = {
  seconds: number
  /** The share of blocks in what the bottleneck can carry, from the meeting until now. */
  share: number
  /** Packets for which the bottleneck had no room. */
  dropped: number
  /** How long a ping over the bottleneck waits in its queue: on average, and at most. */
  meanWaitMs: number
  longestWaitMs: number
}

/** One sender, `sender`, and receivers behind one bottleneck. */
export class LongPath extends PathSwarm {
  readonly there: Pipe
  readonly back: Pipe

  /** `receivers` all wait for the file from the start. */
  constructor(
    path: Path,
    fileBytes: number,
    receivers: readonly string[] = ['receiver'],
    policy: Partial<Policy> = {},
    seed = 1,
  ) {
    super(fileBytes, seed)
    this.there = this.pipe(path)
    this.back = this.pipe({ ...path, ...path.back })
    this.add('sender', { seed: true, policy })
    for (const id of receivers) {
      this.add(id, { policy })
      this.connect('sender', id, this.routes)
    }
  }

  get routes(): Routes {
    return { there: [this.there], back: [this.back] }
  }

  /** Runs until every receiver has the file, or for so long. */
  finish(untilMs = 600_000): Fare {
    this.run(untilMs, () => this.allComplete)
    return this.fare
  }

  get fare(): Fare {
    const { there, now } = this
    const { droppedPackets: dropped, longestWaitMs } = there.counts
    const share = this.receivedByAll() / this.lineBytes(0, now)
    return { seconds: now / 1000, share, dropped, meanWaitMs: there.meanWaitMs(now), longestWaitMs }
  }

  /** Each way. */
  setDelay(delayMs: number): void {
    this.there.delayMs = delayMs
    this.back.delayMs = delayMs
  }

  /** The share of the bottleneck's present rate that came within a time. */
  shareBetween(fromMs: number, untilMs: number): number {
    return this.receivedByAll(fromMs, untilMs) / this.lineBytes(fromMs, untilMs)
  }

  private lineBytes(fromMs: number, untilMs: number): number {
    return (this.there.bytesPerSecond * PAYLOAD_SHARE * (untilMs - fromMs)) / 1000
  }
}

// One real Swarm whose neighbours are played by the test, message by message, in virtual time. Its store answers at
// once.
import { Bitfield } from '../content/index'
import { type Policy, Swarm, type SwarmAction, type SwarmEvent } from '../swarm/index'
import type { Message } from '../wire/index'
import { joinedIfRight, seededRandom, type TestContent } from './test-content'

const MAX_WAKES_AT_ONCE = 1_000

type BlockRequest = Extract<Message, { type: 'request' }>

type Options = {
  /** Chunks held from the start; undefined: not even the manifest is known. */
  held?: 'all' | number[]
  /** Chunks that it fetches; absent: all. */
  chosen?: number[]
  downloading?: boolean
  uploadBytesPerSecond?: number
  downloadBytesPerSecond?: number
  policy?: Partial<Policy>
  reporting?: boolean
  /** The test answers `load-block` and `check-chunk` itself. */
  storeIsSlow?: boolean
  seed?: number
}

export class LoneSwarm {
  now = 0
  readonly log: { at: number; action: SwarmAction }[] = []
  readonly swarm: Swarm
  private readonly unanswered = new Map<string, BlockRequest[]>()

  constructor(
    readonly source: TestContent,
    private readonly options: Options = {},
  ) {
    const { held, chosen, storeIsSlow: _storeIsSlow, seed, policy, downloading, ...limits } = options
    const { content } = source
    this.swarm = new Swarm(
      {
        ...limits,
        contentId: content.id,
        ...(held && {
          start: {
            content,
            pages: [...source.pages],
            held: this.bitfield(held),
            chosen: chosen && this.bitfield(chosen),
          },
        }),
        downloading: downloading ?? true,
        uploading: true,
        // A neighbour played by a test need not say that it lives.
        policy: {
          blockBytes: Math.ceil(content.layout.chunkBytes / 4),
          largeBlockBytes: 0,
          silenceMs: Infinity,
          ...policy,
        },
        now: 0,
      },
      seededRandom(seed ?? 1),
    )
  }

  bitfield(held: 'all' | number[]): Bitfield {
    const bitfield = new Bitfield(this.source.content.layout.chunkCount)
    for (const chunk of held === 'all' ? this.source.chunks.keys() : held) bitfield.set(chunk)
    return bitfield
  }

  handle(event: SwarmEvent): readonly SwarmAction[] {
    if (event.type === 'peer-left') this.unanswered.delete(event.peer)
    const actions = this.swarm.handle(event, this.now)
    for (const action of actions.flatMap(eachAlone)) {
      this.log.push({ at: this.now, action })
      if (action.type === 'send' && action.message.type === 'request')
        this.unanswered.set(action.peer, [...this.openRequests(action.peer), action.message])
    }
    if (!this.options.storeIsSlow) for (const action of actions) this.answer(action)
    return actions
  }

  receive(peer: string, ...messages: Message[]): SwarmAction[] {
    return messages.flatMap((message) => {
      if (message.type === 'block' || message.type === 'reject') this.closeRequest(peer, message)
      return this.handle({ type: 'message-received', peer, message })
    })
  }

  /** The requests to a neighbour that the test has not answered. */
  openRequests(peer: string): BlockRequest[] {
    return this.unanswered.get(peer) ?? []
  }

  /** Answers each open request honestly, once. */
  answerRequests(peer: string): void {
    for (const request of this.openRequests(peer)) this.receive(peer, this.block(request))
  }

  /** Answers requests until no more come. */
  answerAll(peer: string): void {
    while (this.openRequests(peer).length > 0) this.answerRequests(peer)
  }

  /** A neighbour that has said hello, and what it holds. */
  join(peer: string, holds: 'all' | number[] = [], dialled = false): readonly SwarmAction[] {
    return [
      ...this.handle({ type: 'peer-joined', peer, dialled }),
      ...this.receive(peer, { type: 'hello', version: 1 }, this.bitfieldMessage(holds)),
    ]
  }

  bitfieldMessage(holds: 'all' | number[] = []): Message & { type: 'bitfield' } {
    const { manifestBytes, layout } = this.source.content
    return {
      type: 'bitfield',
      manifestBytes: manifestBytes.length,
      chunkCount: layout.chunkCount,
      bits: this.bitfield(holds).toBytes(),
    }
  }

  /** The block that a request asks for, as an honest neighbour sends it. */
  block({ chunk, offset, length }: Omit<BlockRequest, 'type'>): Message & { type: 'block' } {
    const bytes = this.source.chunks[chunk] as Uint8Array
    return { type: 'block', chunk, offset, data: bytes.slice(offset, offset + length) }
  }

  advanceTo(ms: number): void {
    let wakes = 0
    for (let { at } = this.swarm.nextWake; at <= ms; at = this.swarm.nextWake.at) {
      wakes = at > this.now ? 0 : wakes + 1
      if (wakes > MAX_WAKES_AT_ONCE) throw new Error(`it wakes without end at ${this.now} ms`)
      this.now = Math.max(this.now, at)
      this.handle({ type: 'wake' })
    }
    this.now = ms
  }

  /** Messages of one kind that it sent, to anybody or to one peer. */
  sent<T extends Message['type']>(type: T, to?: string) {
    const found: (Extract<Message, { type: T }> & { at: number; to: string })[] = []
    for (const { at, action } of this.log)
      if (action.type === 'send' && action.message.type === type && (to ?? action.peer) === action.peer)
        found.push({ ...(action.message as Extract<Message, { type: T }>), at, to: action.peer })
    return found
  }

  emitted<T extends SwarmAction['type']>(type: T) {
    const found: (Extract<SwarmAction, { type: T }> & { at: number })[] = []
    for (const { at, action } of this.log)
      if (action.type === type) found.push({ ...(action as Extract<SwarmAction, { type: T }>), at })
    return found
  }

  neighbour(id: string) {
    const found = this.swarm.snapshot(this.now).neighbours.find((neighbour) => neighbour.id === id)
    if (!found) throw new Error(`no neighbour ${id}`)
    return found
  }

  private closeRequest(peer: string, { chunk, offset }: { chunk: number; offset: number }): void {
    const open = this.openRequests(peer)
    const at = open.findIndex((request) => request.chunk === chunk && request.offset === offset)
    if (at >= 0) this.unanswered.set(peer, open.toSpliced(at, 1))
  }

  private answer(action: SwarmAction): void {
    if (action.type === 'load-block') {
      const { peer, chunk, offset, length } = action
      const data = this.source.chunks[chunk]?.subarray(offset, offset + length)
      this.handle({ type: 'block-loaded', peer, chunk, offset, data })
      this.handle({ type: 'send-drained', peer, bufferedBytes: 0 })
    } else if (action.type === 'check-chunk') {
      const { chunk, from, blocks, digest } = action
      this.handle({ type: 'chunk-checked', chunk, from, ok: joinedIfRight(blocks, digest) !== undefined })
    }
  }
}

/** An action that concerns several neighbours, as one for each. */
const eachAlone = (action: SwarmAction): SwarmAction[] =>
  action.type === 'send-all'
    ? action.peers.map((peer) => ({ type: 'send', peer, message: action.message, lane: 0 }))
    : [action]

// What each message of a neighbour asks of us, and which of them no honest neighbour sends. Lets nobody go by itself.
import { Bitfield } from '../content/index'
import { type Message, PROTOCOL_VERSION } from '../wire/index'
import type { Choosing } from './choosing'
import type { Downloads } from './downloads'
import type { Millis } from './events'
import { FIRST_LANE } from './lane'
import type { Metadata } from './metadata'
import type { Neighbour } from './neighbour'
import type { Reports } from './reports'
import { type KnownContent, type SwarmState, Violation } from './state'
import type { Unchoking } from './unchoking'
import type { Uploads } from './uploads'

/** Messages within a watch that cost their sender nothing and bring nothing: changes of mind come a few at a time. */
const MAX_CHATTER = 2_048
/**
 * How much a cancel counts as chatter: a neighbour that is refused one block takes back all others of the chunk, one by
 * one.
 */
const CANCEL_WEIGHT = 1 / 8

/** How much a message counts as chatter: what costs its sender nothing and brings nothing. */
function chatterOf({ type }: Message): number {
  switch (type) {
    case 'interested':
    case 'not-interested':
    case 'choke':
    case 'unchoke':
    case 'keep-alive':
    case 'choice':
      return 1
    case 'cancel':
      return CANCEL_WEIGHT
    default:
      return 0
  }
}

/** Whether a message is about blocks, and so may go over any connection to a neighbour. */
const isOfBlocks = ({ type }: Message): boolean =>
  type === 'block' || type === 'request' || type === 'reject' || type === 'cancel'

/** The parts of a swarm that messages are for. */
export type Listeners = {
  choosing: Choosing
  downloads: Downloads
  uploads: Uploads
  unchoking: Unchoking<Neighbour>
  metadata: Metadata
  reporting: Reports | undefined
}

export class Dialogue {
  constructor(
    private readonly state: SwarmState,
    private readonly parts: Listeners,
  ) {}

  greet(neighbour: Neighbour, now: Millis): void {
    this.state.send(neighbour, { type: 'hello', version: PROTOCOL_VERSION }, now)
    if (this.state.known) this.sendBitfield(neighbour, this.state.known, now)
    this.parts.reporting?.greet(neighbour, now)
  }

  /** Does what a message asks of us. Throws Violation at one that no honest neighbour sends. */
  follow(neighbour: Neighbour, message: Message, lane: number, now: Millis): void {
    const { known } = this.state
    if (message.type === 'hello' && lane === FIRST_LANE) {
      if (neighbour.greeted) throw new Violation('a second hello')
      if (message.version !== PROTOCOL_VERSION) throw new Violation(`protocol version ${message.version}`)
      neighbour.greeted = true
      return
    }
    if (!neighbour.greeted) throw new Violation(`${message.type} before hello`)
    if (lane !== FIRST_LANE && !isOfBlocks(message)) throw new Violation(`${message.type} over a connection for blocks`)
    neighbour.chatter += chatterOf(message)
    if (neighbour.chatter > MAX_CHATTER) throw new Violation('chatter without end')
    switch (message.type) {
      case 'bitfield':
        return this.bitfieldReceived(neighbour, message, now)
      case 'have':
        return this.haveReceived(neighbour, message.chunk, now)
      case 'choice':
        return choiceReceived(neighbour, message.chunks)
      case 'interested':
      case 'not-interested': {
        const interested = message.type === 'interested'
        if (neighbour.peerInterested === interested) throw new Violation(`${message.type} twice`)
        neighbour.peerInterested = interested
        if (!interested) neighbour.uselessSince = now
        return interested
          ? this.parts.unchoking.interestGained(neighbour, now)
          : this.parts.unchoking.interestLost(neighbour, now)
      }
      case 'choke':
      case 'unchoke': {
        const choking = message.type === 'choke'
        if (neighbour.peerChoking === choking) throw new Violation(`${message.type} twice`)
        neighbour.peerChoking = choking
        return choking ? this.parts.downloads.choked(neighbour, now) : this.parts.downloads.unchoked(neighbour, now)
      }
      case 'request':
        if (!known) throw new Violation('a request for content that we do not know')
        return this.parts.uploads.requested(known, neighbour, message, lane, now)
      case 'cancel':
        return this.parts.uploads.cancelled(neighbour, message, now)
      case 'block':
        return this.parts.downloads.blockReceived(neighbour, message, now)
      case 'reject':
        return this.parts.downloads.rejected(neighbour, message, now)
      case 'metadata-request':
        return this.parts.metadata.requested(neighbour, message, now)
      case 'metadata-block':
        return this.parts.metadata.blockReceived(neighbour, message, now)
      case 'metadata-reject':
        return this.parts.metadata.rejected(neighbour, message.part, now)
      case 'report':
        return this.parts.reporting?.receive(neighbour, message, now)
      case 'keep-alive':
      case 'hello':
        return
    }
  }

  private bitfieldReceived(neighbour: Neighbour, message: Extract<Message, { type: 'bitfield' }>, now: Millis): void {
    if (neighbour.chunks) throw new Violation('a second bitfield')
    const chunks = Bitfield.fromBytes(message.chunkCount, message.bits)
    if (!chunks) throw new Violation('a bitfield with bits beyond its end')
    neighbour.chunks = chunks
    neighbour.manifestBytes = message.manifestBytes
    const { known } = this.state
    if (known) this.countChunks(known, neighbour, now)
    else this.parts.metadata.fetchMissing(now)
  }

  private haveReceived(neighbour: Neighbour, chunk: number, now: Millis): void {
    const { chunks } = neighbour
    if (!chunks) throw new Violation('have before bitfield')
    if (chunk >= chunks.size) throw new Violation('have outside the content')
    if (chunks.has(chunk)) throw new Violation('have twice')
    chunks.set(chunk)
    const { known } = this.state
    if (!known) return
    known.picker.addCopy(chunk, neighbour.number)
    this.parts.uploads.seen(chunk)
    if (known.held.has(chunk)) neighbour.sharedChunks++
    if (!known.lacking.has(chunk)) return
    neighbour.usefulChunks++
    this.state.updateInterest(neighbour, now)
    neighbour.exhaustedAt = undefined
    if (!neighbour.peerChoking) this.parts.downloads.fill(neighbour, now)
  }

  /** Both the manifest and this neighbour's bitfield are here: they must agree. Throws Violation where they do not. */
  countChunks(known: KnownContent, neighbour: Neighbour, now: Millis): void {
    const { chunks } = neighbour
    if (!chunks) return
    const { content, held, lacking, picker } = known
    if (chunks.size !== content.layout.chunkCount || neighbour.manifestBytes !== content.manifestBytes.length) {
      neighbour.chunks = undefined
      throw new Violation('a bitfield of another content')
    }
    picker.addCopies(chunks, neighbour.number)
    let useful = 0
    let shared = 0
    chunks.forEach((chunk) => {
      this.parts.uploads.seen(chunk)
      if (held.has(chunk)) shared++
      else if (lacking.has(chunk)) useful++
    })
    neighbour.usefulChunks = useful
    neighbour.sharedChunks = shared
    this.state.updateInterest(neighbour, now)
    this.parts.metadata.fetchMissing(now)
  }

  sendBitfield(neighbour: Neighbour, known: KnownContent, now: Millis): void {
    const { content, held } = known
    this.state.send(
      neighbour,
      {
        type: 'bitfield',
        manifestBytes: content.manifestBytes.length,
        chunkCount: content.layout.chunkCount,
        bits: held.toBytes(),
      },
      now,
    )
    this.parts.choosing.greet(neighbour, known, now)
  }
}

function choiceReceived(neighbour: Neighbour, chosen: number): void {
  const { chunks } = neighbour
  if (!chunks) throw new Violation('choice before bitfield')
  if (chosen > chunks.size) throw new Violation('a choice of more than there is')
  neighbour.chosenChunks = chosen
}

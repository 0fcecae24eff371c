// Frames to one peer through the server: sealed piece by piece, as many under way as the other side reads. Knows
// nothing of other ways, nor of signals.
import { FIRST_LOW_MARK_BYTES } from '@swarmdrop/core'
import {
  MAX_PIECE_BYTES,
  PieceOpener,
  PieceSealer,
  pieceCost,
  RELAY_WINDOW,
  sealedLength,
} from '@swarmdrop/core/signaling'
import { FrameCutter, FrameJoiner } from './piece-stream'
import type { RelayedPair, RelayedPairHandlers } from './server-relay'

/** The first frame of anyone who goes this way; any will do, as the seal says who wrote it. */
const GREETING = new Uint8Array(1)
/** The word that the rest goes another way. */
const LAST = new Uint8Array(0)

export type ServerWayHandlers = {
  /** The way stands, as both sides have asked for it: `greet`, or `finish` where another way has been taken. */
  stands(): void
  /** The other side goes this way, and we have said so too. */
  opened(): void
  frame(frame: Uint8Array): void
  drained(bufferedBytes: number): void
  /** Everything that the other side has sent this way has been heard. Before `opened`: it goes another way. */
  heardAll(): void
  /** Everything that was sent this way has been read, after `finish`. */
  saidAll(): void
  /** The way has ended. Called once, and not after `close`. */
  ended(): void
}

export class ServerWay {
  isOpen = false
  /** Whether the other side has been greeted: from then on it may go this way. */
  hasGreeted = false
  readonly #pair: RelayedPair | undefined
  readonly #sealer: PieceSealer
  readonly #opener: PieceOpener
  readonly #handlers: ServerWayHandlers
  readonly #saying = new FrameCutter()
  readonly #hearing = new FrameJoiner()
  /** What was sent and is not said to be read, the oldest first; and in sum. */
  readonly #underWay: { cost: number; bytes: number }[] = []
  #unread = { cost: 0, bytes: 0 }
  /** Read here, and not told. */
  #untold = 0
  #lowMarkBytes = FIRST_LOW_MARK_BYTES
  #stands = false
  #isGreeted = false
  #isFinishing = false
  #hasEnded = false

  /** `open`: asks the server for it; undefined where it may not be had. */
  constructor(
    keys: { sends: Uint8Array; hears: Uint8Array },
    open: (handlers: RelayedPairHandlers) => RelayedPair | undefined,
    handlers: ServerWayHandlers,
  ) {
    this.#sealer = new PieceSealer(keys.sends)
    this.#opener = new PieceOpener(keys.hears)
    this.#handlers = handlers
    this.#pair = open({
      opened: () => {
        if (this.#stands || this.#hasEnded) return
        this.#stands = true
        handlers.stands()
      },
      piece: (sealed) => this.#hear(sealed),
      read: (cost) => this.#read(cost),
      ended: () => this.#end(),
    })
    if (!this.#pair) this.#hasEnded = true
  }

  get hasEnded(): boolean {
    return this.#hasEnded
  }

  /** The other side has been greeted: this way opens, unless that one goes another. */
  get mayOpen(): boolean {
    return this.hasGreeted && !this.#hasEnded
  }

  /** Whether the way is finished and all that was sent has been read. */
  get hasSaidAll(): boolean {
    return this.#isFinishing && this.bufferedBytes === 0
  }

  /**
   * The bytes that the other side has not read yet: until then they are in the server's memory, and not in the network.
   */
  get bufferedBytes(): number {
    return this.#saying.waitingBytes + this.#unread.bytes
  }

  setLowMark(bytes: number): void {
    this.#lowMarkBytes = bytes
  }

  send(frame: Uint8Array): void {
    if (this.isOpen) this.#put(frame)
  }

  /** We go this way. Opens where the other side has said so already. */
  greet(): void {
    if (!this.#stands || this.hasGreeted) return
    this.#put(GREETING)
    this.hasGreeted = true
    this.#openIfGreeted()
  }

  /** Sends nothing more this way. */
  finish(): void {
    this.#put(LAST)
    this.#isFinishing ||= this.#stands
  }

  close(): void {
    if (this.#hasEnded) return
    this.#hasEnded = true
    this.isOpen = false
    this.#pair?.stop()
  }

  #put(frame: Uint8Array): void {
    if (!this.#stands || this.#hasEnded || this.#isFinishing) return
    this.#saying.put(frame)
    // What is said at one moment travels in one piece; and nobody hears of room while still sending.
    void Promise.resolve().then(() => this.#sendWaiting())
  }

  #openIfGreeted(): void {
    if (this.isOpen || !this.hasGreeted || !this.#isGreeted) return
    this.isOpen = true
    this.#handlers.opened()
  }

  /** A piece takes what there is, and waits for room for all of it. */
  #sendWaiting(): void {
    while (this.#stands && !this.#hasEnded && this.#saying.waitingBytes > 0) {
      const bytes = Math.min(MAX_PIECE_BYTES, this.#saying.waitingBytes)
      const cost = pieceCost(sealedLength(bytes))
      if (this.#unread.cost + cost > RELAY_WINDOW) break
      this.#underWay.push({ cost, bytes })
      this.#unread.cost += cost
      this.#unread.bytes += bytes
      this.#pair?.send(this.#sealer.seal(this.#saying.take(bytes)))
    }
  }

  /** Whole pieces, in their order; a server that says otherwise gains nothing. */
  #read(cost: number): void {
    const before = this.bufferedBytes
    for (let left = cost; left > 0; ) {
      const [first] = this.#underWay
      if (!first || first.cost > left) break
      this.#underWay.shift()
      left -= first.cost
      this.#unread.cost -= first.cost
      this.#unread.bytes -= first.bytes
    }
    const after = this.bufferedBytes
    this.#sendWaiting()
    if (this.#hasEnded) return
    if (before > this.#lowMarkBytes && after <= this.#lowMarkBytes) this.#handlers.drained(after)
    if (this.hasSaidAll) this.#handlers.saidAll()
  }

  #hear(sealed: string): void {
    if (this.#hasEnded) return
    const piece = this.#opener.open(sealed)
    // Nobody sends nothing: it would be work, and no frame.
    if (!piece?.length) return this.#breakOff()
    if (this.#untold === 0) void Promise.resolve().then(() => this.#tellRead())
    this.#untold += pieceCost(sealed.length)
    this.#hearing.put(piece)
    if (!this.#handOver()) return
    this.#tellRead()
    this.#handlers.heardAll()
  }

  /** Tells the other side how much of what came at one moment is read. It takes that for its speed. */
  #tellRead(): void {
    const cost = this.#untold
    this.#untold = 0
    if (cost > 0 && !this.#hasEnded) this.#pair?.hasRead(cost)
  }

  /** The frames that are whole. True once the other side has said that there will be no more. */
  #handOver(): boolean {
    while (!this.#hasEnded) {
      const frame = this.#hearing.next()
      if (frame === undefined) break
      if (frame === 'too-long') this.#breakOff()
      else if (frame.length === 0) return true
      else if (!this.#isGreeted) {
        this.#isGreeted = true
        this.#openIfGreeted()
      } else this.#handlers.frame(frame)
    }
    return false
  }

  /**
   * Ends the way: what came is not the other side's next word, so it is the server's, and nothing after it can be
   * believed.
   */
  #breakOff(): void {
    this.#pair?.stop()
    this.#end()
  }

  #end(): void {
    if (this.#hasEnded) return
    this.#hasEnded = true
    this.isOpen = false
    this.#handlers.ended()
  }
}

// Frames to one peer through the server: sealed piece by piece, as many under way as the other side reads. Knows nothing of other
// ways, nor of signals.
import {
  FIRST_LOW_MARK_BYTES,
  MAX_PIECE_BYTES,
  PieceOpener,
  PieceSealer,
  pieceCost,
  RELAY_READ_AT,
  RELAY_WINDOW,
  sealedLength,
} from '@swarmdrop/core'
import { FrameCutter, FrameJoiner } from './piece-stream'
import type { RelayedPair, RelayedPairHandlers } from './server-relay'

/** Says that the rest goes another way. */
const LAST = new Uint8Array(0)

export type ServerWayHandlers = {
  opened(): void
  frame(frame: Uint8Array): void
  drained(bufferedBytes: number): void
  /** Everything that the other side has sent this way has been heard. */
  heardAll(): void
  /** Everything that was sent this way has been read, after `finish`. */
  saidAll(): void
  /** Once, and not after `close`. */
  ended(): void
}

export class ServerWay {
  isOpen = false
  readonly #pair: RelayedPair | undefined
  readonly #sealer: PieceSealer
  readonly #opener: PieceOpener
  readonly #handlers: ServerWayHandlers
  readonly #saying = new FrameCutter()
  readonly #hearing = new FrameJoiner()
  /** Sent, and not said to be read. */
  #unread = 0
  /** Read here, and not told. */
  #untold = 0
  #lowMarkBytes = FIRST_LOW_MARK_BYTES
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
        if (this.isOpen || this.#hasEnded) return
        this.isOpen = true
        handlers.opened()
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

  /** It is finished, and all that was sent has been read. */
  get hasSaidAll(): boolean {
    return this.#isFinishing && this.#unread === 0 && this.bufferedBytes === 0
  }

  get bufferedBytes(): number {
    return this.#saying.waitingBytes
  }

  setLowMark(bytes: number): void {
    this.#lowMarkBytes = bytes
  }

  send(frame: Uint8Array): void {
    if (!this.isOpen || this.#hasEnded || this.#isFinishing) return
    this.#saying.put(frame)
    // What is said at one moment travels in one piece; and nobody hears of room while still sending.
    void Promise.resolve().then(() => this.#sendWaiting())
  }

  /** Nothing is sent this way any more. */
  finish(): void {
    this.send(LAST)
    this.#isFinishing ||= this.isOpen
  }

  close(): void {
    if (this.#hasEnded) return
    this.#hasEnded = true
    this.isOpen = false
    this.#pair?.stop()
  }

  /** A piece takes what there is, and waits for room for all of it. */
  #sendWaiting(): void {
    const before = this.bufferedBytes
    while (this.isOpen && this.bufferedBytes > 0) {
      const length = Math.min(MAX_PIECE_BYTES, this.bufferedBytes)
      const cost = pieceCost(sealedLength(length))
      if (this.#unread + cost > RELAY_WINDOW) break
      this.#unread += cost
      this.#pair?.send(this.#sealer.seal(this.#saying.take(length)))
    }
    const after = this.bufferedBytes
    if (before > this.#lowMarkBytes && after <= this.#lowMarkBytes) this.#handlers.drained(after)
  }

  #read(cost: number): void {
    this.#unread = Math.max(0, this.#unread - cost)
    this.#sendWaiting()
    if (this.hasSaidAll && !this.#hasEnded) this.#handlers.saidAll()
  }

  #hear(sealed: string): void {
    if (this.#hasEnded) return
    const piece = this.#opener.open(sealed)
    if (!piece) return this.#breakOff()
    this.#untold += pieceCost(sealed.length)
    this.#hearing.put(piece)
    const hasHeardAll = this.#handOver()
    if (this.#untold >= RELAY_READ_AT || hasHeardAll) this.#tellRead()
    if (hasHeardAll) this.#handlers.heardAll()
  }

  #tellRead(): void {
    const cost = this.#untold
    this.#untold = 0
    if (!this.#hasEnded) this.#pair?.hasRead(cost)
  }

  /** The frames that are whole. True once the other side has said that there will be no more. */
  #handOver(): boolean {
    while (!this.#hasEnded) {
      const frame = this.#hearing.next()
      if (frame === undefined) break
      if (frame === 'too-long') this.#breakOff()
      else if (frame.length === 0) return true
      else this.#handlers.frame(frame)
    }
    return false
  }

  /** What is not the other side's next word is the server's: nothing after it can be believed. */
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

// Frames to one peer through the server: cut into sealed pieces and put together again, as many under way as the other side reads.
// Knows nothing of other ways, nor of signals.
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
import type { RelayedPair, RelayedPairHandlers } from './server-relay'

/** Before each frame stands its length, big endian. A frame of no bytes says that the rest goes another way. */
const LENGTH_BYTES = 4
/** As any link's. */
const MAX_FRAME_BYTES = 262_144

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
  readonly #queue: Uint8Array[] = []
  #queuedBytes = 0
  /** Sent, and not said to be read. */
  #unread = 0
  /** Read here, and not told. */
  #untold = 0
  #arriving = new Uint8Array(0)
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
    return this.#isFinishing && this.#unread === 0 && this.#queuedBytes === 0
  }

  /** The frame's own bytes, as far as they have not been sent. */
  get bufferedBytes(): number {
    return this.#queuedBytes
  }

  setLowMark(bytes: number): void {
    this.#lowMarkBytes = bytes
  }

  send(frame: Uint8Array): void {
    if (!this.isOpen || this.#hasEnded || this.#isFinishing) return
    this.#put(frame)
  }

  /** Nothing is sent this way any more. */
  finish(): void {
    if (this.#isFinishing || !this.isOpen || this.#hasEnded) return
    this.#put(new Uint8Array(0))
    this.#isFinishing = true
  }

  close(): void {
    if (this.#hasEnded) return
    this.#hasEnded = true
    this.isOpen = false
    this.#pair?.stop()
  }

  #put(frame: Uint8Array): void {
    const framed = new Uint8Array(LENGTH_BYTES + frame.length)
    new DataView(framed.buffer).setUint32(0, frame.length)
    framed.set(frame, LENGTH_BYTES)
    this.#queue.push(framed)
    this.#queuedBytes += framed.length
    // What is said at one moment travels in one piece; and nobody hears of room while still sending.
    void Promise.resolve().then(() => this.#sendWaiting())
  }

  /** A piece takes what there is, of however many frames, and waits for room for a whole one. */
  #sendWaiting(): void {
    const before = this.#queuedBytes
    while (this.#queuedBytes > 0 && this.isOpen) {
      const plain = this.#next()
      if (!plain) break
      const sealed = this.#sealer.seal(plain)
      this.#unread += pieceCost(sealed.length)
      this.#pair?.send(sealed)
    }
    if (before > this.#lowMarkBytes && this.#queuedBytes <= this.#lowMarkBytes)
      this.#handlers.drained(this.#queuedBytes)
  }

  #next(): Uint8Array | undefined {
    const length = Math.min(MAX_PIECE_BYTES, this.#queuedBytes)
    if (this.#unread + pieceCost(sealedLength(length)) > RELAY_WINDOW) return undefined
    const piece = new Uint8Array(length)
    let filled = 0
    while (filled < length) {
      const [first] = this.#queue
      if (!first) break
      const part = first.subarray(0, length - filled)
      piece.set(part, filled)
      filled += part.length
      if (part.length === first.length) this.#queue.shift()
      else this.#queue[0] = first.subarray(part.length)
    }
    this.#queuedBytes -= length
    return piece
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
    this.#arriving = joined(this.#arriving, piece)
    const hasHeardAll = this.#handOver()
    // A slow reader's pieces wait elsewhere: those that are heard are read.
    if (this.#untold >= RELAY_READ_AT || hasHeardAll) this.#tell()
    if (hasHeardAll) this.#handlers.heardAll()
  }

  #tell(): void {
    const cost = this.#untold
    this.#untold = 0
    if (cost > 0 && !this.#hasEnded) this.#pair?.hasRead(cost)
  }

  /** The frames that are whole. True once the other side has said that there will be no more. */
  #handOver(): boolean {
    for (;;) {
      const { length: there } = this.#arriving
      if (there < LENGTH_BYTES || this.#hasEnded) return false
      const length = new DataView(this.#arriving.buffer, this.#arriving.byteOffset).getUint32(0)
      if (length > MAX_FRAME_BYTES) {
        this.#breakOff()
        return false
      }
      if (there < LENGTH_BYTES + length) return false
      const frame = this.#arriving.slice(LENGTH_BYTES, LENGTH_BYTES + length)
      this.#arriving = this.#arriving.subarray(LENGTH_BYTES + length)
      if (length === 0) return true
      this.#handlers.frame(frame)
    }
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

function joined(a: Uint8Array, b: Uint8Array): Uint8Array<ArrayBuffer> {
  if (a.length === 0) return b.slice()
  const both = new Uint8Array(a.length + b.length)
  both.set(a)
  both.set(b, a.length)
  return both
}

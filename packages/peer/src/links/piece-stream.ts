// Cuts frames into pieces of whatever size, and puts them together again: one run of bytes, each frame behind its
// length. Knows nothing of seals, nor of how pieces travel.

/**
 * Before each frame stands its length, big endian. A frame of no bytes is a sign, and none of the frames that were
 * sent.
 */
const LENGTH_BYTES = 4
/** The longest frame, as on any link. */
const MAX_FRAME_BYTES = 262_144

export class FrameCutter {
  readonly #queue: Uint8Array[] = []
  #waitingBytes = 0

  /** Frames and their lengths, as far as they have not been taken. */
  get waitingBytes(): number {
    return this.#waitingBytes
  }

  /** The memory is the sender's again when this returns. */
  put(frame: Uint8Array): void {
    const framed = new Uint8Array(LENGTH_BYTES + frame.length)
    new DataView(framed.buffer).setUint32(0, frame.length)
    framed.set(frame, LENGTH_BYTES)
    this.#queue.push(framed)
    this.#waitingBytes += framed.length
  }

  /** The next so many bytes, of however many frames: no more than wait. */
  take(length: number): Uint8Array {
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
    this.#waitingBytes -= filled
    return piece
  }
}

export class FrameJoiner {
  /**
   * Bytes that have come and were not handed on, from `#from` to `#to`. The buffer doubles when it is full, as bytes
   * may come one by one.
   */
  #bytes = new Uint8Array(0)
  #from = 0
  #to = 0

  put(piece: Uint8Array): void {
    const waiting = this.#bytes.subarray(this.#from, this.#to)
    const length = waiting.length + piece.length
    if (this.#to + piece.length > this.#bytes.length) {
      const roomy = new Uint8Array(2 * length)
      roomy.set(waiting)
      this.#bytes = roomy
      this.#from = 0
    }
    this.#bytes.set(piece, this.#from + waiting.length)
    this.#to = this.#from + length
  }

  /** The next frame that is whole; undefined: none is yet. Of a length that no frame has: `too-long`, for good. */
  next(): Uint8Array<ArrayBuffer> | 'too-long' | undefined {
    const start = this.#from + LENGTH_BYTES
    if (this.#to < start) return undefined
    const length = new DataView(this.#bytes.buffer, this.#from).getUint32(0)
    if (length > MAX_FRAME_BYTES) return 'too-long'
    if (this.#to < start + length) return undefined
    const frame = this.#bytes.slice(start, start + length)
    this.#from = start + length
    if (this.#from === this.#to) this.#forget()
    return frame
  }

  #forget(): void {
    this.#bytes = new Uint8Array(0)
    this.#from = 0
    this.#to = 0
  }
}

// Cuts frames into pieces of whatever size, and puts them together again: one run of bytes, each frame behind its length. Knows
// nothing of seals, nor of how pieces travel.

/** Before each frame stands its length, big endian. A frame of no bytes is a sign, and none of the frames that were sent. */
const LENGTH_BYTES = 4
/** As any link's. */
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
  #arriving = new Uint8Array(0)

  put(piece: Uint8Array): void {
    const joined = new Uint8Array(this.#arriving.length + piece.length)
    joined.set(this.#arriving)
    joined.set(piece, this.#arriving.length)
    this.#arriving = joined
  }

  /** The next frame that is whole; undefined: none is yet. Of a length that no frame has: `too-long`, for good. */
  next(): Uint8Array<ArrayBuffer> | 'too-long' | undefined {
    const { length: there, buffer, byteOffset } = this.#arriving
    if (there < LENGTH_BYTES) return undefined
    const length = new DataView(buffer, byteOffset).getUint32(0)
    if (length > MAX_FRAME_BYTES) return 'too-long'
    if (there < LENGTH_BYTES + length) return undefined
    const frame = this.#arriving.slice(LENGTH_BYTES, LENGTH_BYTES + length)
    this.#arriving = this.#arriving.subarray(LENGTH_BYTES + length)
    return frame
  }
}

// One chunk on its way from one neighbour, block by block. Knows nothing of windows or of other chunks.
import { CHUNK_BYTES } from '../content/index'

/** A block's number. No two blocks share one, as no chunk is longer than CHUNK_BYTES. */
export const blockKey = (chunk: number, offset: number): number => chunk * CHUNK_BYTES + offset

const UNASKED = 0
const ASKED = 1
const RECEIVED = 2

export class ChunkDownload {
  readonly blocks: (Uint8Array | undefined)[]
  private readonly states: Uint8Array
  private unasked: number
  private leftBytesNow: number
  /** All blocks are here and the digest is being compared. */
  checking = false

  constructor(
    readonly chunk: number,
    readonly from: string,
    readonly length: number,
    readonly blockBytes: number,
  ) {
    this.leftBytesNow = length
    this.unasked = Math.ceil(length / blockBytes)
    this.blocks = new Array(this.unasked)
    this.states = new Uint8Array(this.unasked)
  }

  get hasUnasked(): boolean {
    return this.unasked > 0
  }

  get isAsked(): boolean {
    return this.unasked < this.blocks.length
  }

  /** How many bytes are still to come, asked for or not. */
  get leftBytes(): number {
    return this.leftBytesNow
  }

  get isWhole(): boolean {
    return this.leftBytesNow === 0
  }

  get isBegun(): boolean {
    return this.leftBytesNow < this.length
  }

  /** The first block not asked for, without asking. */
  nextUnasked(): { offset: number; length: number } {
    const offset = this.states.indexOf(UNASKED) * this.blockBytes
    return { offset, length: Math.min(this.blockBytes, this.length - offset) }
  }

  markAsked(offset: number): void {
    this.states[offset / this.blockBytes] = ASKED
    this.unasked--
  }

  /** The neighbour would not give it after all. */
  markUnasked(offset: number): void {
    this.states[offset / this.blockBytes] = UNASKED
    this.unasked++
  }

  receive(offset: number, data: Uint8Array): void {
    const index = offset / this.blockBytes
    this.states[index] = RECEIVED
    this.blocks[index] = data
    this.leftBytesNow -= data.length
  }
}

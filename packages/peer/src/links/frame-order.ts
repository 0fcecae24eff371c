// By which way a link's frames go out and come in, and how they keep their order when that changes. Knows no way
// itself.

export type Road = 'direct' | 'server'

/** At most this much is kept of what arrives by the new way before the old has brought its last. */
const MAX_HELD_BYTES = 8_388_608

export class FrameOrder {
  /** The way that frames go out by; undefined: none is open. */
  out: Road | undefined
  #in: Road | undefined
  #held: Uint8Array[] = []
  #heldBytes = 0
  readonly #hand: (frame: Uint8Array) => void
  readonly #overflow: () => void

  /**
   * `hand`: takes the frames, in their order, and after the link's end drops them. `overflow`: the old way brings no
   * end.
   */
  constructor(hand: (frame: Uint8Array) => void, overflow: () => void) {
    this.#hand = hand
    this.#overflow = overflow
  }

  get isOpen(): boolean {
    return this.out !== undefined
  }

  /** Both sides are on the new way, out and in. */
  get hasMoved(): boolean {
    return this.out === 'direct' && this.#in === 'direct'
  }

  get hearsServer(): boolean {
    return this.#in === 'server'
  }

  /** `tell` is called before what came directly already is handed on. */
  open(road: Road, tell: () => void): void {
    this.out = road
    this.#in = road
    tell()
    if (road === 'direct') this.#handHeld()
  }

  heard(road: Road, frame: Uint8Array): void {
    if (road === this.#in) return this.#hand(frame)
    this.#held.push(frame)
    this.#heldBytes += frame.length
    if (this.#heldBytes > MAX_HELD_BYTES) this.#overflow()
  }

  /** The server has brought the last: what came directly before that comes now. */
  heardAllOfServer(): void {
    if (this.#in !== 'server') return
    this.#in = 'direct'
    this.#handHeld()
  }

  #handHeld(): void {
    const held = this.#held
    this.#held = []
    this.#heldBytes = 0
    for (const frame of held) this.#hand(frame)
  }
}

// Measures a flow of bytes over a sliding window. Knows nothing of whose bytes they are.

/** Bytes within the last `windowMs`, kept in `slots` equal slots: exact to one slot's width. */
export class Rate {
  private readonly slotMs: number
  // Not a typed array: there are many of these, and each would carry a buffer of its own.
  private readonly bytes: number[]
  private sum = 0
  private newest = 0 // number of the slot that holds `now`
  private since = 0 // when the present flow began

  constructor(
    private readonly windowMs: number,
    slots: number,
  ) {
    this.slotMs = windowMs / slots
    this.bytes = new Array<number>(slots).fill(0)
  }

  add(bytes: number, now: number): void {
    this.advance(now)
    if (this.sum === 0) this.since = now
    const slot = this.newest % this.bytes.length
    this.bytes[slot] = (this.bytes[slot] ?? 0) + bytes
    this.sum += bytes
  }

  /** Bytes within the window. */
  total(now: number): number {
    this.advance(now)
    return this.sum
  }

  /** The mean over the window, or over the time since the flow began where that is shorter (half a second at least). */
  bytesPerSecond(now: number): number {
    const total = this.total(now)
    if (total === 0) return 0
    return (total * 1000) / Math.min(this.windowMs, Math.max(500, now - this.since))
  }

  private advance(now: number): void {
    const slot = Math.floor(now / this.slotMs)
    if (slot <= this.newest) return
    if (this.sum > 0) {
      const stale = Math.min(slot - this.newest, this.bytes.length)
      for (let i = 1; i <= stale; i++) {
        const index = (this.newest + i) % this.bytes.length
        this.sum -= this.bytes[index] ?? 0
        this.bytes[index] = 0
      }
    }
    this.newest = slot
  }
}

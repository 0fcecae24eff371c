// Holds a flow to a limit: tokens are bytes, and they come in at the limit's rate. Knows nothing of what is sent.

/** How much of the rate may be saved up: long enough to ride over a late timer, short enough that no 5 s shows it. */
const BURST_SECONDS = 0.1

export class TokenBucket {
  private tokens: number
  private filledAt: number

  /** `bytesPerSecond` undefined: no limit. `largest`: the most that is usually taken at once, in bytes. */
  constructor(
    private bytesPerSecond: number | undefined,
    private readonly largest: number,
    now: number,
  ) {
    this.filledAt = now
    this.tokens = this.capacity
  }

  get limit(): number | undefined {
    return this.bytesPerSecond
  }

  setLimit(bytesPerSecond: number | undefined, now: number): void {
    this.fill(now)
    this.bytesPerSecond = bytesPerSecond
    this.tokens = Math.min(this.tokens, this.capacity)
  }

  /**
   * Takes `bytes` if they are there. More than the bucket holds (a neighbour may ask so) is taken on credit when it is
   * full.
   */
  take(bytes: number, now: number): boolean {
    if (this.bytesPerSecond === undefined) return true
    this.fill(now)
    // A timer may ring a hair early: what is short by less than a byte is there.
    if (this.tokens < Math.min(bytes, this.capacity) - 1) return false
    this.tokens -= bytes
    return true
  }

  /** Returns tokens that were taken and not used after all. */
  giveBack(bytes: number, now: number): void {
    this.fill(now)
    this.tokens = Math.min(this.capacity, this.tokens + bytes)
  }

  /** When `bytes` will be there, in milliseconds; Infinity under a limit of zero. */
  readyAt(bytes: number, now: number): number {
    if (this.bytesPerSecond === undefined) return now
    this.fill(now)
    const missing = Math.min(bytes, this.capacity) - this.tokens
    return missing <= 0 ? now : now + (missing / this.bytesPerSecond) * 1000
  }

  private get capacity(): number {
    return Math.max(this.largest, (this.bytesPerSecond ?? 0) * BURST_SECONDS)
  }

  private fill(now: number): void {
    if (this.bytesPerSecond !== undefined && now > this.filledAt)
      this.tokens = Math.min(this.capacity, this.tokens + ((now - this.filledAt) / 1000) * this.bytesPerSecond)
    this.filledAt = Math.max(now, this.filledAt)
  }
}

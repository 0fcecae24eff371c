// Decides how much one socket, and one address, may ask for. Knows nothing of sockets; time is an argument.

/** `capacity` is spent at once; `perSecond` flows back. */
export type Rate = { capacity: number; perSecond: number }

export class TokenBucket {
  #tokens: number
  #filledAtMs: number

  constructor(
    readonly rate: Rate,
    now: number,
  ) {
    this.#tokens = rate.capacity
    this.#filledAtMs = now
  }

  /** Takes `cost`, or takes nothing and says false. */
  take(cost: number, now: number): boolean {
    this.#fill(now)
    if (this.#tokens < cost) return false
    this.#tokens -= cost
    return true
  }

  /** Gives back what was taken, and turned out to be paid for otherwise. */
  giveBack(cost: number): void {
    this.#tokens = Math.min(this.rate.capacity, this.#tokens + cost)
  }

  /** Spent elsewhere: it may come to be owed, at most as much as there can be. */
  charge(cost: number, now: number): void {
    this.#fill(now)
    this.#tokens = Math.max(-this.rate.capacity, this.#tokens - cost)
  }

  left(now: number): number {
    this.#fill(now)
    return this.#tokens
  }

  /** A full bucket remembers nothing: it may be forgotten. */
  isFull(now: number): boolean {
    return this.left(now) >= this.rate.capacity
  }

  #fill(now: number): void {
    // A wall clock that was set back must not take tokens away.
    const elapsedMs = Math.max(0, now - this.#filledAtMs)
    this.#tokens = Math.min(this.rate.capacity, this.#tokens + (elapsedMs / 1000) * this.rate.perSecond)
    this.#filledAtMs = now
  }
}

/** One bucket for each key, in bounded memory: full ones are forgotten, and past `maxKeys` the one longest unused. */
export class KeyedBuckets {
  // In order of last use: Map keeps the order of insertion.
  readonly #buckets = new Map<string, TokenBucket>()
  /** Hears of all that is taken. */
  taken: ((key: string, cost: number) => void) | undefined

  constructor(
    readonly rate: Rate,
    readonly maxKeys: number,
  ) {}

  get size(): number {
    return this.#buckets.size
  }

  take(key: string, cost: number, now: number): boolean {
    const taken = this.#use(key, now).take(cost, now)
    this.#forgetIdle(now)
    if (taken) this.taken?.(key, cost)
    return taken
  }

  /** Takes tokens for what was taken elsewhere. */
  charge(key: string, cost: number, now: number): void {
    this.#use(key, now).charge(cost, now)
    this.#forgetIdle(now)
  }

  #use(key: string, now: number): TokenBucket {
    const bucket = this.#buckets.get(key) ?? new TokenBucket(this.rate, now)
    this.#buckets.delete(key)
    this.#buckets.set(key, bucket)
    return bucket
  }

  /** How much could be taken at once. */
  left(key: string, now: number): number {
    return this.#buckets.get(key)?.left(now) ?? this.rate.capacity
  }

  // Looks at two buckets, adds at most one: what is idle goes faster than it comes, at a fixed cost.
  #forgetIdle(now: number): void {
    let looks = 2
    for (const [key, bucket] of this.#buckets) {
      if (looks-- === 0 || this.#buckets.size === 1) return
      if (bucket.isFull(now) || this.#buckets.size > this.maxKeys) this.#buckets.delete(key)
    }
  }
}

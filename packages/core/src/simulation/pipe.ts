// One bottleneck of a path, one way: a rate, a queue that drops what finds it full, and a distance. Knows nothing of
// what it carries.

export type PipeOptions = {
  bytesPerSecond: number
  /** The bytes that may wait and be sent, together; a packet that finds no room is lost. */
  queueBytes: number
  /** Propagation, one way. */
  delayMs: number
  /** The share of packets that is lost by chance; 0 unless told. */
  lossShare?: number
}

/** Counts since the pipe was made. */
export type PipeCounts = {
  /** Packets taken, and of these lost by chance; and refused, as the queue was full. */
  packets: number
  lostByChance: number
  droppedPackets: number
  bytes: number
  /** Bytes × milliseconds that they waited before they were sent. */
  waitedByteMs: number
  longestWaitMs: number
}

/** A path, one way: through one pipe after another. */
export type Route = readonly Pipe[]

/** A queue of things to do at given times; of one moment, what was put in first comes first. */
export type Schedule = {
  readonly now: number
  at(at: number, run: () => void): void
}

export class Pipe {
  readonly counts: PipeCounts = {
    packets: 0,
    lostByChance: 0,
    droppedPackets: 0,
    bytes: 0,
    waitedByteMs: 0,
    longestWaitMs: 0,
  }
  delayMs: number
  private readonly queueBytes: number
  /** The share of packets that is lost by chance. */
  lossShare: number
  private rate: number
  /** When all that it has taken is sent. */
  private freeAt = 0
  private lastArrivesAt = 0
  /** Milliseconds × milliseconds: the wait of one who comes at any moment, summed over time. */
  private waitOverTime = 0
  private summedUntil = 0

  constructor(
    { bytesPerSecond, queueBytes, delayMs, lossShare = 0 }: PipeOptions,
    private readonly random: () => number,
  ) {
    this.rate = bytesPerSecond
    this.queueBytes = queueBytes
    this.delayMs = delayMs
    this.lossShare = lossShare
  }

  get bytesPerSecond(): number {
    return this.rate
  }

  /** Changes the rate; packets that wait are sent at the new one. */
  setRate(bytesPerSecond: number, now: number): void {
    this.sumWaitUntil(now)
    this.freeAt = now + (this.waitMs(now) * this.rate) / bytesPerSecond
    this.rate = bytesPerSecond
  }

  /** How long a packet that comes now would wait. */
  waitMs(now: number): number {
    return Math.max(0, this.freeAt - now)
  }

  /** How long one would have waited that comes at any moment up to now: a ping alongside what is carried. */
  meanWaitMs(now: number): number {
    this.sumWaitUntil(now)
    return now > 0 ? this.waitOverTime / now : 0
  }

  /** When a packet that comes now is at the other end; undefined: it is lost. Packets do not overtake each other. */
  carry(bytes: number, now: number): number | undefined {
    this.sumWaitUntil(now)
    const waitMs = this.waitMs(now)
    if ((waitMs * this.rate) / 1000 + bytes > this.queueBytes) {
      this.counts.droppedPackets++
      return undefined
    }
    this.counts.packets++
    this.counts.bytes += bytes
    this.counts.waitedByteMs += bytes * waitMs
    this.counts.longestWaitMs = Math.max(this.counts.longestWaitMs, waitMs)
    this.freeAt = now + waitMs + (bytes * 1000) / this.rate
    if (this.lossShare > 0 && this.random() < this.lossShare) {
      this.counts.lostByChance++
      return undefined
    }
    this.lastArrivesAt = Math.max(this.lastArrivesAt, this.freeAt + this.delayMs)
    return this.lastArrivesAt
  }

  private sumWaitUntil(now: number): void {
    const before = Math.max(0, this.freeAt - this.summedUntil)
    const after = this.waitMs(now)
    this.waitOverTime += (before * before - after * after) / 2
    this.summedUntil = now
  }
}

/** Takes a packet along a route; `arrive` is called if it gets to its end. */
export function carry(schedule: Schedule, route: Route, bytes: number, arrive: () => void, from = 0): void {
  const at = route[from]?.carry(bytes, schedule.now)
  if (at === undefined) return
  const isLast = from === route.length - 1
  schedule.at(at, isLast ? arrive : () => carry(schedule, route, bytes, arrive, from + 1))
}

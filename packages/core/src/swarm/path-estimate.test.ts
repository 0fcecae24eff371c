// What blocks tell of the path that they come by.
import { describe, expect, it } from 'vitest'
import { type Asked, PathEstimate } from './path-estimate'

const BLOCK = 10_000
const LEAST = 2 * BLOCK

/** A path that brings what is asked for in order, at a rate of its own; `extraMs`: by somebody else's queue. */
class Pipe {
  readonly estimate = new PathEstimate()
  now = 0
  extraMs = 0
  private readonly open: (Asked & { due: number })[] = []
  private received = 0
  private freeAt = 0

  constructor(
    private bytesPerMs: number,
    private roundTripMs: number,
  ) {}

  become(bytesPerMs: number, roundTripMs: number): void {
    this.bytesPerMs = bytesPerMs
    this.roundTripMs = roundTripMs
  }

  /** Keeps so much open, or less while the path is looked at. */
  run(forMs: number, windowBytes: number): void {
    for (const end = this.now + forMs; this.now < end; ) {
      while (this.openBytes < Math.min(windowBytes, this.estimate.drainedBytes)) this.ask()
      const next = this.open.shift()
      if (!next) return
      this.now = Math.max(this.now, next.due)
      this.received += BLOCK
      this.estimate.answered(next, this.received, windowBytes, LEAST, this.now)
    }
  }

  get openBytes(): number {
    return this.open.length * BLOCK
  }

  private ask(): void {
    this.freeAt = Math.max(this.freeAt, this.now + this.roundTripMs + this.extraMs) + BLOCK / this.bytesPerMs
    const openBytes = this.openBytes + BLOCK
    this.open.push({ lane: 0, at: this.now, length: BLOCK, received: this.received, openBytes, due: this.freeAt })
  }
}

describe('path estimate', () => {
  it('[WINDOW-6] has the rate of the path within a few round trips, however little is open, and never much more', () => {
    const pipe = new Pipe(2_500, 40)
    pipe.run(200, 30_000)
    expect(pipe.estimate.bytesPerMs).toBeGreaterThan(0.8 * (30_000 / 44))
    pipe.run(2_000, 200_000)
    expect(pipe.estimate.bytesPerMs).toBeGreaterThan(2_450)
    expect(pipe.estimate.bytesPerMs).toBeLessThan(2_700)
  })

  it('[WINDOW-6] is not misled by much that comes at once after a while in which nothing was heard', () => {
    const pipe = new Pipe(2_500, 40)
    pipe.run(3_000, 200_000)
    // A page that stands still for 50 ms hears what came meanwhile at once.
    const deaf = pipe.estimate
    const { bytesPerMs } = deaf
    const burst = 12 * BLOCK
    for (let bytes = 0; bytes < burst; bytes += BLOCK) {
      const asked = { lane: 0, at: pipe.now - 60, length: BLOCK, received: 7_000_000, openBytes: 200_000 }
      deaf.answered(asked, 7_200_000 + bytes, 200_000, LEAST, pipe.now)
    }
    expect(deaf.bytesPerMs).toBeLessThan(1.05 * bytesPerMs)
  })

  it('[WINDOW-6] follows a rate that falls, and is not lowered by what little was asked for', () => {
    const pipe = new Pipe(2_500, 40)
    pipe.run(3_000, 200_000)
    pipe.become(500, 40)
    pipe.run(5_000, 200_000)
    expect(pipe.estimate.bytesPerMs).toBeLessThan(550)
    const idle = new Pipe(2_500, 40)
    idle.run(3_000, 200_000)
    const { estimate } = idle
    for (let i = 0; i < 20; i++) {
      const at = idle.now + 1_000 * i
      const asked = { lane: 0, at, length: BLOCK, received: 9e6 + i * BLOCK, openBytes: BLOCK }
      estimate.answered(asked, 9e6 + (i + 1) * BLOCK, 200_000, LEAST, at + 44)
    }
    expect(estimate.bytesPerMs).toBeGreaterThan(2_400)
  })

  it('[WINDOW-5] knows the round trip without its own queue, nor the time of a block', () => {
    const pipe = new Pipe(100, 40)
    pipe.run(30_000, 60_000)
    expect(pipe.estimate.roundTripMs).toBeGreaterThan(35)
    expect(pipe.estimate.roundTripMs).toBeLessThan(90)
  })

  it('[WINDOW-5] looks again every 10 s, with little open, and finds out that the path is longer', () => {
    const pipe = new Pipe(2_500, 40)
    pipe.run(9_000, 200_000)
    expect(pipe.estimate.drainedBytes).toBe(Number.POSITIVE_INFINITY)
    let least = Number.POSITIVE_INFINITY
    for (let i = 0; i < 60; i++) {
      pipe.run(50, 200_000)
      least = Math.min(least, pipe.openBytes)
    }
    expect(least).toBeLessThan(100_000)
    expect(pipe.estimate.roundTripMs).toBeCloseTo(40, 0)
    pipe.become(2_500, 200)
    // As much as the path was taken to hold, and a little.
    for (let i = 0; i < 100; i++) pipe.run(60, pipe.estimate.heldBytes + 25 * pipe.estimate.bytesPerMs + 20_000)
    expect(pipe.estimate.roundTripMs).toBeGreaterThan(180)
    expect(pipe.estimate.roundTripMs).toBeLessThan(210)
  })

  it('[WINDOW-5] looks when somebody else’s queue goes down, as that one looks too', () => {
    const pipe = new Pipe(2_500, 40)
    pipe.extraMs = 60
    pipe.run(4_000, 200_000)
    expect(pipe.estimate.roundTripMs).toBeGreaterThan(90)
    pipe.extraMs = 0
    let least = Number.POSITIVE_INFINITY
    for (let i = 0; i < 20; i++) {
      pipe.run(20, 200_000)
      least = Math.min(least, pipe.openBytes)
    }
    expect(least).toBeLessThan(150_000)
    expect(pipe.estimate.roundTripMs).toBeLessThan(50)
  })

  it('[WINDOW-7] knows for how long nothing comes, as one finds it who looks at any moment', () => {
    const pipe = new Pipe(2_500, 4)
    pipe.run(2_000, 60_000)
    expect(pipe.estimate.stallMs).toBeLessThan(10)
    for (let i = 0; i < 40; i++) {
      const at = pipe.now + 100 * i
      const asked = { lane: 0, at: at - 50, length: BLOCK, received: 9e6 + i * 250_000, openBytes: 60_000 }
      for (let block = 1; block <= 25; block++)
        pipe.estimate.answered(asked, 9e6 + i * 250_000 + block * BLOCK, 60_000, LEAST, at)
    }
    expect(pipe.estimate.stallMs).toBeCloseTo(100, -1)
  })
})

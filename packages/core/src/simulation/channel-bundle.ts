// All data channels between two peers over one path: each message goes by one of them, and what waits is counted over
// all. Knows nothing of why there are several.
import type { RoundTrip } from '../swarm/index'
import { ChannelEnd, type ChannelEvents } from './channel'
import type { Route, Schedule } from './pipe'

/** A connection more takes so many round trips: an offer, its answer, and two handshakes. */
export const OPENING_ROUND_TRIPS = 4

/** ICE looks whether the way still stands after so long, and then so often, as Chromium's does. */
const LOOKS_MS = [900, 1_900]
const LOOK_AGAIN_MS = 2_600

export type Routes = { there: Route; back: Route }

/** What one side hears. `drained`: so many bytes wait, in all channels together. */
export type BundleEvents<M> = {
  received(message: M, lane: number): void
  drained(bufferedBytes: number): void
}

/** One side of a bundle. Lane 0 is there from the start, and stays. */
export class ChannelBundle<M> {
  private mark = 0
  private readonly ends = new Map<number, ChannelEnd<M>>()
  private other: ChannelBundle<M> | undefined
  private readonly openedAt: number
  /** The shortest round trip that a look has found. */
  private leastMs: number

  private constructor(
    private readonly schedule: Schedule,
    readonly routes: Routes,
    private readonly events: BundleEvents<M>,
  ) {
    this.openedAt = schedule.now
    this.leastMs = this.roundTripMs
  }

  static pair<M>(
    schedule: Schedule,
    { there, back }: Routes,
    first: BundleEvents<M>,
    second: BundleEvents<M>,
  ): [ChannelBundle<M>, ChannelBundle<M>] {
    const a = new ChannelBundle<M>(schedule, { there, back }, first)
    const b = new ChannelBundle<M>(schedule, { there: back, back: there }, second)
    a.other = b
    b.other = a
    a.open(0)
    return [a, b]
  }

  get bufferedBytes(): number {
    let bytes = 0
    for (const end of this.ends.values()) bytes += end.bufferedBytes
    return bytes
  }

  /** The number of waiting bytes at which `drained` is told. Each channel has an equal part of it. */
  set lowMarkBytes(bytes: number) {
    this.mark = bytes
    for (const end of this.ends.values()) end.lowMarkBytes = bytes / this.ends.size
  }

  /** The least number that is free. */
  get nextLane(): number {
    let lane = 0
    while (this.ends.has(lane)) lane++
    return lane
  }

  /** Sends by a lane. What goes by a lane that is gone is lost. */
  send(message: M, bytes: number, lane = 0): void {
    this.ends.get(lane)?.send(message, bytes)
  }

  /** Opens a lane at both sides. */
  open(lane: number): void {
    const { other } = this
    if (!other || this.ends.has(lane)) return
    const [end, far] = ChannelEnd.pair<M>(this.schedule, this.routes, this.hears(lane), other.hears(lane))
    this.add(lane, end)
    other.add(lane, far)
  }

  /** Closes a lane at both sides. What is on its way by it is lost. */
  close(lane: number): void {
    this.remove(lane)
    this.other?.remove(lane)
  }

  /** Tells the round trip at ICE's next check. */
  measurePath(tell: (roundTrip: RoundTrip) => void): void {
    const { schedule, openedAt } = this
    const age = schedule.now - openedAt
    const last = LOOKS_MS[LOOKS_MS.length - 1] as number
    const turns = 1 + Math.floor((age - last) / LOOK_AGAIN_MS)
    const next = LOOKS_MS.find((ms) => ms > age) ?? last + turns * LOOK_AGAIN_MS
    schedule.at(openedAt + next, () => {
      const ms = this.roundTripMs
      this.leastMs = Math.min(this.leastMs, ms)
      tell({ ms, leastMs: this.leastMs })
    })
  }

  /** The round trip of a packet that is sent now, with what waits before it. */
  private get roundTripMs(): number {
    const { schedule, routes } = this
    return [...routes.there, ...routes.back].reduce((sum, pipe) => sum + pipe.delayMs + pipe.waitMs(schedule.now), 0)
  }

  closeAll(): void {
    for (const end of this.ends.values()) end.close()
  }

  private add(lane: number, end: ChannelEnd<M>): void {
    this.ends.set(lane, end)
    this.lowMarkBytes = this.mark
  }

  private remove(lane: number): void {
    this.ends.get(lane)?.close()
    this.ends.delete(lane)
    this.lowMarkBytes = this.mark
  }

  private hears(lane: number): ChannelEvents<M> {
    return {
      received: (message) => this.events.received(message, lane),
      drained: () => this.events.drained(this.bufferedBytes),
    }
  }
}

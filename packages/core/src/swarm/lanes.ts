// The connections to each neighbour over which we ask for blocks: what comes by each of them, and when there are to be
// more or fewer.
import type { Millis, RoundTrip } from './events'
import { FIRST_LANE, Lane } from './lane'
import { LaneTrial, tellsOfLoss } from './lane-trial'
import type { Slice } from './neighbour'
import type { Asked } from './path-estimate'
import { leastBytes, type WindowNeighbour, windowBytes } from './request-window'
import type { Addressee, SwarmState } from './state'

/** A neighbour as its connections are looked after. */
export type LanesNeighbour = WindowNeighbour & Slice<'id' | 'unanswered' | 'dueSince' | 'ratesNow', 'lanes' | 'trial'>

/** After this long without a request, one connection to a neighbour will do. */
const IDLE_MS = 10_000

export class Lanes {
  constructor(private readonly state: SwarmState<LanesNeighbour & Addressee>) {}

  /** A request was answered, by a block or a reject. */
  answered(neighbour: LanesNeighbour, request: Asked): void {
    const lane = laneOf(neighbour, request.lane)
    lane?.answered(request)
    if (lane?.isClosing) this.closeIfDone(neighbour, lane)
  }

  /** A block tells something of its path. `isLimited`: a limit sets the pace, and not the path. */
  received(neighbour: LanesNeighbour, request: Asked, isLimited: boolean, now: Millis): void {
    const lane = laneOf(neighbour, request.lane)
    if (!lane) return
    const { policy } = this.state
    const pause = lane.received(request, now)
    const window = windowBytes(neighbour, lane, policy, now)
    lane.path.answered(request, lane.receivedBytes, window, leastBytes(lane.path, policy), now)
    if (isLimited || policy.mostLanes === 1) return
    if (tellsOfLoss(lane, pause)) {
      neighbour.trial ??= new LaneTrial()
      neighbour.trial.lost(pause, lane.path.bytesPerMs, now)
    }
    if (neighbour.trial) this.look(neighbour, neighbour.trial, now)
  }

  opened(neighbour: LanesNeighbour, id: number, now: Millis): void {
    if (laneOf(neighbour, id)) return
    neighbour.lanes.push(new Lane(id))
    neighbour.trial?.opened(now)
  }

  measured(neighbour: LanesNeighbour, roundTrip: RoundTrip | undefined, now: Millis): void {
    const { id, trial, lanes } = neighbour
    const [first] = lanes
    if (first && trial?.measured(roundTrip, first.path, neighbour.ratesNow(now).download, now))
      this.state.emit({ type: 'open-lanes', peer: id, count: this.state.policy.mostLanes - 1 })
  }

  /** A lane is gone. False where something was asked for over it, which will never be answered. */
  lost(neighbour: LanesNeighbour, id: number): boolean {
    const lane = laneOf(neighbour, id)
    if (lane && lane.openBytes > 0) return false
    neighbour.lanes = neighbour.lanes.filter((other) => other !== lane)
    return true
  }

  watch(neighbour: LanesNeighbour, now: Millis): void {
    if (neighbour.lanes.length > 1 && neighbour.unanswered.count === 0 && now - neighbour.dueSince >= IDLE_MS)
      this.closeMore(neighbour)
  }

  private look(neighbour: LanesNeighbour, trial: LaneTrial, now: Millis): void {
    const rate = neighbour.ratesNow(now).download
    if (neighbour.lanes.length > 1) {
      if (trial.wantsFewer(rate, now)) this.closeMore(neighbour)
      return
    }
    const { known } = this.state
    const leftBytes = known ? known.lacking.count * known.content.layout.chunkBytes : 0
    if (trial.wantsMeasure(leftBytes, rate, now)) this.state.emit({ type: 'measure-path', peer: neighbour.id })
  }

  private closeMore(neighbour: LanesNeighbour): void {
    for (const lane of [...neighbour.lanes]) {
      if (lane.id === FIRST_LANE) continue
      lane.isClosing = true
      this.closeIfDone(neighbour, lane)
    }
  }

  private closeIfDone(neighbour: LanesNeighbour, lane: Lane): void {
    if (lane.openBytes > 0) return
    neighbour.lanes = neighbour.lanes.filter((other) => other !== lane)
    this.state.emit({ type: 'close-lane', peer: neighbour.id, lane: lane.id })
  }
}

const laneOf = ({ lanes }: LanesNeighbour, id: number): Lane | undefined => lanes.find((lane) => lane.id === id)

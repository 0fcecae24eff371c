// What others send through the bottleneck of a path, for tests. Knows nothing of swarms.
import { ChannelEnd } from '../simulation/channel'
import type { Pipe, Route, Schedule } from '../simulation/pipe'

const PACKET_BYTES = 1_250
const MESSAGE_BYTES = 65_536

/** A stream at a steady rate that takes no notice of losses: a call. Gives what ends it. */
export function steadyTraffic(schedule: Schedule, pipe: Pipe, bytesPerSecond: number): () => void {
  let goesOn = true
  const next = () => {
    if (!goesOn) return
    pipe.carry(PACKET_BYTES, schedule.now)
    schedule.at(schedule.now + (PACKET_BYTES * 1000) / bytesPerSecond, next)
  }
  next()
  return () => {
    goesOn = false
  }
}

/**
 * A channel that sends as fast as it takes bytes: additive increase, multiplicative decrease. Gives how many bytes came
 * so far.
 */
export function greedyTraffic(schedule: Schedule, there: Route, back: Route): () => number {
  let received = 0
  const feed = () => {
    while (from.bufferedBytes <= 2 * MESSAGE_BYTES) from.send(MESSAGE_BYTES, MESSAGE_BYTES)
  }
  const [from] = ChannelEnd.pair<number>(
    schedule,
    { there, back },
    { received() {}, drained: feed },
    { received: (bytes) => (received += bytes), drained() {} },
  )
  from.lowMarkBytes = MESSAGE_BYTES
  feed()
  return () => received
}

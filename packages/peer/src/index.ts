// The main door: one peer of a swarm in any JavaScript runtime, given its ports, and transfers. What else there is
// comes by doors of its own: package.json names them.
export type { EarlySocket } from './line/early-socket'
export { SocketLine } from './line/socket-line'
export { type Rtc, simplePeerLinks } from './links/simple-peer-link'
export type {
  Clock,
  Hasher,
  IceServer,
  KeptStore,
  Line,
  LineHandlers,
  LinkConfiguration,
  OpenLink,
  PathLook,
  PeerLink,
  PeerLinkHandlers,
  Random,
  RelayChoice,
  TextMemory,
  TurnOutcome,
  Way,
} from './ports'
export { Snapshots } from './snapshots'
export { SwarmConnection } from './swarm/connection'
export { type ConnectionPlan, meetEverybody, type SwarmPorts } from './swarm/connection-ports'
export type { Gate } from './swarm/gate'
export { LiveSwarm, type LiveSwarmObserver, type LiveSwarmOptions } from './swarm/live-swarm'
export { possibleMs } from './time/possible-time'
export { Throttle } from './time/throttle'
export { Timers, type Waiting } from './time/timers'
export {
  type Distribution,
  type DistributionBounds,
  distributionOf,
  type Limits,
  type NeighbourSnapshot,
  type Phase,
  Receiving,
  Sending,
  type Side,
  Transfer,
  type TransferOptions,
  type TransferSnapshot,
} from './transfer/index'

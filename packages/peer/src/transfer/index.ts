// Transfers: one content on its way, sending or receiving.
export type { Limits } from './describe'
export { distributionOf } from './distribution'
export { Receiving } from './receiving'
export { Sending } from './sending'
export type { Side } from './side'
export type { Distribution, DistributionBounds, NeighbourSnapshot, Phase, TransferSnapshot } from './snapshot'
export { Transfer, type TransferOptions } from './transfer'

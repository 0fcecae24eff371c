// Types of this page's transfers.
export type { ChunkMap } from '@swarmdrop/core'
export type {
  Distribution,
  DistributionBounds,
  NeighbourSnapshot,
  TransferSnapshot as SessionSnapshot,
} from '@swarmdrop/peer'
export type { HashingProgress } from '../adapters/hashing/hash-files'
export type { CheckingProgress, ReceivingTransfer, SendingTransfer } from './transfers'

import type { ReceivingTransfer, SendingTransfer } from './transfers'
export type Session = ReceivingTransfer | SendingTransfer

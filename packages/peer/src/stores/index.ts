// Stores as adapters are made of them, for windows and workers alike: nothing here connects to anybody.
export { ChunkCache } from './chunk-cache'
export { digestAt, isProved, sameBytes } from './digests'
export { HeldMarks } from './held-marks'
export { FIRST_ANSWER_MS, inTime, LATER_ANSWER_MS } from './in-time'
export { joinedChunk } from './joined-chunk'
export { Placement, type Runs } from './placement'
export { type Pages, type RecoveryProgress, recoverRuns } from './recovery'
export {
  asStoreError,
  chunkMissing,
  contentIncomplete,
  keptDamaged,
  keptVanished,
  noSpaceLeft,
  remedyOf,
  storageRefused,
  storageSilent,
  storeClosed,
} from './store-errors'
export { SyncFileStore } from './sync-file-store'
export type { SyncHandle } from './sync-handle'

// What is kept beyond a visit.
export type { Choice } from './choice'
export {
  type KeptReceived,
  type KeptShared,
  type KeptTransfer,
  readTransfer,
  takenByAll,
  takenBytes,
} from './kept-transfer'
export { type Keeping, Library, type Opened, type Reopened } from './library'
export { Records, type RecordTable } from './records'
export { KEPT_DAYS } from './retention'
export type { LibraryPorts, RecoverableStore, Shelf } from './shelves'

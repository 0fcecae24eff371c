// The door to this page's transfers and to what the browser does for them. Knows nothing of how anything is drawn.
// Those who need no transfer have doors of their own: lab.ts, experiments.ts.
export { keepAwake } from '../adapters/device/wake-lock'
export { hasPicker, pickHandles } from '../adapters/files/file-handles'
export type { LeftOut } from '../adapters/files/left-out'
export { pickedFromHandles, pickedFromInput, pickedFromTransfer } from '../adapters/files/picking'
export type { SearchProgress } from '../adapters/files/search'
export type { HashingProgress } from '../adapters/hashing/hash-files'
export { Gathering, type Picking, type Shared } from './gathering'
export { deleteTransfer, handlesOf, keptTransfers } from './kept'
export { type FoundLink, linkInText, linkOfAddress } from './links'
export { tabModeration } from './moderation'
export { isNote, pickedFromNote } from './note'
export { hasPassword } from './password-keys'
export {
  canSaveFolder,
  canSaveTo,
  comesInZip,
  expectSaving,
  openPrefix,
  readText,
  saveAll,
  saveFolder,
  saveOne,
  saveTo,
} from './saving'
export { forgetSharedHere, kindOf, sharedHere } from './shared-here'
export {
  type CheckingProgress,
  expectLink,
  openLink,
  type ReceivingTransfer,
  type SendingTransfer,
  type Session,
  share,
  webRtcProblem,
} from './transfers'
export type { Unmeant } from './unmeant'

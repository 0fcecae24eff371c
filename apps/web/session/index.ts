// The door to this page's transfers and to what the browser does for them. Knows nothing of how anything is drawn. Those who need no
// transfer have doors of their own: lab.ts, experiments.ts.
export { keepAwake } from '../adapters/device/wake-lock'
export { hasFilePicker, pickFileHandles } from '../adapters/files/file-handles'
export type { LookProgress } from '../adapters/files/looking'
export { type Look, pickedFromHandles, pickedFromInput, pickedFromTransfer } from '../adapters/files/picking'
export type { HashingProgress } from '../adapters/hashing/hash-files'
export { deleteTransfer, handlesOf, keptTransfers } from './kept'
export { type FoundLink, linkInText, linkOfAddress, linkOfLostAddress } from './links'
export { canSaveFolder, canSaveTo, openPrefix, saveAll, saveFolder, saveOne, saveTo } from './saving'
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

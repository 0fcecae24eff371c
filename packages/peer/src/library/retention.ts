// Decides which kept transfers go, so that nothing fills a disk unseen. Pure; knows nothing of how they are deleted.
import { type KeptTransfer, latestFirst, takenBytes } from './kept-transfer'

export const KEPT_DAYS = 14
/** What was shared from here takes no space, but a list that nobody can read helps nobody. */
const MAX_SHARED = 10

const DAY_MS = 86_400_000

/** Those that nobody has opened for two weeks, and all but the latest that were shared from here. */
export function expired(transfers: readonly KeptTransfer[], nowMs: number): KeptTransfer[] {
  const shared = transfers.filter(({ role }) => role === 'sender').sort(latestFirst)
  const many = new Set(shared.slice(MAX_SHARED))
  return transfers.filter((transfer) => many.has(transfer) || nowMs - transfer.openedAtMs > KEPT_DAYS * DAY_MS)
}

/**
 * What goes to make room for so many bytes: only what has been saved, which is on the device a second time. The one that
 * was opened longest ago goes first, and no more than are needed.
 */
export function makingRoom(transfers: readonly KeptTransfer[], missingBytes: number): KeptTransfer[] {
  const going: KeptTransfer[] = []
  let missing = missingBytes
  for (const transfer of transfers.filter(isSecondCopy).sort(latestFirst).reverse()) {
    if (missing <= 0) break
    going.push(transfer)
    missing -= takenBytes(transfer)
  }
  return going
}

const isSecondCopy = (transfer: KeptTransfer) =>
  transfer.role === 'receiver' && transfer.stage === 'complete' && transfer.saved

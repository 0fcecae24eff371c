// Decides which kept transfers go, so that nothing fills a disk unseen. Pure; knows nothing of how they are deleted.
import { type KeptReceived, type KeptTransfer, latestFirst, takenByAll, takenBytes } from './kept-transfer'

export const KEPT_DAYS = 14
/** The most records of what was shared from here: they take no space, but a list that nobody can read helps nobody. */
const MAX_SHARED = 10

const DAY_MS = 86_400_000

/** The transfers that nobody has opened for KEPT_DAYS, and all but the latest that were shared from here. */
export function expired(transfers: readonly KeptTransfer[], nowMs: number): KeptTransfer[] {
  const shared = transfers.filter(({ role }) => role === 'sender').sort(latestFirst)
  const many = new Set(shared.slice(MAX_SHARED))
  return transfers.filter((transfer) => many.has(transfer) || nowMs - transfer.openedAtMs > KEPT_DAYS * DAY_MS)
}

/**
 * The transfers that go by themselves to make room for so many bytes: only those that are certainly on the device a
 * second time, the one opened longest ago first, and no more than are needed.
 */
export const makingRoom = (transfers: readonly KeptTransfer[], missingBytes: number): KeptReceived[] =>
  enough(transfers.filter(isComplete).filter(isSavedForCertain), missingBytes)

/**
 * The transfers that would make room if the person agrees: those handed to the browser, which may have arrived. Empty
 * where they would not make enough.
 */
export function mayMakeRoom(transfers: readonly KeptTransfer[], missingBytes: number): KeptReceived[] {
  const handed = transfers.filter(isComplete).filter(({ saved, handedOver }) => handedOver === true && !saved)
  const going = enough(handed, missingBytes)
  return takenByAll(going) >= missingBytes ? going : []
}

function enough(transfers: readonly KeptReceived[], missingBytes: number): KeptReceived[] {
  const going: KeptReceived[] = []
  let missing = missingBytes
  for (const transfer of [...transfers].sort(latestFirst).reverse()) {
    if (missing <= 0) break
    going.push(transfer)
    missing -= takenBytes(transfer)
  }
  return going
}

const isComplete = (transfer: KeptTransfer): transfer is KeptReceived =>
  transfer.role === 'receiver' && transfer.stage === 'complete'

const isSavedForCertain = ({ saved }: KeptReceived) => saved

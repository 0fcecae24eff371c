// What the start page lists: transfers that are kept here, and what can be done with them. Knows nothing of swarms.
import { openDatabase } from '../stores/database'
import { clearTransfer, sweepKept } from './clearing'
import { type KeptShared, type KeptTransfer, takenBytes } from './kept-transfer'
import { allTransfers, writeTransfer } from './records'

/** The latest first; empty where the browser keeps nothing. What is too old goes first. */
export async function keptTransfers(): Promise<KeptTransfer[]> {
  const database = await openDatabase()
  if (!database) return []
  await sweepKept(database).catch(() => {})
  return allTransfers(database).catch(() => [])
}

/** Frees its space. Rejects with an Error whose message is for the person. */
export async function deleteTransfer(transfer: KeptTransfer): Promise<void> {
  const database = await openDatabase()
  if (database) await clearTransfer(database, transfer)
}

/** So that it can be shared again by the same link.  */
export async function rememberShared(
  shared: Pick<KeptShared, 'id' | 'name' | 'bytes' | 'lone' | 'handles'>,
): Promise<void> {
  const database = await openDatabase()
  const record: KeptShared = { ...shared, role: 'sender', openedAtMs: Date.now() }
  // Nothing of the sharing hangs on it.
  if (database) await writeTransfer(database, record).catch(() => {})
}

/** Of the disk, by all of them. */
export const takenByAll = (transfers: readonly KeptTransfer[]): number =>
  transfers.reduce((sum, transfer) => sum + takenBytes(transfer), 0)

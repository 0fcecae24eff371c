// Frees the space of kept transfers: when the person says so, when they are old, and when a new one needs it.
import { StoreError } from '@swarmdrop/core'
import type { Database } from '../stores/database'
import { deleteChunks } from '../stores/database-store'
import { deleteDirectory, directoriesOn, hasFileSystem } from '../stores/private-files'
import { estimatedSpaceProblem, missingBytes } from '../stores/space'
import { claimContent } from './claims'
import type { KeptTransfer } from './kept-transfer'
import { allTransfers, deleteRecord } from './records'
import { expired, makingRoom } from './retention'

/** Chunks and record. Rejects with StoreError while another tab has it open. Only for whoever has not claimed it. */
export async function clearTransfer(database: Database, transfer: KeptTransfer): Promise<void> {
  if (transfer.role === 'sender') return deleteRecord(database, transfer)
  const release = await claimContent(transfer.id)
  if (!release) {
    throw new StoreError(
      'unavailable',
      `“${transfer.name}” is open in another tab. Close that tab, then delete it here.`,
    )
  }
  try {
    await deleteKept(database, transfer)
  } finally {
    release()
  }
}

/** As `clearTransfer`, for whoever has claimed it. The record goes last: what takes space is in the list until it is gone. */
export async function deleteKept(database: Database, transfer: KeptTransfer): Promise<void> {
  if (transfer.role === 'receiver' && transfer.place === 'files') {
    if (!(await deleteDirectory(`kept/${transfer.id}`))) {
      throw new StoreError(
        'unavailable',
        `“${transfer.name}” could not be deleted. Close other tabs that have it open.`,
      )
    }
  } else if (transfer.role === 'receiver') await deleteChunks(database, transfer.id)
  await deleteRecord(database, transfer)
}

/** Deletes what is too old, and files that no record knows. What is open is left alone. */
export async function sweepKept(database: Database): Promise<void> {
  const transfers = await allTransfers(database)
  for (const transfer of expired(transfers, Date.now())) await clearTransfer(database, transfer).catch(() => {})
  if (!hasFileSystem()) return
  const known = new Set(transfers.filter(({ role }) => role === 'receiver').map(({ id }) => id))
  for (const id of await directoriesOn('kept').catch(() => [])) {
    const release = known.has(id) ? undefined : await claimContent(id)
    if (!release) continue
    await deleteDirectory(`kept/${id}`)
    release()
  }
}

/** Deletes what may go where so many bytes do not fit. Rejects with StoreError when they do not fit without it either. */
export async function makeRoom(database: Database, neededBytes: number): Promise<void> {
  if ((await missingBytes(neededBytes)) === 0) return
  await sweepKept(database)
  const missing = await missingBytes(neededBytes)
  for (const transfer of makingRoom(await allTransfers(database), missing)) {
    await clearTransfer(database, transfer).catch(() => {})
  }
  const problem = await estimatedSpaceProblem(neededBytes)
  if (problem) throw problem
}

// Writes down which transfers are kept, with the manifest and the pages that prove them, and reads it all back with distrust.
// Knows nothing of chunks.
import { type Content, contentFromManifest, isHashPage, pageCount } from '@swarmdrop/core'
import type { Database } from '../stores/database'
import { type KeptReceived, type KeptTransfer, latestFirst, readTransfer } from './kept-transfer'

/** The latest first. What cannot be read is not among them. */
export async function allTransfers(database: Database): Promise<KeptTransfer[]> {
  const stored = await database.getAll('transfers')
  return stored
    .map(readTransfer)
    .filter((transfer) => transfer !== undefined)
    .sort(latestFirst)
}

export async function receivedTransfer(database: Database, id: string): Promise<KeptReceived | undefined> {
  const transfer = readTransfer(await database.get('transfers', ['receiver', id]))
  return transfer?.role === 'receiver' ? transfer : undefined
}

export async function writeTransfer(database: Database, transfer: KeptTransfer): Promise<void> {
  await database.put('transfers', transfer, [transfer.role, transfer.id])
}

/** The record, and what proves its content. */
export async function deleteRecord(database: Database, { role, id }: Pick<KeptTransfer, 'role' | 'id'>): Promise<void> {
  if (role === 'receiver') {
    await database.delete('pages', IDBKeyRange.bound([id], [id, []]))
    await database.delete('manifests', id)
  }
  await database.delete('transfers', [role, id])
}

export async function writeManifest(database: Database, id: string, { manifestBytes }: Content): Promise<void> {
  await database.put('manifests', manifestBytes, id)
}

export async function writePage(database: Database, id: string, page: number, bytes: Uint8Array): Promise<void> {
  await database.put('pages', bytes, [id, page])
}

/** Only what `contentId` proves; undefined when the manifest is not there, or another. */
export async function provedContent(
  database: Database,
  id: string,
  contentId: Uint8Array,
): Promise<{ content: Content; pages: (Uint8Array | undefined)[] } | undefined> {
  const manifest = await database.get('manifests', id)
  if (!(manifest instanceof Uint8Array)) return undefined
  const result = contentFromManifest(contentId, manifest)
  if (!result.ok) return undefined
  const { content } = result
  const numbers = Array.from({ length: pageCount(content.layout) }, (_, page) => page)
  const stored = await Promise.all(numbers.map((page) => database.get('pages', [id, page])))
  const pages = stored.map((bytes, page) =>
    bytes instanceof Uint8Array && isHashPage(content, page, bytes) ? bytes : undefined,
  )
  return { content, pages }
}

// What this browser keeps, as the start page lists it, and the way from it to the files that were shared.
import type { KeptShared, KeptTransfer } from '@swarmdrop/peer/library'
import { forgetPasswordKey } from './password-keys'
import { pageLibrary } from './ports'

export const keptTransfers = (): Promise<KeptTransfer[]> => pageLibrary().all()

export async function deleteTransfer(transfer: KeptTransfer): Promise<void> {
  await pageLibrary().delete(transfer)
  await forgetPasswordOfNothing(transfer.id)
}

/**
 * Forgets the password of a content that is no longer kept here. Somebody who has shared it and fetched it as well has
 * two records of it, and one may go.
 */
export async function forgetPasswordOfNothing(id: string): Promise<void> {
  const kept = await keptTransfers()
  if (!kept.some((transfer) => transfer.id === id)) forgetPasswordKey(id)
}

/** The handles that find the files of a share again; empty where the browser gave none. */
export const handlesOf = ({ handles }: KeptShared): FileSystemHandle[] => handles.filter(isHandle)

const isHandle = (value: unknown): value is FileSystemHandle =>
  typeof value === 'object' && value !== null && 'kind' in value && 'name' in value

// Hands what a transfer has received to the person: as a download, into a file of their choice, or to look at while it
// comes.
import { StoreError } from '@swarmdrop/core'
import type { TransferSnapshot } from '@swarmdrop/peer'
import { canChooseFile, type SaveOutcome } from '../adapters/saving/chosen-file'
import { canChooseFolder } from '../adapters/saving/chosen-folder'
import { isRenamedByBrowsers } from '../adapters/saving/saveable-names'
import { fileBlob, saveChosen, saveFile, saveToChosen, saveToFolder } from '../adapters/saving/saving'
import type { KeptContent } from '../adapters/saving/whole-chunks'
import { expectZip } from '../adapters/saving/zip-part'
import { ContentPrefix } from './content-prefix'
import type { ReceivingTransfer } from './transfers'

/** The chunk map's value for a chunk that is held. */
const HELD = 2

/**
 * Gives all that was chosen to the browser as a download: one file as it is, several as a ZIP with their folders.
 * Whether it arrives, no page is told. Rejects with an Error for the person.
 */
export async function saveAll(transfer: ReceivingTransfer): Promise<void> {
  const { of } = await savedBy(transfer, async (kept, name) => {
    await saveChosen(kept, name)
    return 'saved'
  })
  transfer.side.handedOver(of)
}

/** Whether a download of this file comes in a ZIP, as browsers would give it another name. */
export const comesInZip = ({ path }: { path: string }): boolean => isRenamedByBrowsers(path.replace(/^.*\//, ''))

export const saveOne = (transfer: ReceivingTransfer, index: number): Promise<void> =>
  reading(transfer, (kept) => saveFile(kept, index))

/**
 * One file of a content that is here, as text, every byte proved. Rejects with StoreError, which only the caller knows
 * of.
 */
export const readText = (transfer: ReceivingTransfer, index: number): Promise<string> =>
  reading(transfer, async (kept) => (await fileBlob(kept, index)).text())

/** Loads what saving these files will need, while the server of this page can surely be reached. */
export function expectSaving(files: TransferSnapshot['files']): void {
  if (files.length > 1 || files.some((file) => file.path.includes('/') || comesInZip(file))) expectZip()
}

/** Whether this browser asks where to save. */
export const canSaveTo = canChooseFile

/** All that was chosen into a file that the person is asked for, to its last byte. */
export async function saveTo(transfer: ReceivingTransfer): Promise<'saved' | 'cancelled'> {
  const { outcome, of } = await savedBy(transfer, saveToChosen)
  if (outcome === 'saved') transfer.side.saved(of)
  return outcome
}

/** Whether this browser lets a page write into a folder. */
export const canSaveFolder = canChooseFolder

/**
 * All that was chosen as a new folder in one that the person is asked for. `onFile` is told how many files are written.
 */
export async function saveFolder(
  transfer: ReceivingTransfer,
  onFile: (written: number) => void,
): Promise<'saved' | 'cancelled'> {
  const { outcome, of } = await savedBy(transfer, (kept, name) => saveToFolder(kept, name, onFile))
  if (outcome === 'saved') transfer.side.saved(of)
  return outcome
}

/** The start of a content, to be looked at while the rest comes, once fetching has begun. */
export async function openPrefix(transfer: ReceivingTransfer): Promise<ContentPrefix> {
  const { content } = await transfer.side.place()
  return new ContentPrefix({
    layout: content.layout,
    held: () => {
      const state = transfer.chunkMap()?.state
      return (chunk) => state?.[chunk] === HELD
    },
    read: (chunk, offset, length) => reading(transfer, ({ store }) => store.read(chunk, offset, length)),
    whole: () => reading(transfer, ({ store }) => store.contentBlob(0, content.layout.totalBytes)),
    want: (first, end) => transfer.side.want(first, end),
  })
}

/** `of`: the files that were chosen when it began; others may be by the time that it ends. */
const savedBy = (transfer: ReceivingTransfer, save: (kept: KeptContent, name: string) => Promise<SaveOutcome>) =>
  reading(transfer, async (kept, name) => ({ outcome: await save(kept, name), of: kept.chosen }))

/** Reads what a transfer's store holds. The transfer is told of a store that turns out to be gone. */
async function reading<T>(
  { side }: ReceivingTransfer,
  read: (kept: KeptContent, name: string) => Promise<T>,
): Promise<T> {
  const { name, ...kept } = await side.place()
  try {
    return await read(kept, name)
  } catch (error) {
    if (error instanceof StoreError) await side.foundFault(kept.store, error)
    throw error
  }
}

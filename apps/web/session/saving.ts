// Hands what a transfer has received to the person: as a download, into a file of their choice, or to look at while it comes.
import { canChooseFile } from '../adapters/saving/chosen-file'
import { saveFile, saveToChosen, saveZip } from '../adapters/saving/saving'
import { ContentPrefix } from './content-prefix'
import type { ReceivingTransfer } from './transfers'

/** As the chunk map says it. */
const HELD = 2

/** The whole content: one file as it is, several as a ZIP with their folders. Rejects with an Error for the person. */
export async function saveAll({ side }: ReceivingTransfer): Promise<void> {
  const { store, content, name } = await side.place()
  const { files } = content.manifest
  if (files.length === 1) await saveFile(store, files, 0)
  else await saveZip(store, files, name)
  side.saved()
}

export async function saveOne({ side }: ReceivingTransfer, index: number): Promise<void> {
  const { store, content } = await side.place()
  await saveFile(store, content.manifest.files, index)
}

/** Whether this browser asks where to save. */
export const canSaveTo = canChooseFile

/** As `saveAll`, into a file that the person is asked for. */
export async function saveTo({ side }: ReceivingTransfer): Promise<'saved' | 'cancelled'> {
  const { store, content, name } = await side.place()
  const outcome = await saveToChosen(store, content.manifest.files, name)
  if (outcome === 'saved') side.saved()
  return outcome
}

/** To look at the start while the rest comes, once fetching has begun. */
export async function openPrefix(transfer: ReceivingTransfer): Promise<ContentPrefix> {
  const { store, content } = await transfer.side.place()
  return new ContentPrefix({
    layout: content.layout,
    held: () => {
      const state = transfer.chunkMap()?.state
      return (chunk) => state?.[chunk] === HELD
    },
    read: (chunk, offset, length) => store.read(chunk, offset, length),
    whole: () => store.contentBlob(0, content.layout.totalBytes),
    want: (first, end) => transfer.side.want(first, end),
  })
}

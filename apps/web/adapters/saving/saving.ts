// Hands a complete content to the person as a download, every byte proved. Knows nothing of swarms.
import { type FileEntry, fileOffsets, fileRange, totalBytesOf } from '@swarmdrop/core'
import { isReadableToItsEnd } from '../files/blob-slice'
import { sha256OffThread } from '../hashing/digest-off-thread'
import type { ReceiverStore } from '../stores/receiver-store'
import { ownTimers } from '../workers/waiting'
import { ChosenBytes } from './chosen-bytes'
import { type SaveOutcome, writeToChosenFile } from './chosen-file'
import { provedBlob } from './proved-blob'
import { ProvedBytes } from './proved-bytes'
import { saveBlob } from './save-blob'
import { saveableName, withSaveableNames } from './saveable-names'
import { scratchBlob } from './scratch-blob'
import { type KeptContent, wholeChunks } from './whole-chunks'
import { zipLength, zipStream } from './zip'
import { zipBlob } from './zip-blob'

/** The browser asks for a place only soon after somebody has pressed something. */
const ASK_WITHIN_MS = 1_000

/** A second save hands out the ZIP of the first: it is as large as the content. */
const zips = new WeakMap<ReceiverStore, Promise<Blob>>()

/** Starts a download of one file of the content, under its own name without folders. Rejects with StoreError. */
export async function saveFile(kept: KeptContent, index: number): Promise<void> {
  const { files } = kept.content.manifest
  const { start, end } = fileRange(files, fileOffsets(files), index)
  saveBlob(await (kept.isPart ? copyOf(kept, [index]) : provedBlob(kept, start, end)), nameOf(files, index))
}

/** Starts a download of the files that were chosen: one as it is, several as one ZIP. `name` is without “.zip”. Rejects with StoreError. */
export async function saveChosen(kept: KeptContent, name: string): Promise<void> {
  const [index, another] = chosenOf(kept)
  if (index !== undefined && another === undefined) return saveFile(kept, index)
  if (!isChosenPart(kept)) return saveZip(kept, name)
  const { entries, content } = partOf(kept)
  saveBlob(await scratchBlob(zipLength(entries), () => zipStream(entries, content, new Date())), `${name}.zip`)
}

/**
 * Writes all that was chosen into a file that the person picks: the one file as it is, several as one ZIP, made as it is written.
 * No second copy is kept in between. `name` is without “.zip”. Rejects with StoreError.
 */
export async function saveToChosen(kept: KeptContent, name: string): Promise<SaveOutcome> {
  if (isChosenPart(kept)) return savePartTo(kept, name)
  const { files } = kept.content.manifest
  const totalBytes = totalBytesOf(files)
  const chosenName = saveableName(files.length === 1 ? nameOf(files, 0) : `${name}.zip`)
  const chunks = wholeChunks(kept, 0, totalBytes)
  chunks.catch(() => {})
  // What is gone already is said before anybody chooses a place for it.
  await Promise.race([chunks, new Promise((resolve) => setTimeout(resolve, ASK_WITHIN_MS))])
  return writeToChosenFile(chosenName, async () => {
    const content = new ProvedBytes(await chunks, sha256OffThread)
    return files.length === 1
      ? content.slice(0, totalBytes).stream()
      : zipStream(withSaveableNames(files), content, new Date())
  })
}

/** Nothing can be gone of it without being told as it is read: it goes through us chunk by chunk. */
function savePartTo(kept: KeptContent, name: string): Promise<SaveOutcome> {
  const { entries, content } = partOf(kept)
  const [only, another] = entries
  const alone = another === undefined ? only : undefined
  return writeToChosenFile(saveableName(alone ? nameOf([alone], 0) : `${name}.zip`), async () =>
    alone ? content.slice(0, content.bytes).stream() : zipStream(entries, content, new Date()),
  )
}

/** Starts a download of all files as one ZIP with their folders. `name` is without “.zip”. Rejects with StoreError. */
export async function saveZip(kept: KeptContent, name: string): Promise<void> {
  saveBlob((await readableZip(kept.store)) ?? (await newZip(kept)), `${name}.zip`)
}

/** Of an earlier save, unless the browser has deleted it. */
async function readableZip(store: ReceiverStore): Promise<Blob | undefined> {
  const zip = await zips.get(store)?.catch(() => undefined)
  return zip && (await isReadableToItsEnd(zip)) ? zip : undefined
}

function newZip(kept: KeptContent): Promise<Blob> {
  const { files } = kept.content.manifest
  const zip = wholeChunks(kept, 0, totalBytesOf(files)).then((chunks) =>
    zipBlob(withSaveableNames(files), chunks, new Date()),
  )
  zips.set(kept.store, zip)
  return zip
}

/** Whether what is to be saved is not simply all of it, with all of it here. */
const isChosenPart = ({ chosen, isPart }: KeptContent): boolean =>
  isPart === true || (chosen !== undefined && !chosen.isComplete)

const chosenOf = ({ chosen, content }: KeptContent): number[] =>
  chosen ? [...chosen.indices()] : [...content.manifest.files.keys()]

function partOf(kept: KeptContent): { entries: FileEntry[]; content: ChosenBytes } {
  const chosen = chosenOf(kept)
  const { files } = kept.content.manifest
  const entries = withSaveableNames(chosen.flatMap((index) => files[index] ?? []))
  return { entries, content: bytesOf(kept, chosen) }
}

function bytesOf(kept: KeptContent, files: readonly number[]): ChosenBytes {
  const all = kept.content.manifest.files
  const offsets = fileOffsets(all)
  const ranges = files.map((index) => fileRange(all, offsets, index))
  return new ChosenBytes(kept, ranges, sha256OffThread, ownTimers)
}

function copyOf(kept: KeptContent, files: readonly number[]): Promise<Blob> {
  const content = bytesOf(kept, files)
  return scratchBlob(content.bytes, () => content.slice(0, content.bytes).stream())
}

const nameOf = (files: readonly FileEntry[], index: number) => (files[index]?.path ?? '').replace(/^.*\//, '')

// Hands what was fetched of a content to the person as a download, every byte proved. Knows nothing of swarms.
import { type FileEntry, fileOffsets, fileRange, totalBytesOf } from '@swarmdrop/core/files'
import { isReadableToItsEnd } from '../files/blob-slice'
import { sha256OffThread } from '../hashing/digest-off-thread'
import type { ReceiverStore } from '../stores/receiver-store'
import { ownTimers } from '../workers/waiting'
import { ChosenBytes } from './chosen-bytes'
import { type SaveOutcome, writeToChosenFile } from './chosen-file'
import { writeToChosenFolder } from './chosen-folder'
import type { BytesToSave } from './files-with-bytes'
import { provedBlob } from './proved-blob'
import { ProvedBytes } from './proved-bytes'
import { saveBlob } from './save-blob'
import { isRenamedByBrowsers, saveableName, withSaveableNames } from './saveable-names'
import { scratchBlob } from './scratch-blob'
import { type KeptContent, wholeChunks } from './whole-chunks'
import { blobOf } from './whole-stream'
import { zipBlob } from './zip-blob'
import { type Tree, zipLength } from './zip-length'
import { zipPart } from './zip-part'

/** The browser asks for a place only soon after somebody has pressed something. */
const ASK_WITHIN_MS = 1_000

/** A second save hands out the ZIP of the first: it is as large as the content. */
const zips = new WeakMap<ReceiverStore, Promise<Blob>>()

/**
 * Starts a download of one file of the content, under its own name without folders; in a ZIP where browsers would take
 * another name. Rejects with StoreError.
 */
export async function saveFile(kept: KeptContent, index: number): Promise<void> {
  const { files } = kept.content.manifest
  const bytes = await fileBlob(kept, index)
  const name = nameOf(files[index])
  if (!isRenamedByBrowsers(name)) return saveBlob(bytes, name)
  const alone = { files: [{ ...files[index], path: saveableName(name), bytes: bytes.size }], folders: [] }
  const { zipStream } = await zipPart()
  const zip = await blobOf(zipStream(alone, bytes, new Date()))
  saveBlob(zip, `${name.replace(/^\.+/, '') || 'file'}.zip`)
}

/** One file of the content, whatever else of it is here. Rejects with StoreError. */
export async function fileBlob(kept: KeptContent, index: number): Promise<Blob> {
  const { files } = kept.content.manifest
  const { start, end } = fileRange(files, fileOffsets(files), index)
  return kept.isPart ? copyOf(kept, [index]) : provedBlob(kept, start, end)
}

/**
 * Starts a download of all that was chosen: one file as it is, several as one ZIP. `name` is without “.zip”. Rejects
 * with StoreError.
 */
export async function saveChosen(kept: KeptContent, name: string): Promise<void> {
  if (aloneIn(treeOf(kept))) return saveFile(kept, chosenOf(kept)[0] ?? 0)
  if (!isChosenPart(kept)) return saveZip(kept, name)
  const tree = withSaveableNames(treeOf(kept))
  const content = bytesOf(kept, chosenOf(kept))
  const { zipStream } = await zipPart()
  saveBlob(await scratchBlob(zipLength(tree), () => zipStream(tree, content, new Date())), `${name}.zip`)
}

/**
 * Writes all that was chosen into a file that the person picks: one as it is, several as one ZIP, made as it is
 * written. No second copy is kept in between. `name` is without “.zip”. Rejects with StoreError.
 */
export async function saveToChosen(kept: KeptContent, name: string): Promise<SaveOutcome> {
  const tree = treeOf(kept)
  const alone = aloneIn(tree)
  const content = await contentSoon(kept)
  return writeToChosenFile(saveableName(alone ? nameOf(alone) : `${name}.zip`), async () => {
    const bytes = await content()
    if (alone) return bytes.slice(0, alone.bytes).stream()
    return (await zipPart()).zipStream(withSaveableNames(tree), bytes, new Date())
  })
}

/** Writes all that was chosen as a new folder into one that the person picks. Rejects with StoreError. */
export async function saveToFolder(
  kept: KeptContent,
  name: string,
  onFile: (written: number) => void,
): Promise<SaveOutcome> {
  const content = await contentSoon(kept)
  return writeToChosenFolder(saveableName(name), withSaveableNames(treeOf(kept)), content, onFile)
}

/**
 * The whole content. What is gone already is said before anybody picks a place for it. A part goes through us chunk by
 * chunk, so nothing of it can be gone without being told.
 */
async function contentSoon(kept: KeptContent): Promise<() => Promise<BytesToSave>> {
  if (isChosenPart(kept)) return async () => bytesOf(kept, chosenOf(kept))
  const chunks = wholeChunks(kept, 0, kept.content.layout.totalBytes)
  chunks.catch(() => {})
  await Promise.race([chunks, new Promise((resolve) => setTimeout(resolve, ASK_WITHIN_MS))])
  return async () => new ProvedBytes(await chunks, sha256OffThread)
}

/** Starts a download of all files as one ZIP with their folders. `name` is without “.zip”. Rejects with StoreError. */
export async function saveZip(kept: KeptContent, name: string): Promise<void> {
  saveBlob((await readableZip(kept.store)) ?? (await newZip(kept)), `${name}.zip`)
}

/** The ZIP of an earlier save, unless the browser has deleted it. */
async function readableZip(store: ReceiverStore): Promise<Blob | undefined> {
  const zip = await zips.get(store)?.catch(() => undefined)
  return zip && (await isReadableToItsEnd(zip)) ? zip : undefined
}

function newZip(kept: KeptContent): Promise<Blob> {
  const { manifest } = kept.content
  const zip = wholeChunks(kept, 0, totalBytesOf(manifest.files)).then((chunks) =>
    zipBlob(withSaveableNames(manifest), chunks, new Date()),
  )
  zips.set(kept.store, zip)
  return zip
}

/** Whether what is to be saved is less than the whole content. */
const isChosenPart = ({ chosen, isPart }: KeptContent): boolean =>
  isPart === true || (chosen !== undefined && !chosen.isComplete)

const chosenOf = ({ chosen, content }: KeptContent): number[] =>
  chosen ? [...chosen.indices()] : [...content.manifest.files.keys()]

/** Folders that hold nothing belong to all of it. */
function treeOf(kept: KeptContent): Tree {
  const { files, folders } = kept.content.manifest
  const isAll = kept.chosen === undefined || kept.chosen.isComplete
  return isAll ? { files, folders } : { files: chosenOf(kept).flatMap((index) => files[index] ?? []), folders: [] }
}

/** The one file, with no folder next to it: saved as it is. */
const aloneIn = ({ files, folders }: Tree): FileEntry | undefined =>
  files.length === 1 && folders.length === 0 ? files[0] : undefined

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

const nameOf = (file: FileEntry | undefined) => (file?.path ?? '').replace(/^.*\//, '')

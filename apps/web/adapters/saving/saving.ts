// Hands a complete content to the person as a download, every byte proved. Knows nothing of swarms.
import { type FileEntry, fileOffsets, fileRange, totalBytesOf } from '@swarmdrop/core'
import { isReadableToItsEnd } from '../files/blob-slice'
import { sha256OffThread } from '../hashing/digest-off-thread'
import type { ReceiverStore } from '../stores/receiver-store'
import { type SaveOutcome, writeToChosenFile } from './chosen-file'
import { writeToChosenFolder } from './chosen-folder'
import { provedBlob } from './proved-blob'
import { ProvedBytes } from './proved-bytes'
import { saveBlob } from './save-blob'
import { saveableName, withSaveableNames } from './saveable-names'
import { type KeptContent, wholeChunks } from './whole-chunks'
import { type Tree, zipStream } from './zip'
import { zipBlob } from './zip-blob'

/** The browser asks for a place only soon after somebody has pressed something. */
const ASK_WITHIN_MS = 1_000

/** A second save hands out the ZIP of the first: it is as large as the content. */
const zips = new WeakMap<ReceiverStore, Promise<Blob>>()

/** Starts a download of one file of the content, under its own name without folders. Rejects with StoreError. */
export async function saveFile(kept: KeptContent, index: number): Promise<void> {
  const { files } = kept.content.manifest
  const { start, end } = fileRange(files, fileOffsets(files), index)
  saveBlob(await provedBlob(kept, start, end), nameOf(files, index))
}

/** One file, and no folder beside it: saved as it is. */
export const isOneFile = ({ files, folders }: Tree): boolean => files.length === 1 && folders.length === 0

/**
 * Writes everything into a file that the person chooses: the one file as it is, several as one ZIP, made as it is written.
 * No second copy is kept in between. `name` is without “.zip”. Rejects with StoreError.
 */
export async function saveToChosen(kept: KeptContent, name: string): Promise<SaveOutcome> {
  const { manifest } = kept.content
  const totalBytes = totalBytesOf(manifest.files)
  const alone = isOneFile(manifest)
  const chosenName = saveableName(alone ? nameOf(manifest.files, 0) : `${name}.zip`)
  const content = await contentSoon(kept)
  return writeToChosenFile(chosenName, async () => {
    const bytes = await content()
    return alone ? bytes.slice(0, totalBytes).stream() : zipStream(withSaveableNames(manifest), bytes, new Date())
  })
}

/** Writes everything as a new folder into one that the person chooses. Rejects with StoreError. */
export async function saveToFolder(
  kept: KeptContent,
  name: string,
  onFile: (written: number) => void,
): Promise<SaveOutcome> {
  const content = await contentSoon(kept)
  return writeToChosenFolder(saveableName(name), withSaveableNames(kept.content.manifest), content, onFile)
}

/** What is gone already is said before anybody chooses a place for it. */
async function contentSoon(kept: KeptContent): Promise<() => Promise<ProvedBytes>> {
  const chunks = wholeChunks(kept, 0, totalBytesOf(kept.content.manifest.files))
  chunks.catch(() => {})
  await Promise.race([chunks, new Promise((resolve) => setTimeout(resolve, ASK_WITHIN_MS))])
  return async () => new ProvedBytes(await chunks, sha256OffThread)
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
  const { manifest } = kept.content
  const zip = wholeChunks(kept, 0, totalBytesOf(manifest.files)).then((chunks) =>
    zipBlob(withSaveableNames(manifest), chunks, new Date()),
  )
  zips.set(kept.store, zip)
  return zip
}

const nameOf = (files: readonly FileEntry[], index: number) => (files[index]?.path ?? '').replace(/^.*\//, '')

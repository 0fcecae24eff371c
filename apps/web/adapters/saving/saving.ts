// Hands a complete content to the person as a download. Knows nothing of swarms.
import { type FileEntry, fileOffsets, fileRange, totalBytesOf } from '@swarmdrop/core'
import type { ReceiverStore } from '../stores/receiver-store'
import { type SaveOutcome, writeToChosenFile } from './chosen-file'
import { saveBlob } from './save-blob'
import { saveableName, withSaveableNames } from './saveable-names'
import { zipStream } from './zip'
import { zipBlob } from './zip-blob'

/** A second save hands out the ZIP of the first: it is as large as the content. */
const zips = new WeakMap<ReceiverStore, Promise<Blob>>()

/** Starts a download of one file of the content, under its own name without folders. */
export async function saveFile(store: ReceiverStore, files: readonly FileEntry[], index: number): Promise<void> {
  const { start, end } = fileRange(files, fileOffsets(files), index)
  saveBlob(await store.contentBlob(start, end), nameOf(files, index))
}

/**
 * Writes everything into a file that the person chooses: the one file as it is, several as one ZIP, made as it is written.
 * No second copy is kept in between. `name` is without “.zip”.
 */
export function saveToChosen(store: ReceiverStore, files: readonly FileEntry[], name: string): Promise<SaveOutcome> {
  const content = () => store.contentBlob(0, totalBytesOf(files))
  return files.length === 1
    ? writeToChosenFile(saveableName(nameOf(files, 0)), async () => (await content()).stream())
    : writeToChosenFile(saveableName(`${name}.zip`), async () =>
        zipStream(withSaveableNames(files), await content(), new Date()),
      )
}

/** Starts a download of all files as one ZIP with their folders. `name` is without “.zip”. */
export async function saveZip(store: ReceiverStore, files: readonly FileEntry[], name: string): Promise<void> {
  const zip = zips.get(store) ?? zipOf(store, files)
  zips.set(store, zip)
  try {
    saveBlob(await zip, `${name}.zip`)
  } catch (error) {
    zips.delete(store)
    throw error
  }
}

const nameOf = (files: readonly FileEntry[], index: number) => (files[index]?.path ?? '').replace(/^.*\//, '')

async function zipOf(store: ReceiverStore, files: readonly FileEntry[]): Promise<Blob> {
  return zipBlob(withSaveableNames(files), await store.contentBlob(0, totalBytesOf(files)), new Date())
}

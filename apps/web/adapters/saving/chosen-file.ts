// Writes bytes straight into a file that the person chooses, where the browser lets a page do that. Knows nothing of
// what they are.
import { StoreError } from '@swarmdrop/core'

/** The part of the File System Access API that is used: the types for windows do not have it. */
type Chosen = FileSystemFileHandle & { remove?(): Promise<void> }
type Picking = { showSaveFilePicker(options: { suggestedName: string }): Promise<FileSystemFileHandle> }

export type SaveOutcome = 'saved' | 'cancelled'

/** Chromium on secure origins. */
export const canChooseFile = (): boolean => picking() !== undefined

/**
 * Asks where to, which needs a press of the person just before, and writes there. Saved is what has reached the file to
 * its last byte; nothing is left at that place when it fails. Rejects with StoreError.
 */
export async function writeToChosenFile(
  suggestedName: string,
  bytes: () => Promise<ReadableStream<Uint8Array>>,
): Promise<SaveOutcome> {
  const file: Chosen | undefined = await chosenIn(async () => picking()?.showSaveFilePicker({ suggestedName }))
  if (!file) return 'cancelled'
  try {
    await writeAll(file, await bytes())
    return 'saved'
  } catch (error) {
    await removeEmpty(file)
    throw asWritingError(error)
  }
}

/** The person's choice in a dialog; undefined: they closed it, and have changed their mind. Rejects with StoreError. */
export async function chosenIn<T>(dialog: () => Promise<T>): Promise<T | undefined> {
  try {
    return await dialog()
  } catch (error) {
    if (error instanceof Error && error.name === 'AbortError') return undefined
    throw asWritingError(error)
  }
}

/** The error of a place that is the person's own: what goes wrong there says nothing of what is kept here. */
export function asWritingError(error: unknown): StoreError {
  if (error instanceof StoreError) return error
  const { name, message } = error instanceof Error ? error : { name: '', message: String(error) }
  if (name === 'QuotaExceededError')
    return new StoreError('unavailable', 'There is no space left where you chose to save it. Choose another place.')
  return new StoreError(
    'unavailable',
    `It could not be written there (${message}). Choose another place, or save it as a download.`,
  )
}

/** Writes all bytes to the file, to the last one, or rejects. */
export async function writeAll(file: FileSystemFileHandle, bytes: ReadableStream<Uint8Array>): Promise<void> {
  const into = await file.createWritable()
  let written = 0
  const counting = new WritableStream<Uint8Array<ArrayBuffer>>({
    write(piece) {
      written += piece.length
      return into.write(piece)
    },
    close: () => into.close(),
    abort: (reason) => into.abort(reason),
  })
  await bytes.pipeTo(counting as WritableStream<Uint8Array>)
  const { size } = await file.getFile()
  if (size !== written)
    throw new StoreError('unavailable', 'The saved file is incomplete. Save it again, or somewhere else.')
}

/** The browser has emptied the file when it was chosen. */
async function removeEmpty(file: Chosen): Promise<void> {
  try {
    if ((await file.getFile()).size === 0) await file.remove?.()
  } catch {
    // It is not there, or may not be removed.
  }
}

function picking(): Picking | undefined {
  return 'showSaveFilePicker' in window ? (window as Window & Picking) : undefined
}

// Writes bytes straight into a file that the person chooses, where the browser lets a page do that. Knows nothing of what
// they are.
import { asStoreError } from '@swarmdrop/peer/stores'

/** Of the File System Access API, as far as it is used: the types for windows do not have it. */
type Picking = { showSaveFilePicker(options: { suggestedName: string }): Promise<FileSystemFileHandle> }

export type SaveOutcome = 'saved' | 'cancelled'

/** Chromium on secure origins. */
export const canChooseFile = (): boolean => picking() !== undefined

/**
 * Asks where to, which needs a press of the person just before, and writes there. Nothing is left at that place when it
 * fails. Rejects with StoreError.
 */
export async function writeToChosenFile(
  suggestedName: string,
  bytes: () => Promise<ReadableStream<Uint8Array>>,
): Promise<SaveOutcome> {
  try {
    const file = await picking()?.showSaveFilePicker({ suggestedName })
    if (!file) return 'cancelled'
    await (await bytes()).pipeTo(await file.createWritable())
    return 'saved'
  } catch (error) {
    if (error instanceof Error && error.name === 'AbortError') return 'cancelled'
    throw asStoreError(error)
  }
}

function picking(): Picking | undefined {
  return 'showSaveFilePicker' in window ? (window as Window & Picking) : undefined
}

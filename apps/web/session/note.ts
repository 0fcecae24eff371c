// A text that was typed or pasted, as a file like any other. Knows nothing of what becomes of it.
import type { Picked } from '../adapters/files/picking'

/**
 * Always the same name, and none made of its first words: names stand in titles, lists and downloads, and stay there,
 * and people send each other passwords.
 */
const NAME = 'note.txt'

/** Whether a file of this path is a note, as far as its name tells. */
export const isNote = (path: string): boolean => /^note( \(\d+\))?\.txt$/.test(path)

/** `writtenAt`: its date, which is a part of its link. */
export function pickedFromNote(text: string, writtenAt = Date.now()): Picked {
  const file = new File([text], NAME, { type: 'text/plain', lastModified: writtenAt })
  return { files: [{ file, path: NAME, note: text }], folders: [], leftOut: [], silent: false }
}

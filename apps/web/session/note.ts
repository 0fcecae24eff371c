// A text that was typed or pasted, as a file like any other. Knows nothing of what becomes of it.
import type { Picked } from '../adapters/files/picking'

/**
 * Always the same name, and none made of its first words: names stand in titles, lists and downloads, and stay there, and people send
 * each other passwords.
 */
const NAME = 'note.txt'

export function pickedFromNote(text: string): Picked {
  const file = new File([text], NAME, { type: 'text/plain' })
  return { files: [{ file, path: NAME, isNote: true }], folders: [], leftOut: [], silent: false }
}

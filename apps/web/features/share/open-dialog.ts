// Asks for files: by the browser's newer dialog, which gives what finds them again on another day, or by the input's
// own. Knows nothing of what becomes of them.
import { hasPicker, type Picking, pickedFromHandles, pickHandles } from '../../session'

export type Kind = 'file' | 'folder'
export type OnPicked = (picked: Picking) => void

/** Opens the newer dialog. False: there is only the input's. Call it within a click. */
export function opensNewerDialog(kind: Kind, input: HTMLInputElement, onPicked: OnPicked): boolean {
  if (!hasPicker(kind)) return false
  void pickHandles(kind).then((handles) => {
    // Refused, by those who manage this browser: the other one may be allowed. It knows by itself that a click began
    // this. Later: while one click is being told, another of the same input does nothing.
    if (handles === undefined) setTimeout(() => input.click())
    else if (handles.length > 0) onPicked(pickedFromHandles(handles))
  })
  return true
}

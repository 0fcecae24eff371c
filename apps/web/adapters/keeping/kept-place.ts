// The private files of one kept content. Knows nothing of who may open them (claims.ts).
import { deleteDirectory, type Place } from '../stores/private-files'

/** `release` is called when the place is let go of, whichever way. */
export function keptPlace(id: string, release: () => void): Place {
  return {
    directory: `kept/${id}`,
    // The person wants the space: a download that was handed out has read it by then, or reads on from what is open.
    async free() {
      await deleteDirectory(`kept/${id}`)
      release()
    },
    release,
  }
}

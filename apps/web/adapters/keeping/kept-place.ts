// The private files of one kept content. Knows nothing of who may open them (claims.ts).
import { deleteDirectory, type Place } from '../stores/private-files'

/** `release` is called when the place is let go of, whichever way. */
export function keptPlace(id: string, release: () => void): Place {
  return {
    directory: `kept/${id}`,
    async free(handedOut) {
      // A download may still be reading: once the page is gone, the files are swept as those that no record knows.
      if (handedOut) return
      await deleteDirectory(`kept/${id}`)
      release()
    },
    release,
  }
}

// Starts a download, as if the person had followed a link to it. Knows nothing of what is saved.
import { saveableName } from './saveable-names'

/** The browser has taken hold of a download long before; a URL that is kept for good keeps its bytes too. */
const REVOKE_AFTER_MS = 60_000

/**
 * The type for bytes of any kind. Without one Chromium guesses, and gives a text without an ending another name:
 * `LICENSE.txt`.
 */
const ANY_BYTES = 'application/octet-stream'

export function saveBlob(blob: Blob, name: string): void {
  const url = URL.createObjectURL(blob.type === '' ? blob.slice(0, blob.size, ANY_BYTES) : blob)
  const link = document.createElement('a')
  link.href = url
  link.download = saveableName(name)
  document.body.append(link)
  link.click()
  link.remove()
  setTimeout(() => URL.revokeObjectURL(url), REVOKE_AFTER_MS)
}

export const saveText = (name: string, text: string, type: string): void => saveBlob(new Blob([text], { type }), name)

// The keys of passwords that this browser has been told, by link: never a password itself. A link is protected here as long as its key
// is, whatever becomes of the page. Knows nothing of what a key opens.
import { decodeBase64url, encodeBase64url } from '@swarmdrop/core'
import { storedText } from '../adapters/device/stored-text'

const stored = (id: string) => storedText('device', `swarmdrop-password-${id}`)

/** In a browser that keeps nothing: for as long as the page lives. */
const told = new Map<string, Uint8Array>()

/** `id`: the link's 43 characters. Undefined: the link is enough. */
export function passwordKeyOf(id: string): Uint8Array | undefined {
  const text = stored(id).read()
  return told.get(id) ?? (text === undefined ? undefined : decodeBase64url(text))
}

export function keepPasswordKey(id: string, key: Uint8Array): void {
  told.set(id, key)
  stored(id).write(encodeBase64url(key))
}

export function forgetPasswordKey(id: string): void {
  told.delete(id)
  stored(id).clear()
}

// The keys of passwords that this browser has been told, by link: never a password itself. A link is protected here as
// long as its key is, whatever becomes of the page. Knows nothing of what a key opens.
import { decodeBase64url, encodeBase64url } from '@swarmdrop/core'
import { storedText } from '../adapters/device/stored-text'
import { hearStoredText } from '../adapters/device/stored-text-changes'

const name = (id: string) => `swarmdrop-password-${id}`

/**
 * Where a key is kept. Where the browser has no more room for what stays, or keeps nothing: for as long as the tab, or
 * the page, lives.
 */
const shelves = (id: string) => [storedText('device', name(id)), storedText('tab', name(id)), memoryOf(id)]

const told = new Map<string, string>()

const memoryOf = (id: string) => ({
  read: () => told.get(id),
  write: (text: string) => {
    told.set(id, text)
    return true
  },
  clear: () => void told.delete(id),
})

/** `id`: the link's 43 characters. Undefined: the link is enough. */
export function passwordKeyOf(id: string): Uint8Array | undefined {
  for (const shelf of shelves(id)) {
    const key = decodeBase64url(shelf.read() ?? '')
    if (key && key.length > 0) return key
  }
  return undefined
}

export const hasPassword = (id: string): boolean => passwordKeyOf(id) !== undefined

export function keepPasswordKey(id: string, key: Uint8Array): void {
  forgetPasswordKey(id)
  shelves(id).find((shelf) => shelf.write(encodeBase64url(key)))
}

export function forgetPasswordKey(id: string): void {
  for (const shelf of shelves(id)) shelf.clear()
}

/** `heard`: another tab of this browser may have set another. Gives the way to stop it. */
export const hearPasswordKey = (id: string, heard: () => void): (() => void) => hearStoredText(name(id), heard)

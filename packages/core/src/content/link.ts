// The part of a link that names content: SHA-256 of its manifest, as text. Knows nothing of hosts.
import { decodeBase64url, encodeBase64url } from './base64url'
import { DIGEST_BYTES } from './layout'

/** 32 bytes in base64url. */
export const LINK_ID_CHARACTERS = 43

export function formatLinkId(id: Uint8Array): string {
  if (id.length !== DIGEST_BYTES) throw new RangeError(`a link names ${DIGEST_BYTES} bytes, not ${id.length}`)
  return encodeBase64url(id)
}

/** Reads what stands behind the `#` of a link, or a whole fragment with its `#`. `reason` is for the person. */
export function parseLinkId(text: string): { ok: true; id: Uint8Array } | { ok: false; reason: string } {
  const trimmed = text.trim()
  const characters = trimmed.startsWith('#') ? trimmed.slice(1) : trimmed
  if (!/^[A-Za-z0-9_-]*$/.test(characters)) {
    return refuse('The link is damaged: it has a character that no link has.')
  }
  if (characters.length < LINK_ID_CHARACTERS) {
    return refuse(`The link is cut off: it has ${characters.length} of ${LINK_ID_CHARACTERS} characters after the #.`)
  }
  if (characters.length > LINK_ID_CHARACTERS) {
    return refuse(
      `The link is too long: it has ${characters.length} characters after the #, not ${LINK_ID_CHARACTERS}.`,
    )
  }
  const id = decodeBase64url(characters)
  return id ? { ok: true, id } : refuse('The link is damaged: its last character cannot be right.')
}

function refuse(what: string): { ok: false; reason: string } {
  return { ok: false, reason: `${what} Copy the whole link again, or ask the sender for it.` }
}

// What an address or a pasted text says of a link, whatever chats and mail programs made of it. Knows no transfer.
import { findLinkId, findLinkInText, formatLinkId, LINK_ID_CHARACTERS, parseLinkId, plainText } from '@swarmdrop/core'

type Address = Pick<Location, 'hash' | 'pathname' | 'search'>
/** `id`: its 43 characters. `problem`: why they are none, in a sentence for the person. */
export type FoundLink = { id: string } | { problem: string }
/** `elsewhere`: the address that it has in the text, where that is another server's. */
export type PastedLink = { id: string; elsewhere?: string }

/** The link in an address; undefined: the address is that of the start page. */
export function linkOfAddress({ hash, search }: Pick<Address, 'hash' | 'search'>): FoundLink | undefined {
  const fragment = hash.replace(/^#/, '')
  if (fragment !== '') {
    const found = findLinkId(fragment)
    return found.ok ? { id: formatLinkId(found.id) } : { problem: found.reason }
  }
  // A tracker that puts something before an encoded `#` has moved it here.
  const moved = findLinkInText(search)
  return moved && { id: formatLinkId(moved) }
}

/** The link in an address under which there is no page: its `#` may be encoded, or gone. */
export function linkOfLostAddress({ pathname, search, hash }: Address): string | undefined {
  const behind = findLinkInText(pathname + search + hash)
  if (behind) return formatLinkId(behind)
  const last = parseLinkId(
    plainText(pathname)
      .split(/[^\w-]+/)
      .filter(Boolean)
      .at(-1) ?? '',
  )
  return last.ok ? formatLinkId(last.id) : undefined
}

/** `host`: where this page is, with its port. */
export function linkInText(text: string, host: string): PastedLink | { problem: string } {
  const bytes = findLinkInText(text)
  if (!bytes) return { problem: problemIn(text) }
  const id = formatLinkId(bytes)
  const address = addressBefore(plainText(text), id)
  return address === undefined || isHere(address, host) ? { id } : { id, elsewhere: `${address.href}#${id}` }
}

function problemIn(text: string): string {
  const [, ...fragments] = plainText(text).split('#')
  const found = fragments.length > 0 && findLinkId(fragments.join('#'))
  if (found && !found.ok) return found.reason
  return `This contains no link. A link ends with a # and ${LINK_ID_CHARACTERS} characters; a code is like 7-guitar-orbit.`
}

/** The last one: a wrapper's own address stands before it. */
function addressBefore(plain: string, id: string): URL | undefined {
  const [before = ''] = plain.split(id, 1)
  const [address] = before.match(/https?:\/\/(?!.*https?:\/\/)[^\s<>"'#]+(?=#[^\w]*$)/i) ?? []
  return address !== undefined && URL.canParse(address) ? new URL(address) : undefined
}

/** Another computer's `localhost` may be this very server, under the name that it has there. */
const isHere = (address: URL, host: string) =>
  address.host === host || /^(localhost|127\..+|\[::1\])$/.test(address.hostname)

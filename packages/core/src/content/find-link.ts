// Finds a link's id in what chats, mail programs and trackers made of the link. Knows nothing of hosts.
import { LINK_ID_CHARACTERS, parseLinkId } from './link'
import { plainText } from './plain-text'

type FoundLink = ReturnType<typeof parseLinkId>

/** Reads the whole of what stands behind a `#`, an address's path or its query. `reason` is for the person. */
export function findLinkId(text: string): FoundLink {
  const stretches = plainText(text).split('#')
  return behindHash(stretches) ?? anywhere(stretches) ?? parseLinkId(nearestTo(stretches))
}

/** Reads text that may hold a whole link, among other words; undefined: it holds none. An id by itself is one too. */
export function findLinkInText(text: string): Uint8Array | undefined {
  const plain = plainText(text)
  const alone = parseLinkId(plain)
  if (alone.ok) return alone.id
  // Words that happen to be as long as an id are none: it has to follow a `#`.
  const [, ...stretches] = plain.split('#')
  const found = behindHash(stretches)
  return found?.ok ? found.id : undefined
}

const RUN = /[\w-]+/g
/** A line that was broken, in a quotation too. */
const BROKEN = /[\w-]+(?:[\s>|]+[\w-]+)*/

/** The characters that follow the `#` at once, whatever signs are in between. */
function behindHash(stretches: readonly string[]): FoundLink | undefined {
  for (const stretch of stretches) {
    const found = first(windowsOf(stretch.match(RUN)?.[0] ?? ''))
    if (found) return found
  }
  return first(stretches.flatMap(joined))
}

const anywhere = (stretches: readonly string[]) =>
  first(stretches.flatMap((stretch) => stretch.match(RUN) ?? []).filter(isLong))

/**
 * Stretches of a run that may be an id. No id ends or begins with a dash or an underscore, so those belong to what
 * surrounds it.
 */
function windowsOf(run: string): string[] {
  const end = run.replace(/[-_]+$/, '')
  return [end, end.replace(/^[-_]+/, '')].filter(isLong).concat(run.slice(0, LINK_ID_CHARACTERS))
}

/** The pieces of a broken line, where they are an id exactly. */
function joined(stretch: string): string[] {
  let text = ''
  for (const piece of stretch.match(BROKEN)?.[0].match(RUN) ?? []) {
    text += piece
    if (text.length >= LINK_ID_CHARACTERS) break
  }
  return [text].filter(isLong)
}

const isLong = (text: string) => text.length === LINK_ID_CHARACTERS

function first(texts: readonly string[]): FoundLink | undefined {
  return texts.map(parseLinkId).find(({ ok }) => ok)
}

/** The stretch that was meant to be the id, for the words that say what is wrong with it. */
function nearestTo(stretches: readonly string[]): string {
  const parts = stretches.flatMap((stretch) => stretch.split(/[&?;]/))
  const bare = parts.map((part) => part.replace(/^[^\w-]+|[^\w-]+$/g, ''))
  return bare.reduce((longest, part) => (part.length > longest.length ? part : longest), '')
}

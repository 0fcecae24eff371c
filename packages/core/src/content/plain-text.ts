// Takes off what programs put over text that they pass on: encodings, invisible characters, other forms of dashes.
// Knows nothing of links.

/** The length of text that is looked at: more than any wrapper makes of a link, and read in a moment. */
const MOST_CHARACTERS = 8_000
/** A wrapper in a wrapper in a wrapper. */
const MOST_LAYERS = 3

const NAMED = new Map(
  Object.entries({ amp: '&', lt: '<', gt: '>', quot: '"', num: '#', nbsp: ' ', shy: '', zwj: '', zwnj: '' }),
)
/** Zero-width spaces, soft hyphens, marks of direction, selectors of variants. */
const INVISIBLE = /[\p{Cf}\p{M}]/gu

/** The text without what programs put over it; of a long text, its start. */
export function plainText(text: string): string {
  let plain = unwrapped(text.slice(0, MOST_CHARACTERS))
  for (let layer = 0; layer < MOST_LAYERS; layer++) plain = withoutEntities(withoutPercent(plain))
  return (
    plain
      .normalize('NFKC')
      .replace(INVISIBLE, '')
      // Markdown guards underscores so, and mail breaks lines so.
      .replace(/\\([-_])/g, '$1')
      .replace(/=\r?\n/g, '')
      // What word processors make of one dash, and of two.
      .replace(/[\u2010-\u2013\u2212]/g, '-')
      .replaceAll('\u2014', '--')
  )
}

/** Proofpoint's mail filters have two encodings of their own. */
function unwrapped(text: string): string {
  return text
    .replace(/(urldefense\.proofpoint\.com\/v2\/url\?u=)([\w.~-]+)/g, (_all, wrapper: string, address: string) => {
      return wrapper + address.replaceAll('_', '/').replaceAll('-', '%')
    })
    .replace(/(urldefense\.com\/v3\/__)(.*?)__;/g, (_all, wrapper: string, address: string) => {
      return `${wrapper}${address.replaceAll('*', '#')} `
    })
}

/**
 * Decodes percent signs. Where the bytes are no UTF-8, only ASCII is decoded, so that the rest still stands apart from
 * it.
 */
function withoutPercent(text: string): string {
  return text.replace(/(?:%[\da-f]{2})+/gi, (encoded) => {
    try {
      return decodeURIComponent(encoded)
    } catch {
      return encoded.replace(/%([2-7][\da-f])/gi, (_all, code: string) => characterOf(Number.parseInt(code, 16)))
    }
  })
}

function withoutEntities(text: string): string {
  return text
    .replace(/&#(\d{1,6});/g, (_all, code: string) => characterOf(Number(code)))
    .replace(/&#x([\da-f]{1,5});/gi, (_all, code: string) => characterOf(Number.parseInt(code, 16)))
    .replace(/&([a-z]{2,4});/g, (entity, name: string) => NAMED.get(name) ?? entity)
}

const characterOf = (code: number) => String.fromCodePoint(code)

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodeBase64url } from './base64url'
import { findLinkId, findLinkInText } from './find-link'
import { formatLinkId } from './link'

/** A link with dashes and underscores in it, as most have. */
const link = 'QkFEIExJ-ktTIEd_VCBBIENMRUFSIFN-TlRFTkN_Li4'
const id = decodeBase64url(link)
const found = { ok: true, id }
const halves = [link.slice(0, 20), link.slice(20)] as const

/** What stands around a link, by what puts it there: in the address behind the first `#`, or in a text. */
const behind: Record<string, string> = {
  'a full stop': `${link}.`,
  'a bracket': `${link})`,
  'a comma and a quote': `${link},"`,
  'full stops of other scripts': `${link}。`,
  'a question mark': `${link}?`,
  'an ellipsis': `${link}…`,
  'a tracker': `${link}&fbclid=IwAR0_${'a'.repeat(60)}`,
  'a tracker as long as an id': `${link}&sid=${formatLinkId(new Uint8Array(32))}`,
  'a campaign': `${link}?utm_source=chat&utm_medium=social`,
  'a text fragment': `${link}:~:text=hello`,
  'a slash': `${link}/`,
  'a zero-width space': `${link}\u200b`,
  'a zero-width space, encoded': `${link}%E2%80%8B`,
  'a byte order mark and a mark of direction': `${link}\ufeff\u200e`,
  'half a character': `${link}%E2%80`,
  'an escaped line': `${link}\\n`,
  'a line, encoded': `${link}%0A`,
  'emphasis by underscores': `_${link}_`,
  'emphasis by dashes': `--${link}--`,
  'emphasis by stars': `**${link}**`,
  'a code mark': `\`${link}\``,
  'an angle bracket': `${link}>`,
  'a label of a chat': `${link}|the film>`,
  'the next word': `${link}Sent from my phone`,
  'words of another script': `${link}を開いてください`,
  'the link once more': `${link}](https://drop.example.org/#${link})`,
}
const before: Record<string, string> = {
  'a slash': `/${link}`,
  'an exclamation mark': `!${link}`,
  'another hash': `#${link}`,
  'a hash, encoded': `%23${link}`,
  'a hash, encoded twice': `%2523${link}`,
  'a wide hash': `＃${link}`,
  'a space, encoded': `%20${link}`,
  'a zero-width space': `\u200b${link}`,
  'an angle bracket': `<${link}>`,
  'a quote, encoded': `%22${link}%22`,
  'a name': `id=${link}`,
  'another tracker': `fbclid=${'b'.repeat(61)}&${link}`,
  'a whole link': `https://drop.example.org/#${link}`,
  'a path': `/s/${link}/`,
}
const inside: Record<string, string> = {
  'a soft hyphen': halves.join('\u00ad'),
  'a soft hyphen, encoded': halves.join('%C2%AD'),
  'a zero-width space': halves.join('\u200b'),
  'a zero-width space in HTML': halves.join('&#8203;'),
  'a broken line': halves.join('\r\n'),
  'a broken line of a quotation': halves.join('\n> '),
  'a broken line, and what follows': `${halves.join(' \n')} and this`,
  'a broken line of mail': halves.join('=\r\n'),
  'a space, encoded': halves.join('%20'),
  'guarded underscores': link.replaceAll('_', '\\_'),
  'guarded underscores, encoded': link.replaceAll('_', '%5C_'),
  'encoded dashes': link.replaceAll('-', '%2D').replaceAll('_', '%5F'),
  'dashes that do not break': link.replaceAll('-', '\u2011'),
  'dashes of a word processor': link.replaceAll('-', '\u2013'),
  'wide characters': [...link].map((one) => String.fromCodePoint((one.codePointAt(0) ?? 0) + 0xfee0)).join(''),
}
const texts: Record<string, string> = {
  'a sentence': `Here it is: https://drop.example.org/#${link}. Have a look!`,
  'a sentence with a number': `Regarding #12, see https://drop.example.org/#${link}`,
  'a bracket of mail': `The film <https://drop.example.org/#${link}>`,
  'a bracket with words': `[the film](https://drop.example.org/#${link})`,
  'an encoded hash': `https://drop.example.org/%23${link}`,
  'an entity': `https://drop.example.org/&#35;${link}`,
  'another line': `https://drop.example.org/\n#${link}\n`,
  'a redirect': `https://l.chat.example/l.php?u=https%3A%2F%2Fdrop.example.org%2F%23${link}&h=AT0${'c'.repeat(40)}`,
  'a mail filter': `https://eur01.safelinks.protection.outlook.com/?url=https%3A%2F%2Fdrop.example.org%2F%23${link}&data=05%7C02&sdata=${'d'.repeat(43)}%3D&reserved=0`,
  'a mail filter with an encoding of its own': `https://urldefense.proofpoint.com/v2/url?u=https-3A__drop.example.org_-23${link.replaceAll('-', '-2D').replaceAll('_', '-5F')}&d=DwMFaQ&r=${'e'.repeat(43)}`,
  'its successor': `https://urldefense.com/v3/__https://drop.example.org/*${link}__;Iw!!Abc${'f'.repeat(43)}$`,
  'an id alone': ` ${link}\n`,
}

describe('[LINK-3] the id is found in what surrounds it', () => {
  it.each(Object.entries(behind))('%s behind it', (_what, text) => expect(findLinkId(text)).toEqual(found))
  it.each(Object.entries(before))('%s before it', (_what, text) => expect(findLinkId(text)).toEqual(found))
  it.each(Object.entries(inside))('%s inside it', (_what, text) => expect(findLinkId(text)).toEqual(found))
  it.each(Object.entries(texts))('%s round it', (_what, text) => expect(findLinkInText(text)).toEqual(id))

  it('whichever it is, and whatever signs stand round it', () => {
    const anyId = fc.uint8Array({ minLength: 32, maxLength: 32 })
    const signs = fc.stringMatching(/^[ \t!"$'()*+,./:<>?@[\]^`{|}~\u200b-\u200f\ufeff。」…]{0,8}$/u)
    fc.assert(
      fc.property(anyId, signs, signs, (any, left, right) => {
        const text = `${left}${formatLinkId(any)}${right}`
        expect(findLinkId(text)).toEqual({ ok: true, id: new Uint8Array(any) })
        expect(findLinkInText(`see https://drop.example.org/#${text}`)).toEqual(new Uint8Array(any))
      }),
    )
  })
})

describe('[LINK-4] what holds no id', () => {
  const reasonOf = (text: string) => {
    const parsed = findLinkId(text)
    return parsed.ok ? undefined : parsed.reason
  }

  it.each([
    ['cut off: it has 38 of 43', link.slice(0, 38)],
    ['cut off: it has 38 of 43', `${link.slice(0, 38)}.`],
    ['cut off: it has 38 of 43', `/${link.slice(0, 38)}…`],
    ['cut off: it has 38 of 43', `${link.slice(0, 38)}&utm_source=chat`],
    ['cut off: it has 0 of 43', ''],
    ['a character that no link has', `${link.slice(0, 20)}%20${link.slice(21)}`],
    ['a character that no link has', `${link.slice(0, 20)}é${link.slice(21)}`],
    ['its last character', `${'A'.repeat(42)}B`],
    ['too long: it has 44', `${'A'.repeat(42)}BB`],
  ])('is refused as %s (%s)', (reason, text) => expect(reasonOf(text)).toContain(reason))

  it('is found in no text without a hash before it, however long its words are', () => {
    for (const text of ['', 'hello', `a word ${link}`, `${link} and more`, `token=${link}`, `#hello ${link}x`])
      expect(findLinkInText(text)).toBeUndefined()
  })
})

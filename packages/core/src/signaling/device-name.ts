// What a device is called where people see who is there. Knows nothing of where a name comes from.

/** The longest name, in code points: it stands in a table's first column. */
export const MAX_DEVICE_NAME_CHARACTERS = 40

/** White space, and what is as blank without being called so. */
const BLANK = /[\s\u2800]+/gu
/**
 * Control characters, all that is unseen or turns text round, fillers of Hangul among it; lone surrogates, private
 * characters, none.
 */
const UNFIT = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gu
/** Marks that pile up on a letter. */
const PILED = /(?<=\p{M}{3})\p{M}/gu

/** Fit to be shown, no matter who says it; undefined: nothing of it can be seen. */
export function deviceName(said: string): string | undefined {
  // What is cut off need not be looked at: an accent is a character of its own before it is joined.
  const seen = said
    .slice(0, 8 * MAX_DEVICE_NAME_CHARACTERS)
    .replace(BLANK, ' ')
    // Before all that looks at neighbours: what is taken out brings others together.
    .replace(UNFIT, '')
    .normalize('NFC')
    .replace(BLANK, ' ')
    .replace(PILED, '')
  const name = Array.from(seen.trim()).slice(0, MAX_DEVICE_NAME_CHARACTERS).join('').trim()
  return /[\p{L}\p{N}\p{P}\p{S}]/u.test(name) ? name : undefined
}

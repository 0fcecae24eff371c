// What a device is called where people see who is there. Knows nothing of where a name comes from.

/** In code points: it stands in a table's first column. */
export const MAX_DEVICE_NAME_CHARACTERS = 40

// Control characters, all that is unseen or turns text round, lone surrogates, private characters; and marks that pile up on a letter.
const UNFIT = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}]|(?<=\p{M}{3})\p{M}/gu

/** Fit to be shown, whoever says it; undefined: nothing of it can be seen. */
export function deviceName(said: string): string | undefined {
  // What is cut off need not be looked at: an accent is a character of its own before it is joined.
  const seen = said
    .slice(0, 8 * MAX_DEVICE_NAME_CHARACTERS)
    .normalize('NFC')
    .replace(/\s+/gu, ' ')
    .replace(UNFIT, '')
  const name = Array.from(seen.trim()).slice(0, MAX_DEVICE_NAME_CHARACTERS).join('').trim()
  return /[\p{L}\p{N}\p{P}\p{S}]/u.test(name) ? name : undefined
}

// Texts of a known number of bytes in base64url, as messages carry them. Knows nothing of what they stand for.
import * as z from 'zod/mini'

export const base64url = /^[A-Za-z0-9_-]+$/

/** The bytes of an id or a secret that nobody guesses. */
export const ID_BYTES = 16

/** A text of so many bytes, without padding. */
export const textOf = (bytes: number) => z.string().check(z.length(Math.ceil((4 * bytes) / 3)), z.regex(base64url))

/** An id or a secret of 16 bytes, in 22 characters. */
export const IdText = textOf(ID_BYTES)

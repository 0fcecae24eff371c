// Whether a text is a code that was read aloud, as far as can be told without its words. Knows nothing of what codes
// are good for.

const LIKE_CODE = /^[^\p{L}\p{N}]*\d{1,6}(?!\p{N})[^\p{N}#/]{0,60}$/u
const WHOLE = /^\s*\d{1,5}-[a-z]+-[a-z]+\s*$/i

/** A code, or what becomes one as it is typed; a link is none. */
export const isLikeCode = (text: string): boolean => LIKE_CODE.test(text)

/** Whether a text is written as codes are, and as nobody would write for another reason. */
export const isWrittenAsCode = (text: string): boolean => WHOLE.test(text)

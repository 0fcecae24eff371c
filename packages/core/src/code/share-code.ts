// A code that people read to each other, as 7-guitar-orbit: drawn, written, and read in whatever form it is typed.
// Knows nothing of what it is good for.
import { lettersApart } from './letters-apart'
import { codeWords, drawWords } from './words'

/** `nameplate` says whom to ask, and is no secret; `words` are the password. */
export type ShareCode = { nameplate: number; words: string }

/** What somebody has typed: a code, the beginning of one, or none; `reason` is for the person. */
export type TypedCode = { kind: 'code'; code: ShareCode } | { kind: 'beginning' } | { kind: 'mistake'; reason: string }

const WORDS = 2
const NAMEPLATE_DIGITS = 5
/** A word that is further away was meant to be another one. */
const MOST_APART = 2
const MOST_COMPLETIONS = 6

export const formatShareCode = ({ nameplate, words }: ShareCode): string => `${nameplate}-${words}`

/** Each pair of words is as likely as any other. `randomBytes` must be a cryptographic source. */
export const drawCodeWords = (randomBytes: (length: number) => Uint8Array): string => drawWords(WORDS, randomBytes)

/**
 * Reads a code in upper or lower case, with dashes, spaces or other signs between, and also with none before the first
 * word.
 */
export function readShareCode(text: string): TypedCode {
  const { digits, words } = partsOf(text)
  if (digits === '') return mistake('A code begins with a number, as in 7-guitar-orbit.')
  if (digits.length > NAMEPLATE_DIGITS || Number(digits) === 0) return mistake('No code has this number.')
  const wrong = words.find((word, at) => !isWord(word) && !(at === words.length - 1 && isBeginning(word)))
  if (wrong !== undefined) return mistake(unknownWord(wrong))
  if (words.length > WORDS) return mistake('A code has a number and two words, like 7-guitar-orbit.')
  if (words.length < WORDS || !words.every(isWord)) return { kind: 'beginning' }
  return { kind: 'code', code: { nameplate: Number(digits), words: words.join('-') } }
}

/** What the text may become when its last word is ended, with whatever signs it has before that. */
export function completionsOf(text: string): string[] {
  const { digits, words } = partsOf(text)
  const last = words.at(-1)
  if (digits === '' || last === undefined || words.length > WORDS || isWord(last)) return []
  const at = text.toLowerCase().lastIndexOf(last)
  if (at < 0 || !words.slice(0, -1).every(isWord)) return []
  return codeWords
    .filter((word) => word.startsWith(last))
    .slice(0, MOST_COMPLETIONS)
    .map((word) => text.slice(0, at) + word)
}

function partsOf(text: string): { digits: string; words: string[] } {
  const [, digits = '', rest = ''] = /^[^\p{L}\p{N}]*(\d*)(.*)$/su.exec(text.normalize('NFKC').toLowerCase()) ?? []
  return { digits: digits.replace(/^0+(?=\d)/, ''), words: rest.split(/[^\p{L}\p{N}]+/u).filter(Boolean) }
}

const isWord = (word: string) => codeWords.includes(word)

const isBeginning = (word: string) => codeWords.some((known) => known.startsWith(word))

function unknownWord(word: string): string {
  const near = codeWords
    .filter((known) => Math.abs(known.length - word.length) <= MOST_APART)
    .map((known) => ({ known, letters: lettersApart(word, known) }))
    .filter(({ letters }) => letters <= MOST_APART)
    .sort((one, other) => one.letters - other.letters)
  const [nearest] = near
  return `No code has the word “${word}”.${nearest ? ` Did you mean “${nearest.known}”?` : ''}`
}

const mistake = (reason: string): TypedCode => ({ kind: 'mistake', reason })

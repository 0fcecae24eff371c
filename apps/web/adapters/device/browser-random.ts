// Chance, from the browser's cryptographic source; it is there on plain HTTP too.
import type { Random } from '@swarmdrop/peer'

const WORDS_AT_ONCE = 256
const words = new Uint32Array(WORDS_AT_ONCE)
let used = words.length

export const browserRandom: Random = {
  bytes: (length) => crypto.getRandomValues(new Uint8Array(length)),
  /** A random number of [0, 1). Drawn in bulk, as it is asked for often. */
  uniform() {
    if (used === words.length) {
      crypto.getRandomValues(words)
      used = 0
    }
    return (words[used++] as number) / 2 ** 32
  },
}

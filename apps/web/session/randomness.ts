// Chance, from the browser's cryptographic source; it is there on plain HTTP too.
import { encodeBase64url } from '@swarmdrop/core'

export const randomBytes = (length: number): Uint8Array => crypto.getRandomValues(new Uint8Array(length))

/** Differs from every other: names a run, and makes its content's id its own. */
export const drawRunId = (): string => encodeBase64url(randomBytes(9))

const words = new Uint32Array(256)
let used = words.length

/** Uniform in [0, 1), as the swarm wants it. Drawn in bulk: it is asked for often. */
export function random(): number {
  if (used === words.length) {
    crypto.getRandomValues(words)
    used = 0
  }
  return (words[used++] as number) / 4_294_967_296
}

// CPace (draft-irtf-cfrg-cpace-20) with ristretto255 and SHA-512, in roles: two who know one password agree on a key,
// and who listens or speaks in between has one guess for each run. Knows nothing of codes, nor of how messages are
// carried.
import { ristretto255, ristretto255_hasher } from '@noble/curves/ed25519.js'
import { hmac } from '@noble/hashes/hmac.js'
import { sha512 } from '@noble/hashes/sha2.js'
import { concatBytes, utf8ToBytes } from '@noble/hashes/utils.js'

/** The length of a share. */
export const SHARE_BYTES = 32
/** The length of a proof. */
export const PROOF_BYTES = 64

const GROUP = utf8ToBytes('CPaceRistretto255')
const GROUP_KEY = utf8ToBytes('CPaceRistretto255_ISK')
const MAC_KEY = utf8ToBytes('CPaceMac')
/** The block length of SHA-512. */
const BLOCK_BYTES = 128
/** The scalar has 252 bits. */
const TOP_BITS = 0x0f

/**
 * What both sides must know alike: `password` is the secret, `channel` says what the key is for, `session` is this
 * run's alone.
 */
export type CpaceInputs = { password: Uint8Array; channel: Uint8Array; session: Uint8Array }

/** What one side says in the clear: a point, and words that the key is bound to. */
export type CpaceMessage = { share: Uint8Array; data: Uint8Array }

export type CpaceSecret = { scalar: bigint; share: Uint8Array }

/** One side's half of one run, never used again. `randomBytes` must be a cryptographic source. */
export function cpaceSecret(inputs: CpaceInputs, randomBytes: (length: number) => Uint8Array): CpaceSecret {
  const scalar = scalarOf(randomBytes(SHARE_BYTES))
  return { scalar, share: generatorOf(inputs).multiply(scalar).toBytes() }
}

/**
 * The key (ISK) of 64 bytes; undefined where the other's share is none, or gives a point that everybody knows.
 * `initiator` and `responder` are both sides' messages, one's own included.
 */
export function cpaceKey(
  session: Uint8Array,
  scalar: bigint,
  otherShare: Uint8Array,
  { initiator, responder }: { initiator: CpaceMessage; responder: CpaceMessage },
): Uint8Array | undefined {
  const point = cpacePoint(scalar, otherShare)
  if (!point) return undefined
  const transcript = [initiator.share, initiator.data, responder.share, responder.data]
  return sha512(withLengths(GROUP_KEY, session, point, ...transcript))
}

/** The proof that a side has the key, by HMAC-SHA-512 of its own message. */
export function cpaceProof(session: Uint8Array, key: Uint8Array, { share, data }: CpaceMessage): Uint8Array {
  return hmac(sha512, sha512(concatBytes(MAC_KEY, session, key)), withLengths(share, data))
}

/** The product of a scalar and a share; undefined: no valid point, or the neutral one. */
export function cpacePoint(scalar: bigint, share: Uint8Array): Uint8Array | undefined {
  try {
    const point = ristretto255.Point.fromBytes(share)
    return point.is0() ? undefined : point.multiply(scalar).toBytes()
  } catch {
    return undefined
  }
}

/** The point that a password stands for: nobody knows its logarithm. */
export function generatorOf(inputs: CpaceInputs) {
  const generator = ristretto255_hasher.deriveToCurve?.(sha512(generatorString(inputs)))
  if (!generator) throw new Error('@noble/curves derives no points')
  return generator
}

/** The password fills the first block, so that the time of hashing does not tell its length. */
export function generatorString({ password, channel, session }: CpaceInputs): Uint8Array {
  const taken = withLength(GROUP).length + withLength(password).length + 1
  return withLengths(GROUP, password, new Uint8Array(Math.max(0, BLOCK_BYTES - taken)), channel, session)
}

/** Little endian. */
export function scalarOf(bytes: Uint8Array): bigint {
  let scalar = BigInt((bytes[SHARE_BYTES - 1] ?? 0) & TOP_BITS)
  for (let at = SHARE_BYTES - 2; at >= 0; at--) scalar = (scalar << 8n) | BigInt(bytes[at] ?? 0)
  return scalar
}

/** `lv_cat`: no two lists of texts give the same bytes. */
export const withLengths = (...texts: Uint8Array[]): Uint8Array => concatBytes(...texts.map(withLength))

/** `prepend_len`: the length in LEB128 comes first. */
function withLength(text: Uint8Array): Uint8Array {
  const length: number[] = []
  let left = text.length
  do {
    length.push((left & 0x7f) | (left > 0x7f ? 0x80 : 0))
    left >>= 7
  } while (left > 0)
  return concatBytes(Uint8Array.from(length), text)
}

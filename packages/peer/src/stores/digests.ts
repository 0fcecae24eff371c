// Compares bytes with the digest that proves them. Knows nothing of where either comes from.
import { DIGEST_BYTES } from '@swarmdrop/core'
import type { Hasher } from '../ports'

export const sameBytes = (a: Uint8Array, b: Uint8Array): boolean =>
  a.length === b.length && a.every((byte, index) => byte === b[index])

export const isProved = async (bytes: Uint8Array<ArrayBuffer>, digest: Uint8Array, sha256: Hasher): Promise<boolean> =>
  sameBytes(await sha256(bytes), digest)

/** The digest of the chunk at `index` in a run of digests, 32 bytes each. */
export const digestAt = (digests: Uint8Array, index: number): Uint8Array =>
  digests.subarray(index * DIGEST_BYTES, (index + 1) * DIGEST_BYTES)

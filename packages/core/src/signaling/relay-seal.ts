// Seals what two neighbours send each other through the server, so that it learns lengths and times alone, and can but
// withhold. Knows nothing of frames, nor of how a piece is carried.
import { chacha20poly1305 } from '@noble/ciphers/chacha.js'
import { hkdf } from '@noble/hashes/hkdf.js'
import { sha256 } from '@noble/hashes/sha2.js'
import { utf8ToBytes } from '@noble/hashes/utils.js'
import { decodeBase64url, encodeBase64url } from '../content/base64url'
import { MAX_PIECE_CHARACTERS } from './relay-protocol'

const SALT_BYTES = 16
const NAME_BYTES = 16
const KEY_BYTES = 32
const NONCE_BYTES = 12
const TAG_BYTES = 16

/** The most that one piece carries: it fills MAX_PIECE_CHARACTERS. */
export const MAX_PIECE_BYTES = Math.floor((MAX_PIECE_CHARACTERS * 3) / 4) - TAG_BYTES

/** The length of a sealed piece, in characters. */
export const sealedLength = (pieceBytes: number): number => Math.ceil(((pieceBytes + TAG_BYTES) * 4) / 3)

/** 22 base64url characters, drawn for each offer and each answer. `randomBytes` must be a cryptographic source. */
export const drawRelaySalt = (randomBytes: (length: number) => Uint8Array): string =>
  encodeBase64url(randomBytes(SALT_BYTES))

/** What the two sides of one attempt share; `pair` is all of it that the server learns. */
export type RelayKeys = { pair: string; fromOfferer: Uint8Array; fromAnswerer: Uint8Array }

/** `key`: the swarm's (`deriveSwarmKeys`). As both sides draw a salt, neither key is ever used again. */
export function relayKeys(key: Uint8Array, attempt: string, offerSalt: string, answerSalt: string): RelayKeys {
  const salts = utf8ToBytes(JSON.stringify([attempt, offerSalt, answerSalt]))
  const derive = (label: string, length: number) => hkdf(sha256, key, salts, utf8ToBytes(label), length)
  return {
    pair: encodeBase64url(derive('swarmdrop 1 relay pair', NAME_BYTES)),
    fromOfferer: derive('swarmdrop 1 relay from offerer', KEY_BYTES),
    fromAnswerer: derive('swarmdrop 1 relay from answerer', KEY_BYTES),
  }
}

/** Seals one direction, piece by piece. */
export class PieceSealer {
  private readonly key: Uint8Array
  private count = 0

  constructor(key: Uint8Array) {
    this.key = key
  }

  /** Base64url. `piece`: at most MAX_PIECE_BYTES. */
  seal(piece: Uint8Array): string {
    return encodeBase64url(chacha20poly1305(this.key, nonceOf(this.count++)).encrypt(piece))
  }
}

/** Opens what the other side's sealer sealed, in that order and no other. */
export class PieceOpener {
  private readonly key: Uint8Array
  private count = 0

  constructor(key: Uint8Array) {
    this.key = key
  }

  /**
   * The bytes of the next piece; undefined for anything else: changed, repeated, left out, out of order. Never throws.
   */
  open(sealed: string): Uint8Array | undefined {
    if (sealed.length > MAX_PIECE_CHARACTERS) return undefined
    const bytes = decodeBase64url(sealed)
    if (!bytes || bytes.length < TAG_BYTES) return undefined
    try {
      const piece = chacha20poly1305(this.key, nonceOf(this.count)).decrypt(bytes)
      this.count += 1
      return piece
    } catch {
      return undefined
    }
  }
}

/** The piece's number, in the last eight bytes: a key seals each number once. */
function nonceOf(count: number): Uint8Array {
  const nonce = new Uint8Array(NONCE_BYTES)
  new DataView(nonce.buffer).setBigUint64(NONCE_BYTES - 8, BigInt(count))
  return nonce
}

// Seals what two peers say through the tracker, so that it can neither read, change, redirect nor repeat it.
// Knows nothing of what is said, nor of sockets.
import { xchacha20poly1305 } from '@noble/ciphers/chacha.js'
import { bytesToUtf8 } from '@noble/ciphers/utils.js'
import { hkdf } from '@noble/hashes/hkdf.js'
import { sha256 } from '@noble/hashes/sha2.js'
import { concatBytes, utf8ToBytes } from '@noble/hashes/utils.js'
import { decodeBase64url, encodeBase64url } from '../content/base64url'
import { DIGEST_BYTES } from '../content/layout'
import { MAX_SEALED_CHARACTERS } from './protocol'

const SWARM_ID_BYTES = 16
const KEY_BYTES = 32
const SEQUENCE_BYTES = 8
const NONCE_BYTES = 24
const TAG_BYTES = 16
const HEADER_BYTES = SEQUENCE_BYTES + NONCE_BYTES

/** Senders whose last sequence number is remembered; with 50 neighbours, the forgotten ones are long gone. */
export const MAX_REMEMBERED_SENDERS = 4_096

/**
 * Derives from the link's 32 bytes what the tracker learns, and what it does not. Neither tells the other or the link.
 */
export function deriveSwarmKeys(contentId: Uint8Array): { swarmId: string; key: Uint8Array } {
  if (contentId.length !== DIGEST_BYTES)
    throw new RangeError(`a content id has ${DIGEST_BYTES} bytes, not ${contentId.length}`)
  const derive = (label: string, length: number) => hkdf(sha256, contentId, undefined, utf8ToBytes(label), length)
  return {
    swarmId: encodeBase64url(derive('swarmdrop 1 swarm id', SWARM_ID_BYTES)),
    key: derive('swarmdrop 1 signal key', KEY_BYTES),
  }
}

export type Opened = { ok: true; message: unknown } | { ok: false; reason: string }

/** Seals and opens for one peer id in one swarm. A new id needs a new Sealer. */
export class Sealer {
  private sequence = 0n
  private readonly highest = new Map<string, bigint>()

  /** `randomBytes` must be a cryptographic source: it draws the nonces. */
  constructor(
    private readonly key: Uint8Array,
    private readonly ownId: string,
    private readonly randomBytes: (length: number) => Uint8Array,
  ) {}

  /** The message as JSON, sealed, in base64url. Throws RangeError when the tracker would not carry so much. */
  seal(to: string, message: unknown): string {
    this.sequence += 1n
    const nonce = this.randomBytes(NONCE_BYTES)
    const cipher = xchacha20poly1305(this.key, nonce, associatedData(this.ownId, to, this.sequence))
    const ciphertext = cipher.encrypt(utf8ToBytes(JSON.stringify(message)))
    const sealed = encodeBase64url(concatBytes(bytesOfSequence(this.sequence), nonce, ciphertext))
    if (sealed.length > MAX_SEALED_CHARACTERS) {
      throw new RangeError(`a signal of ${sealed.length} characters is more than the ${MAX_SEALED_CHARACTERS} allowed`)
    }
    return sealed
  }

  /** `from` is the tracker's word, and is proved here. Never throws, whatever comes. */
  open(from: string, sealed: string): Opened {
    if (sealed.length > MAX_SEALED_CHARACTERS) return { ok: false, reason: 'the signal is too long' }
    const envelope = decodeBase64url(sealed)
    if (!envelope || envelope.length < HEADER_BYTES + TAG_BYTES) return { ok: false, reason: 'the signal is malformed' }
    const sequence = sequenceOf(envelope)
    const plain = this.decrypt(from, sequence, envelope)
    if (!plain) return { ok: false, reason: 'the signal was not sealed with this link, by this peer, for us' }
    if (sequence <= (this.highest.get(from) ?? 0n)) return { ok: false, reason: 'the signal is old: it was replayed' }
    this.remember(from, sequence)
    return parse(plain)
  }

  /** Frees what is remembered of a peer that has gone. */
  forget(peer: string): void {
    this.highest.delete(peer)
  }

  private decrypt(from: string, sequence: bigint, envelope: Uint8Array): Uint8Array | undefined {
    const nonce = envelope.subarray(SEQUENCE_BYTES, HEADER_BYTES)
    try {
      const cipher = xchacha20poly1305(this.key, nonce, associatedData(from, this.ownId, sequence))
      return cipher.decrypt(envelope.subarray(HEADER_BYTES))
    } catch {
      return undefined
    }
  }

  private remember(from: string, sequence: bigint): void {
    this.highest.delete(from)
    this.highest.set(from, sequence)
    if (this.highest.size <= MAX_REMEMBERED_SENDERS) return
    // The one heard longest ago. Its old signals could be played again, which its attempt's id makes useless.
    for (const oldest of this.highest.keys()) {
      this.highest.delete(oldest)
      return
    }
  }
}

function associatedData(from: string, to: string, sequence: bigint): Uint8Array {
  return utf8ToBytes(JSON.stringify(['swarmdrop 1 signal', from, to, String(sequence)]))
}

function bytesOfSequence(sequence: bigint): Uint8Array {
  const bytes = new Uint8Array(SEQUENCE_BYTES)
  new DataView(bytes.buffer).setBigUint64(0, sequence)
  return bytes
}

function sequenceOf(envelope: Uint8Array): bigint {
  return new DataView(envelope.buffer, envelope.byteOffset).getBigUint64(0)
}

function parse(plain: Uint8Array): Opened {
  try {
    return { ok: true, message: JSON.parse(bytesToUtf8(plain)) }
  } catch {
    return { ok: false, reason: 'the signal is malformed' }
  }
}

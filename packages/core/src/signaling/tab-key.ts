// A tab's name, which nobody else can use: it is a public key, and what the tab offers or answers is signed with the
// key's other half (Ed25519, RFC 8032). Knows nothing of links, nor of what is signed.
import { getPublicKey, hashes, sign, verify } from '@noble/ed25519'
import { sha512 } from '@noble/hashes/sha2.js'
import { utf8ToBytes } from '@noble/hashes/utils.js'
import { decodeBase64url, encodeBase64url } from '../content/base64url'
import type { Signal, SignalMessage, TabName } from './signal-message'

// Not the browser's own: it signs only on HTTPS, and a class opens the page by HTTP.
hashes.sha512 = sha512

const SECRET_BYTES = 32
const NAME_BYTES = 32
const PROOF_BYTES = 64

/**
 * The sender and receiver of a message, by the tracker's ids: a proof that was made for one meeting proves nothing in
 * another.
 */
export type Meeting = { from: string; to: string; attempt: string }

export class TabKey {
  private readonly secret: Uint8Array
  private knownName: TabName | undefined

  /** `randomBytes` must be a cryptographic source: it draws the key. */
  constructor(randomBytes: (length: number) => Uint8Array) {
    this.secret = randomBytes(SECRET_BYTES)
  }

  /**
   * Worked out when it is first asked for: the first of a page takes a twentieth of a second, and a swarm is joined
   * without it.
   */
  get name(): TabName {
    this.knownName ??= encodeBase64url(getPublicKey(this.secret))
    return this.knownName
  }

  /** The signal as this tab's, with its proof where one is asked for. */
  message(meeting: Meeting, signal: Signal): SignalMessage {
    const { attempt } = meeting
    const said = saidBy(meeting, signal)
    const proof = said && encodeBase64url(sign(said, this.secret))
    return { attempt, tab: this.name, signal, ...(proof && { proof }) }
  }
}

/**
 * Whether the message is from the tab that it names. Offers and answers must prove it, as they decide who is at the
 * other end; candidates and ends belong to an attempt whose id only its two sides know. Never throws.
 */
export function isFromItsTab(message: SignalMessage, { from, to }: Pick<Meeting, 'from' | 'to'>): boolean {
  const { attempt, tab, signal, proof } = message
  const said = saidBy({ from, to, attempt }, signal)
  if (!said) return true
  const [name, signature] = [decodeBase64url(tab), decodeBase64url(proof ?? '')]
  if (name?.length !== NAME_BYTES || signature?.length !== PROOF_BYTES) return false
  try {
    return verify(signature, said, name, { zip215: false })
  } catch {
    return false
  }
}

/**
 * The bytes that are signed; undefined where nothing need be. With the session description goes the fingerprint that
 * the link is opened under.
 */
function saidBy({ from, to, attempt }: Meeting, signal: Signal): Uint8Array | undefined {
  if (signal.type !== 'offer' && signal.type !== 'answer') return undefined
  const { type, sdp, relay, lane } = signal
  const said = ['swarmdrop 1 tab', from, to, attempt, type, sdp, ...(relay ? [relay] : []), ...(lane ? [lane] : [])]
  return utf8ToBytes(JSON.stringify(said))
}

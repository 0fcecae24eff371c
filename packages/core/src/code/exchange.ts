// The two ends of one exchange: who asks proves that it knows the code's words, and who offers gives it the link, sealed. Whoever is
// in between learns neither, and has one guess. Knows nothing of how messages are carried, nor of how many tries there may be.
import { xchacha20poly1305 } from '@noble/ciphers/chacha.js'
import { bytesToUtf8, equalBytes } from '@noble/ciphers/utils.js'
import { hkdf } from '@noble/hashes/hkdf.js'
import { sha512 } from '@noble/hashes/sha2.js'
import { concatBytes, utf8ToBytes } from '@noble/hashes/utils.js'
import { decodeBase64url, encodeBase64url } from '../content/base64url'
import { parseLinkId } from '../content/link'
import { type CpaceInputs, type CpaceMessage, type CpaceSecret, cpaceKey, cpaceProof, cpaceSecret } from './cpace'
import {
  Answer,
  type CodeRefusal,
  Gift,
  Guess,
  Knock,
  MAX_LINK_CHARACTERS,
  NONCE_BYTES,
  readMessage,
} from './exchange-messages'
import type { ShareCode } from './share-code'

export type { CodeRefusal } from './exchange-messages'

type RandomBytes = (length: number) => Uint8Array

const KEY_BYTES = 32
const SEAL_NONCE_BYTES = 24
// Each side's role goes into the key: what one has said, nobody can say back to it as the other.
const OFFERING = utf8ToBytes('offering')
const ASKING = utf8ToBytes('asking')

const inputsOf = ({ nameplate, words }: ShareCode, asked: Uint8Array, answered: Uint8Array): CpaceInputs => ({
  password: utf8ToBytes(words),
  channel: utf8ToBytes(JSON.stringify(['swarmdrop 1 code', 'offering', 'asking', nameplate])),
  session: concatBytes(asked, answered),
})

/** What both sides work out, if they have the same words, and nobody else. */
type Agreed = { key: Uint8Array; proofOfOffering: Uint8Array; proofOfAsking: Uint8Array }

function agree(
  session: Uint8Array,
  { scalar }: CpaceSecret,
  otherShare: Uint8Array,
  sides: { initiator: CpaceMessage; responder: CpaceMessage },
): Agreed | undefined {
  const key = cpaceKey(session, scalar, otherShare, sides)
  if (!key) return undefined
  return {
    key: hkdf(sha512, key, session, utf8ToBytes('swarmdrop 1 code link key'), KEY_BYTES),
    proofOfOffering: cpaceProof(session, key, sides.initiator),
    proofOfAsking: cpaceProof(session, key, sides.responder),
  }
}

/** Of who has the link, for one visitor. */
export class OfferingEnd {
  /** What is said to the visitor first; undefined where it did not knock as it should. */
  readonly answer: string | undefined
  readonly #randomBytes: RandomBytes
  #run: { session: Uint8Array; secret: CpaceSecret } | undefined

  constructor(code: ShareCode, knock: string, randomBytes: RandomBytes) {
    this.#randomBytes = randomBytes
    const asked = readMessage(Knock, knock)?.nonce
    if (!asked) return
    const nonce = randomBytes(NONCE_BYTES)
    const inputs = inputsOf(code, asked, nonce)
    const secret = cpaceSecret(inputs, randomBytes)
    this.#run = { session: inputs.session, secret }
    this.answer = JSON.stringify({ nonce: encodeBase64url(nonce), share: encodeBase64url(secret.share) })
  }

  /** What to say to a guess, if it was right: the sealed link. Undefined: it was wrong. One guess is all that there is. */
  gift(guess: string, link: string): string | undefined {
    const run = this.#run
    this.#run = undefined
    const guessed = readMessage(Guess, guess)
    if (!run || !guessed) return undefined
    const agreed = agree(run.session, run.secret, guessed.share, {
      initiator: { share: run.secret.share, data: OFFERING },
      responder: { share: guessed.share, data: ASKING },
    })
    if (!agreed || !equalBytes(agreed.proofOfAsking, guessed.proof)) return undefined
    const sealNonce = this.#randomBytes(SEAL_NONCE_BYTES)
    const ciphertext = xchacha20poly1305(agreed.key, sealNonce).encrypt(utf8ToBytes(link))
    return JSON.stringify({
      proof: encodeBase64url(agreed.proofOfOffering),
      sealed: encodeBase64url(concatBytes(sealNonce, ciphertext)),
    })
  }
}

/** What is said to a visitor in place of an answer or a gift. */
export const refusalOf = (refused: CodeRefusal): string => JSON.stringify({ refused })

/** `forged`: it is not from who has the code. */
export type CodeFault = CodeRefusal | 'forged'

/** Of who has typed the code. */
export class AskingEnd {
  readonly #code: ShareCode
  readonly #randomBytes: RandomBytes
  readonly #nonce: Uint8Array
  #agreed: Agreed | undefined

  /** `randomBytes` must be a cryptographic source. */
  constructor(code: ShareCode, randomBytes: RandomBytes) {
    this.#code = code
    this.#randomBytes = randomBytes
    this.#nonce = randomBytes(NONCE_BYTES)
  }

  get knock(): string {
    return JSON.stringify({ nonce: encodeBase64url(this.#nonce) })
  }

  /** The guess, which says nothing of the words to who does not have them already. */
  guess(answer: string): { guess: string } | { fault: CodeFault } {
    const said = readMessage(Answer, answer)
    if (!said) return { fault: 'forged' }
    if ('refused' in said) return { fault: said.refused }
    const inputs = inputsOf(this.#code, this.#nonce, said.nonce)
    const secret = cpaceSecret(inputs, this.#randomBytes)
    this.#agreed = agree(inputs.session, secret, said.share, {
      initiator: { share: said.share, data: OFFERING },
      responder: { share: secret.share, data: ASKING },
    })
    if (!this.#agreed) return { fault: 'forged' }
    const { proofOfAsking } = this.#agreed
    return { guess: JSON.stringify({ share: encodeBase64url(secret.share), proof: encodeBase64url(proofOfAsking) }) }
  }

  /** The link, proved to be from who has the code, and of the form that links have. */
  open(gift: string): { link: string } | { fault: CodeFault } {
    const agreed = this.#agreed
    this.#agreed = undefined
    const said = readMessage(Gift, gift)
    if (!agreed || !said) return { fault: 'forged' }
    if ('refused' in said) return { fault: said.refused }
    if (!equalBytes(agreed.proofOfOffering, said.proof)) return { fault: 'forged' }
    const link = unsealed(agreed.key, said.sealed)
    return link !== undefined && isLink(link) ? { link } : { fault: 'forged' }
  }
}

function unsealed(key: Uint8Array, sealed: string): string | undefined {
  const bytes = decodeBase64url(sealed)
  if (!bytes) return undefined
  try {
    const cipher = xchacha20poly1305(key, bytes.subarray(0, SEAL_NONCE_BYTES))
    return bytesToUtf8(cipher.decrypt(bytes.subarray(SEAL_NONCE_BYTES)))
  } catch {
    return undefined
  }
}

/** Who offers may be anybody: nothing else is taken, neither another scheme nor a page's own script. */
function isLink(link: string): boolean {
  const [, id] = /^https?:\/\/[!-~]+#([A-Za-z0-9_-]+)$/.exec(link) ?? []
  return link.length <= MAX_LINK_CHARACTERS && id !== undefined && parseLinkId(id).ok
}

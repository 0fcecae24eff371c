// The two ends of one exchange: who asks proves that it knows the code's words, and who offers gives it the link,
// sealed. Anyone who is in between learns neither, and has one guess. Knows nothing of how messages are carried, nor of
// how many tries there may be.
import { xchacha20poly1305 } from '@noble/ciphers/chacha.js'
import { bytesToUtf8 } from '@noble/ciphers/utils.js'
import { concatBytes, utf8ToBytes } from '@noble/hashes/utils.js'
import { decodeBase64url, encodeBase64url } from '../content/base64url'
import { parseLinkId } from '../content/link'
import { Answer, type CodeRefusal, Gift, Guess, Knock, MAX_LINK_CHARACTERS, readMessage } from './exchange-messages'
import { AskingPact, OfferingPact, type PactTerms, type RandomBytes } from './pact'
import type { ShareCode } from './share-code'

export type { CodeRefusal } from './exchange-messages'

const SEAL_NONCE_BYTES = 24

const termsOf = ({ nameplate, words }: ShareCode): PactTerms => ({
  secret: utf8ToBytes(words),
  channel: utf8ToBytes(JSON.stringify(['swarmdrop 1 code', 'offering', 'asking', nameplate])),
  purpose: 'swarmdrop 1 code link key',
})

/** The end that has the link, for one visitor. */
export class OfferingEnd {
  /** What is said to the visitor first; undefined where it did not knock as it should. */
  readonly answer: string | undefined
  private readonly randomBytes: RandomBytes
  private readonly pact: OfferingPact | undefined

  constructor(code: ShareCode, knock: string, randomBytes: RandomBytes) {
    this.randomBytes = randomBytes
    const asked = readMessage(Knock, knock)?.nonce
    if (!asked) return
    this.pact = new OfferingPact(termsOf(code), asked, randomBytes)
    const { nonce, share } = this.pact
    this.answer = JSON.stringify({ nonce: encodeBase64url(nonce), share: encodeBase64url(share) })
  }

  /** What to say to a guess if it is right: the sealed link. Undefined: it is wrong. There is only one guess. */
  gift(guess: string, link: string): string | undefined {
    const guessed = readMessage(Guess, guess)
    const agreed = guessed && this.pact?.settle(guessed)
    if (!agreed) return undefined
    const sealNonce = this.randomBytes(SEAL_NONCE_BYTES)
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

/** The end where the code was typed. */
export class AskingEnd {
  private readonly code: ShareCode
  private readonly pact: AskingPact

  /** `randomBytes` must be a cryptographic source. */
  constructor(code: ShareCode, randomBytes: RandomBytes) {
    this.code = code
    this.pact = new AskingPact(randomBytes)
  }

  get knock(): string {
    return JSON.stringify({ nonce: encodeBase64url(this.pact.nonce) })
  }

  /** The guess, which says nothing of the words to who does not have them already. */
  guess(answer: string): { guess: string } | { fault: CodeFault } {
    const said = readMessage(Answer, answer)
    if (!said) return { fault: 'forged' }
    if ('refused' in said) return { fault: said.refused }
    const guess = this.pact.guess(termsOf(this.code), said)
    if (!guess) return { fault: 'forged' }
    return { guess: JSON.stringify({ share: encodeBase64url(guess.share), proof: encodeBase64url(guess.proof) }) }
  }

  /** The link, proved to be from who has the code, and of the form that links have. */
  open(gift: string): { link: string } | { fault: CodeFault } {
    const said = readMessage(Gift, gift)
    if (!said) return { fault: 'forged' }
    if ('refused' in said) return { fault: said.refused }
    const agreed = this.pact.settle(said.proof)
    const link = agreed && unsealed(agreed.key, said.sealed)
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

/**
 * Whether the text is a link. Anybody may offer, so nothing else is taken, neither another scheme nor a page's own
 * script.
 */
function isLink(link: string): boolean {
  const [, id] = /^https?:\/\/[!-~]+#([A-Za-z0-9_-]+)$/.exec(link) ?? []
  return link.length <= MAX_LINK_CHARACTERS && id !== undefined && parseLinkId(id).ok
}

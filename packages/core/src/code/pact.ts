// One run between two who say that they know one secret: who asks proves it first, who offers answers with a proof, and
// both have a key of that run alone. Anyone who is in between learns nothing, and has one guess. Knows nothing of what
// the key is for.
import { equalBytes } from '@noble/ciphers/utils.js'
import { hkdf } from '@noble/hashes/hkdf.js'
import { sha512 } from '@noble/hashes/sha2.js'
import { concatBytes, utf8ToBytes } from '@noble/hashes/utils.js'
import { type CpaceMessage, type CpaceSecret, cpaceKey, cpaceProof, cpaceSecret } from './cpace'

export type RandomBytes = (length: number) => Uint8Array

/** The length of what each side adds to the session's name. */
export const NONCE_BYTES = 16
const KEY_BYTES = 32
// Each side's role goes into the key: what one has said, nobody can say back to it as the other.
const OFFERING = utf8ToBytes('offering')
const ASKING = utf8ToBytes('asking')

/** What both sides must know alike. `channel` says who they are; `purpose` says what the key is for. */
export type PactTerms = { secret: Uint8Array; channel: Uint8Array; purpose: string }

/** What the asking side has said of the secret. */
export type PactGuess = { share: Uint8Array; proof: Uint8Array }
/** What both sides have afterwards: a key of 32 bytes. */
export type PactKey = { key: Uint8Array; proofOfOffering: Uint8Array }

/** The side that is asked. */
export class OfferingPact {
  readonly nonce: Uint8Array
  readonly share: Uint8Array
  private readonly terms: PactTerms
  private readonly session: Uint8Array
  private secret: CpaceSecret | undefined

  /** `asked`: the other's nonce. `randomBytes` must be a cryptographic source. */
  constructor(terms: PactTerms, asked: Uint8Array, randomBytes: RandomBytes) {
    this.nonce = randomBytes(NONCE_BYTES)
    this.terms = terms
    this.session = concatBytes(asked, this.nonce)
    this.secret = secretOf(terms, this.session, randomBytes)
    this.share = this.secret.share
  }

  /** The key, if the guess is right; undefined: it is wrong. There is only one guess. */
  settle({ share, proof }: PactGuess): PactKey | undefined {
    const secret = this.secret
    this.secret = undefined
    if (!secret) return undefined
    const sides = { initiator: { share: secret.share, data: OFFERING }, responder: { share, data: ASKING } }
    const agreed = agree(this.terms, this.session, secret, share, sides)
    return agreed && equalBytes(agreed.proofOfAsking, proof) ? agreed : undefined
  }
}

/** The side that asks. */
export class AskingPact {
  readonly nonce: Uint8Array
  private readonly randomBytes: RandomBytes
  private agreed: PactKey | undefined

  /** `randomBytes` must be a cryptographic source. */
  constructor(randomBytes: RandomBytes) {
    this.nonce = randomBytes(NONCE_BYTES)
    this.randomBytes = randomBytes
  }

  /**
   * The asking side's guess, which tells nothing of the secret to one who does not have it. Undefined: the other's
   * share is none.
   */
  guess(terms: PactTerms, answer: { nonce: Uint8Array; share: Uint8Array }): PactGuess | undefined {
    const session = concatBytes(this.nonce, answer.nonce)
    const secret = secretOf(terms, session, this.randomBytes)
    const sides = {
      initiator: { share: answer.share, data: OFFERING },
      responder: { share: secret.share, data: ASKING },
    }
    const agreed = agree(terms, session, secret, answer.share, sides)
    this.agreed = agreed
    return agreed && { share: secret.share, proof: agreed.proofOfAsking }
  }

  /** The key, if the other has the secret too; undefined: it does not. May be called once. */
  settle(proofOfOffering: Uint8Array): PactKey | undefined {
    const agreed = this.agreed
    this.agreed = undefined
    return agreed && equalBytes(agreed.proofOfOffering, proofOfOffering) ? agreed : undefined
  }
}

function secretOf({ secret, channel }: PactTerms, session: Uint8Array, randomBytes: RandomBytes): CpaceSecret {
  return cpaceSecret({ password: secret, channel, session }, randomBytes)
}

function agree(
  { purpose }: PactTerms,
  session: Uint8Array,
  { scalar }: CpaceSecret,
  otherShare: Uint8Array,
  sides: { initiator: CpaceMessage; responder: CpaceMessage },
): (PactKey & { proofOfAsking: Uint8Array }) | undefined {
  const key = cpaceKey(session, scalar, otherShare, sides)
  if (!key) return undefined
  return {
    key: hkdf(sha512, key, session, utf8ToBytes(purpose), KEY_BYTES),
    proofOfOffering: cpaceProof(session, key, sides.initiator),
    proofOfAsking: cpaceProof(session, key, sides.responder),
  }
}

// A password besides a link: the key that is made of it, and what two peers of one swarm say to each other before they
// signal, so that each knows that the other has it. Knows nothing of how messages are sealed or carried, nor of how
// many tries there may be.
import { scryptAsync } from '@noble/hashes/scrypt.js'
import { utf8ToBytes } from '@noble/hashes/utils.js'
import * as z from 'zod/mini'
import { encodeBase64url } from '../content/base64url'
import { ID_BYTES, IdText } from '../signaling/base64url-texts'
import { AskingPact, OfferingPact, type PactTerms, type RandomBytes } from './pact'
import { Nonce, Proof, Share } from './pact-bytes'
import { drawWords } from './words'

/** RFC 7914: 64 MiB, and about half a second of a laptop. */
const SCRYPT = { N: 2 ** 16, r: 8, p: 1, dkLen: 32 }
/** A thread of a page lets others go on after so many milliseconds. */
const TICK_MS = 8

/**
 * The shortest password, in characters. Guesses are counted, so a short one is better than none; shorter ones could be
 * gone through by hand.
 */
export const LEAST_PASSWORD_CHARACTERS = 6
export const MOST_PASSWORD_CHARACTERS = 128

/** 27 bits. */
const SUGGESTED_WORDS = 3

/** Easy to say. `randomBytes` must be a cryptographic source. */
export const suggestedPassword = (randomBytes: RandomBytes): string => drawWords(SUGGESTED_WORDS, randomBytes)

/** Phones make these of what is typed, in a field that shows it and not in one that hides it. */
const TYPOGRAPHIC: readonly [RegExp, string][] = [
  [/[\u2018\u2019\u201A\u201B]/g, "'"],
  [/[\u201C\u201D\u201E\u201F]/g, '"'],
  [/[\u2010\u2012\u2013\u2014\u2015\u2212]/g, '-'],
]

/**
 * The password as two keyboards may write it alike: composed, with plain quotes and dashes, without what a paste brings
 * at its ends.
 */
export const plainPassword = (typed: string): string =>
  TYPOGRAPHIC.reduce((text, [signs, plain]) => text.replace(signs, plain), typed.normalize('NFKC')).trim()

/** 32 bytes, for the content of that id alone. What keeps them need not keep the password. */
export function passwordKey(password: string, contentId: Uint8Array): Promise<Uint8Array> {
  return scryptAsync(utf8ToBytes(plainPassword(password)), contentId, { ...SCRYPT, asyncTick: TICK_MS })
}

/** Names one run between two peers: anyone who asks draws it. */
const Run = IdText

/**
 * `knock`, `guess`: of who asks. `answer`, `welcome`, `wrong`, `busy` (too many wrong guesses of late): of who is
 * asked. `needed`: to one who signals without; `none`: to one who asks where there is no password.
 */
export const PasswordWord = z.discriminatedUnion('say', [
  z.object({ say: z.literal('knock'), run: Run, nonce: Nonce }),
  z.object({ say: z.literal('answer'), run: Run, nonce: Nonce, share: Share }),
  z.object({ say: z.literal('guess'), run: Run, share: Share, proof: Proof }),
  z.object({ say: z.literal('welcome'), run: Run, proof: Proof }),
  z.object({ say: z.literal('wrong'), run: Run }),
  z.object({ say: z.literal('busy'), run: Run }),
  z.object({ say: z.literal('needed') }),
  z.object({ say: z.literal('none') }),
])
export type PasswordWord = z.infer<typeof PasswordWord>
type Heard<Say extends PasswordWord['say']> = Extract<PasswordWord, { say: Say }>

/** A word as it goes into JSON. */
export type SaidWord = { say: PasswordWord['say'] } & Record<string, string>

/** Two peers, by the tracker's ids. */
type Pair = { offering: string; asking: string }

const termsOf = (key: Uint8Array, { offering, asking }: Pair): PactTerms => ({
  secret: key,
  channel: utf8ToBytes(JSON.stringify(['swarmdrop 1 password', 'offering', offering, 'asking', asking])),
  purpose: 'swarmdrop 1 password signal key',
})

/** The end that asks to be let in. */
export class AskingPeer {
  readonly knock: SaidWord
  readonly run: string
  private readonly terms: PactTerms
  private readonly pact: AskingPact

  constructor(key: Uint8Array, pair: Pair, randomBytes: RandomBytes) {
    this.terms = termsOf(key, pair)
    this.pact = new AskingPact(randomBytes)
    this.run = encodeBase64url(randomBytes(ID_BYTES))
    this.knock = { say: 'knock', run: this.run, nonce: encodeBase64url(this.pact.nonce) }
  }

  /**
   * What to say to an answer; undefined: that was no answer. From here on the other side has one guess at the password.
   */
  guess(answer: Heard<'answer'>): SaidWord | undefined {
    const guess = this.pact.guess(this.terms, answer)
    if (!guess) return undefined
    const { share, proof } = guess
    return { say: 'guess', run: this.run, share: encodeBase64url(share), proof: encodeBase64url(proof) }
  }

  /** The key under which both signal from now on; undefined: the other does not have the password. */
  welcomed({ proof }: Heard<'welcome'>): Uint8Array | undefined {
    return this.pact.settle(proof)?.key
  }
}

/** The end that is asked. */
export class OfferingPeer {
  readonly answer: SaidWord
  readonly run: string
  private readonly pact: OfferingPact

  constructor(key: Uint8Array, pair: Pair, { run, nonce }: Heard<'knock'>, randomBytes: RandomBytes) {
    this.pact = new OfferingPact(termsOf(key, pair), nonce, randomBytes)
    this.run = run
    const { nonce: own, share } = this.pact
    this.answer = { say: 'answer', run, nonce: encodeBase64url(own), share: encodeBase64url(share) }
  }

  /** The key, and what to say; undefined: the guess was wrong. */
  guessed(guess: Heard<'guess'>): { key: Uint8Array; welcome: SaidWord } | undefined {
    const agreed = this.pact.settle(guess)
    if (!agreed) return undefined
    return {
      key: agreed.key,
      welcome: { say: 'welcome', run: this.run, proof: encodeBase64url(agreed.proofOfOffering) },
    }
  }
}

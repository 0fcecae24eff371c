import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodeBase64url, encodeBase64url } from '../content/base64url'
import { MAX_CODE_CHARACTERS } from '../signaling/code-protocol'
import { seededRandom } from '../testing/test-content'
import { AskingEnd, OfferingEnd, refusalOf } from './exchange'
import type { ShareCode } from './share-code'

const draw = seededRandom(17)
const randomBytes = (length: number) => Uint8Array.from({ length }, () => Math.floor(draw() * 256))
const code: ShareCode = { nameplate: 7, words: 'guitar-orbit' }
const wrong: ShareCode = { nameplate: 7, words: 'guitar-moon' }
const link = `https://drop.example.org/files/#${'A'.repeat(43)}`
const forged = { fault: 'forged' }

/** Two ends that are honest, and what each has said as far as the guess. */
function met({ offered = code, asked = code } = {}) {
  const asking = new AskingEnd(asked, randomBytes)
  const offering = new OfferingEnd(offered, asking.knock, randomBytes)
  const { answer = '' } = offering
  const guessed = asking.guess(answer)
  if (!('guess' in guessed)) throw new Error(guessed.fault)
  return { asking, offering, answer, guess: guessed.guess }
}

/** One field of a message, with its first bit turned over. */
function spoiled(message: string, field: string): string {
  const fields = JSON.parse(message) as Record<string, string>
  const bytes = decodeBase64url(fields[field] ?? '') ?? new Uint8Array()
  bytes[0] = (bytes[0] ?? 0) ^ 1
  return JSON.stringify({ ...fields, [field]: encodeBase64url(bytes) })
}

describe('an exchange', () => {
  it('[CODE-5] gives the link to who knows the words', () => {
    const { asking, offering, guess } = met()
    expect(asking.open(offering.gift(guess, link) ?? '')).toEqual({ link })
  })

  it.each([
    ['words', wrong],
    ['a number', { ...code, nameplate: 8 }],
  ])('[CODE-5] gives nothing to who has %s of another code', (_name, asked) => {
    const { offering, guess } = met({ asked })
    expect(offering.gift(guess, link)).toBeUndefined()
  })

  it('[CODE-5] lets one guess: the next one is wrong, though it be right', () => {
    const { offering, guess } = met()
    const { guess: other } = met({ asked: wrong })
    expect(offering.gift(other, link)).toBeUndefined()
    expect(offering.gift(guess, link)).toBeUndefined()
  })

  it('[CODE-5] says nothing twice, no matter who asks', () => {
    const one = met()
    const two = met()
    expect(one.answer).not.toBe(two.answer)
    expect(one.guess).not.toBe(two.guess)
    const [giftOfOne, giftOfTwo] = [one.offering.gift(one.guess, link), two.offering.gift(two.guess, link)]
    expect(giftOfOne).not.toBe(giftOfTwo)
  })

  it('[CODE-5] fits what the tracker passes on, with the longest link', () => {
    const { asking, offering, guess } = met()
    const longest = `https://example.org/${'x'.repeat(960)}#${'A'.repeat(43)}`
    expect(longest).toHaveLength(1_024)
    const gift = offering.gift(guess, longest) ?? ''
    expect(gift.length).toBeLessThanOrEqual(MAX_CODE_CHARACTERS)
    expect(asking.open(gift)).toEqual({ link: longest })
  })

  it.each([
    `javascript:alert(1)//#${'A'.repeat(43)}`,
    `ftp://example.org/#${'A'.repeat(43)}`,
    `https://example.org/#${'A'.repeat(42)}`,
    `https://example.org/#${'A'.repeat(42)}B`,
    `https://example.org/ #${'A'.repeat(43)}`,
    `https://example.org/#${'A'.repeat(43)}#${'A'.repeat(10)}`,
    `https://example.org/${'x'.repeat(1_024)}#${'A'.repeat(43)}`,
    'Come and see',
    '',
  ])('[CODE-7] takes nothing but a link from who offers, as %s', (sent) => {
    const { asking, offering, guess } = met()
    expect(asking.open(offering.gift(guess, sent) ?? '')).toEqual(forged)
  })
})

describe('the one in between', () => {
  it('[CODE-6] changes nothing unseen', () => {
    for (const field of ['nonce', 'share']) {
      const asking = new AskingEnd(code, randomBytes)
      const offering = new OfferingEnd(code, asking.knock, randomBytes)
      const guessed = asking.guess(spoiled(offering.answer ?? '', field))
      // A share of another point is none, or leads to another key.
      if ('guess' in guessed) expect(offering.gift(guessed.guess, link)).toBeUndefined()
      else expect(guessed).toEqual(forged)
    }
    for (const field of ['share', 'proof']) {
      const { offering, guess } = met()
      expect(offering.gift(spoiled(guess, field), link)).toBeUndefined()
    }
    for (const field of ['proof', 'sealed']) {
      const { asking, offering, guess } = met()
      expect(asking.open(spoiled(offering.gift(guess, link) ?? '', field))).toEqual(forged)
    }
  })

  it('[CODE-6] gains nothing by what it has heard: not of the knock, the answer, the guess nor the gift', () => {
    const heard = met()
    const heardGift = heard.offering.gift(heard.guess, link) ?? ''
    // To who offers: the same knock, and then the same guess.
    const again = new OfferingEnd(code, heard.asking.knock, randomBytes)
    expect(again.gift(heard.guess, link)).toBeUndefined()
    // To who asks: the same answer, and then the same gift.
    const asking = new AskingEnd(code, randomBytes)
    asking.guess(heard.answer)
    expect(asking.open(heardGift)).toEqual(forged)
    // And the gift of one visitor to another, who has guessed right.
    const other = met()
    other.offering.gift(other.guess, link)
    expect(other.asking.open(heardGift)).toEqual(forged)
  })

  it('[CODE-6] gains nothing by saying back what was said', () => {
    const { offering, answer } = met()
    // The sender's share as a guess's, under each proof that has been said.
    const { share } = JSON.parse(answer) as { share: string }
    const { guess } = met()
    const { proof } = JSON.parse(guess) as { proof: string }
    expect(offering.gift(JSON.stringify({ share, proof }), link)).toBeUndefined()
    // One visitor's share as the answer to another, and then its proof in place of the sender's.
    const visitor = JSON.parse(guess) as { share: string; proof: string }
    const asking = new AskingEnd(code, randomBytes)
    const guessed = asking.guess(JSON.stringify({ nonce: 'A'.repeat(22), share: visitor.share }))
    expect(guessed).toHaveProperty('guess')
    const own = 'guess' in guessed ? (JSON.parse(guessed.guess) as { proof: string }).proof : ''
    for (const said of [visitor.proof, own]) {
      const other = new AskingEnd(code, randomBytes)
      other.guess(JSON.stringify({ nonce: 'A'.repeat(22), share: visitor.share }))
      expect(other.open(JSON.stringify({ proof: said, sealed: 'A'.repeat(80) }))).toEqual(forged)
    }
  })

  it('[CODE-6] that offers in the sender’s place without the words cannot make a link pass', () => {
    const asking = new AskingEnd(code, randomBytes)
    const impostor = new OfferingEnd(wrong, asking.knock, randomBytes)
    const guessed = asking.guess(impostor.answer ?? '')
    expect('guess' in guessed && impostor.gift(guessed.guess, link)).toBeUndefined()
    // Even one that makes a gift of its own, from another run.
    const own = met({ offered: wrong, asked: wrong })
    expect(asking.open(own.offering.gift(own.guess, link) ?? '')).toEqual(forged)
  })

  it.each([
    ['the neutral point', encodeBase64url(new Uint8Array(32))],
    ['no point', encodeBase64url(new Uint8Array(32).fill(255))],
    ['a short text', 'AAAA'],
  ])('[CODE-6] cannot settle the key by sending %s', (_name, share) => {
    const { offering, guess } = met()
    const { proof } = JSON.parse(guess) as { proof: string }
    expect(offering.gift(JSON.stringify({ share, proof }), link)).toBeUndefined()
    const asking = new AskingEnd(code, randomBytes)
    expect(asking.guess(JSON.stringify({ nonce: 'A'.repeat(22), share }))).toEqual(forged)
  })

  it('[CODE-6] is refused, and never makes an end throw, whatever it says', () => {
    const texts = fc.oneof(fc.string(), fc.json(), fc.constantFrom('{}', 'null', '{"nonce":1}', '{"refused":"x"}'))
    fc.assert(
      fc.property(texts, (text) => {
        const { asking, offering } = met()
        expect(offering.gift(text, link)).toBeUndefined()
        expect(asking.open(text)).toEqual(forged)
        expect(new AskingEnd(code, randomBytes).guess(text)).toEqual(forged)
        expect(new OfferingEnd(code, text, randomBytes).answer).toBeUndefined()
      }),
      { numRuns: 20 },
    )
  })

  it('[CODE-6] is believed in a refusal, which gives nothing away', () => {
    for (const refused of ['wrong-code', 'used-up'] as const) {
      expect(new AskingEnd(code, randomBytes).guess(refusalOf(refused))).toEqual({ fault: refused })
      expect(met().asking.open(refusalOf(refused))).toEqual({ fault: refused })
    }
  })
})

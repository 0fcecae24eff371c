// What two sides say to each other about a secret, altered on its way: nothing comes of it.
import { AskingEnd, OfferingEnd } from '@swarmdrop/core/code'
import { AskingPeer, OfferingPeer, PasswordWord } from '@swarmdrop/core/password'
import { describe, expect, it } from 'vitest'
import { BUDGET_TIMEOUT_MS, fuzz } from './budget'
import { mutatedJson, oneOf } from './mutations'

const name22 = 'A'.repeat(22)

describe('fuzzed', { timeout: BUDGET_TIMEOUT_MS }, () => {
  it('[CODE-6] what is said about a code: no link comes of what was altered', () => {
    const code = { nameplate: 7, words: 'guitar-orbit' }
    const link = `https://drop.example.org/#${'A'.repeat(43)}`
    // Each end draws the same again and again: so only what is altered has to be worked out again.
    const asking = () => new AskingEnd(code, (length) => new Uint8Array(length).fill(7))
    const offering = (knock: string) => new OfferingEnd(code, knock, (length) => new Uint8Array(length).fill(8))
    const { knock } = asking()
    const { answer = '' } = offering(knock)
    const guessed = asking().guess(answer)
    const guess = 'guess' in guessed ? guessed.guess : ''
    const gift = offering(knock).gift(guess, link) ?? ''
    const tries = [
      (random: () => number) => {
        const altered = alter(knock, random)
        const end = offering(altered)
        if (altered !== knock && end.answer !== undefined) expect(end.gift(guess, link)).toBeUndefined()
      },
      (random: () => number) => {
        const altered = alter(answer, random)
        const said = asking().guess(altered)
        if (altered !== answer && 'guess' in said) expect(offering(knock).gift(said.guess, link)).toBeUndefined()
      },
      (random: () => number) => {
        const altered = alter(guess, random)
        if (altered !== guess) expect(offering(knock).gift(altered, link)).toBeUndefined()
      },
      (random: () => number) => {
        const end = asking()
        end.guess(answer)
        const altered = alter(gift, random)
        expect(end.open(altered)).toEqual(altered === gift ? { link } : { fault: expect.any(String) })
      },
    ] as const
    const alter = (message: string, random: () => number) => JSON.stringify(mutatedJson(JSON.parse(message), random))
    fuzz((random) => {
      const kind = random()
      tries[kind < 0.5 ? 0 : kind < 0.9 ? 1 : kind < 0.95 ? 2 : 3](random)
    })
  })

  it('[PASS-5] what is said about a password: nobody is let in by what was altered', () => {
    const key = new Uint8Array(32).fill(1)
    const pair = { offering: 'x', asking: 'y' }
    const drawn = (byte: number) => (length: number) => new Uint8Array(length).fill(byte)
    const asking = () => new AskingPeer(key, pair, drawn(7))
    const heard = <Say extends PasswordWord['say']>(said: unknown, say: Say) => {
      const word = PasswordWord.safeParse(said).data
      return word?.say === say ? (word as Extract<PasswordWord, { say: Say }>) : undefined
    }
    const knock = heard(asking().knock, 'knock')
    const offering = () => knock && new OfferingPeer(key, pair, knock, drawn(8))
    const answered = asking()
    const answer = offering()?.answer
    const guess = answered.guess(heard(answer, 'answer') as Extract<PasswordWord, { say: 'answer' }>)
    const right = offering()?.guessed(heard(guess, 'guess') as Extract<PasswordWord, { say: 'guess' }>)
    expect(right).toBeDefined()
    const words = [
      asking().knock,
      answer,
      guess,
      right?.welcome,
      { say: 'wrong', run: name22 },
      { say: 'needed' },
    ] as const
    const sizes = { nonce: 16, share: 32, proof: 64 }
    fuzz((random) => {
      const altered = mutatedJson(oneOf<unknown>(words, random), random)
      const word = PasswordWord.safeParse(altered).data
      for (const [field, bytes] of Object.entries(sizes))
        if (word && field in word) expect(word[field as never]).toHaveLength(bytes)
      if (random() > 0.02) return
      const other = heard(mutatedJson(guess, random), 'guess')
      if (other && JSON.stringify(other) !== JSON.stringify(heard(guess, 'guess')))
        expect(other.run === asking().run && offering()?.guessed(other)).toBeFalsy()
    })
  })
})

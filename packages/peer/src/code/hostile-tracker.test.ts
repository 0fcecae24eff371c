// A tracker that means harm: it swaps, repeats, says back, guesses and floods. Nobody gets the link but who has the
// code, and everybody hears why there is none.

import { AskingEnd, OfferingEnd, type ShareCode } from '@swarmdrop/core/code'
import type { CodeDelivery } from '@swarmdrop/core/signaling'
import { seededRandom } from '@swarmdrop/core/simulation'
import { describe, expect, it } from 'vitest'
import { LINK, VirtualCodes } from '../testing/virtual-codes'
import type { Carried } from '../testing/virtual-mailboxes'

const draw = seededRandom(23)
const randomBytes = (length: number) => Uint8Array.from({ length }, () => Math.floor(draw() * 256))
const opened = () => new VirtualCodes().open()

const bodyOf = ({ delivery }: Carried) => ('body' in delivery ? delivery.body : '')
const withBody = ({ to, delivery }: Carried, body: string): Carried =>
  delivery.type === 'ended' ? { to, delivery } : { to, delivery: { ...delivery, body } }
const isGift = (carried: Carried) => bodyOf(carried).includes('"sealed"')
const isGuess = (carried: Carried) => bodyOf(carried).includes('"share"') && bodyOf(carried).includes('"proof"')
const isAnswer = (carried: Carried) => bodyOf(carried).includes('"nonce"') && bodyOf(carried).includes('"share"')

describe('a tracker that listens', () => {
  it('[CODE-6] hears neither the link nor the words, and cannot try words against what it has heard', async () => {
    const codes = await opened()
    expect(await codes.visit()).toEqual({ link: LINK })
    const heard = JSON.stringify(codes.world.tracker.mailboxes.heard.map(({ delivery }) => delivery))
    expect(codes.world.tracker.mailboxes.heard).toHaveLength(4)
    for (const secret of [LINK, LINK.slice(-43), ...codes.code.words.split('-')]) expect(heard).not.toContain(secret)
    // The same words again give other bytes in every field: there is nothing to compare a guess with.
    await codes.visit()
    const said = codes.world.tracker.mailboxes.heard.flatMap((carried) => Object.values(JSON.parse(bodyOf(carried))))
    expect(new Set(said).size).toBe(said.length)
  })
})

describe('a tracker that repeats', () => {
  it('[CODE-6] an answer, a guess or a gift of before: no link, and each is told', async () => {
    for (const isOne of [isAnswer, isGuess, isGift]) {
      const codes = await opened()
      const { mailboxes } = codes.world.tracker
      await codes.visit()
      const before = mailboxes.heard.find(isOne)
      mailboxes.carry = (carried) => [isOne(carried) ? withBody(carried, before ? bodyOf(before) : '') : carried]
      const outcome = await codes.visit()
      expect(outcome).toEqual({ problem: isOne === isGift ? 'forged' : 'wrong-code' })
    }
  })

  it('[CODE-6] a whole exchange to the sender: it has no guess by that but a wrong one', async () => {
    const codes = await opened()
    const { mailboxes } = codes.world.tracker
    await codes.visit()
    const [knock, , guess] = mailboxes.heard.map(bodyOf)
    const owner = mailboxes.ownerOf(codes.code.nameplate)
    const exchange = 'r'.repeat(22)
    owner?.deliver('code', { type: 'knock', nameplate: codes.code.nameplate, exchange, body: knock })
    await codes.world.time.run(1_000)
    const sealedBefore = mailboxes.heard.filter(isGift).length
    for (let i = 0; i < 3; i++) owner?.deliver('code', { type: 'said', exchange, body: guess })
    await codes.world.time.run(1_000)
    expect(mailboxes.heard.filter(isGift)).toHaveLength(sealedBefore)
    // A second guess in one exchange is not looked at.
    expect(codes.offer.getSnapshot()).toMatchObject({ wrongTries: 1 })
  })

  it('[CODE-6] each message twice: anyone who has the code gets its link all the same', async () => {
    const codes = await opened()
    codes.world.tracker.mailboxes.carry = (carried) =>
      isGift(carried) || isGuess(carried) ? [carried, carried] : [carried]
    expect(await codes.visit()).toEqual({ link: LINK })
    expect(codes.offer.getSnapshot()).toMatchObject({ wrongTries: 0 })
  })
})

describe('a tracker that swaps', () => {
  it('[CODE-6] two visitors’ answers, guesses or gifts: neither gets a link', async () => {
    for (const isOne of [isAnswer, isGuess, isGift]) {
      const codes = await opened()
      const held: Carried[] = []
      codes.world.tracker.mailboxes.carry = (carried) => {
        if (!isOne(carried)) return [carried]
        const [other] = held.splice(0)
        if (other) return [withBody(carried, bodyOf(other)), withBody(other, bodyOf(carried))]
        held.push(carried)
        return []
      }
      const visits = [codes.begin(), codes.begin()]
      await codes.world.time.run(60_000)
      for (const outcome of await Promise.all(visits))
        expect(outcome).toEqual({ problem: isOne === isGift ? 'forged' : 'wrong-code' })
    }
  })

  it('[CODE-6] two senders with the same words: who asks one gets nothing of the other', async () => {
    const codes = await opened()
    const { tracker } = codes.world
    const other = new OfferingPage(
      codes,
      { ...codes.code, nameplate: 2 },
      `https://evil.example.org/#${'B'.repeat(42)}A`,
    )
    tracker.mailboxes.carry = other.takeOver
    expect(await codes.visit()).toEqual({ problem: 'wrong-code' })
  })
})

describe('a tracker that says back what was said', () => {
  it('[CODE-6] to the sender its own share, to the visitor its own words: no link', async () => {
    const codes = await opened()
    const { mailboxes } = codes.world.tracker
    mailboxes.carry = (carried) => {
      if (!isGuess(carried)) return [carried]
      const answer = mailboxes.heard.filter(isAnswer).at(-1)
      const { share } = JSON.parse(answer ? bodyOf(answer) : '{}') as { share: string }
      return [withBody(carried, JSON.stringify({ ...JSON.parse(bodyOf(carried)), share }))]
    }
    expect(await codes.visit()).toEqual({ problem: 'wrong-code' })

    for (const said of ['knock', 'guess'] as const) {
      const echoing = await opened()
      const { mailboxes: echo } = echoing.world.tracker
      echo.carry = (carried) => {
        const { delivery } = carried
        if (delivery.type === 'knock' && said === 'guess') return [carried]
        if (delivery.type === 'said' && !isGuess(carried)) return [carried]
        // The visitor's line: the last to have said something.
        const visitor = [...echoing.world.tracker.lines].at(-1)
        const exchange = delivery.exchange
        return visitor ? [{ to: visitor, delivery: { type: 'said', exchange, body: bodyOf(carried) } }] : []
      }
      expect(await echoing.visit()).toEqual({ problem: 'forged' })
    }
  })
})

describe('a tracker that guesses', () => {
  it('[CODE-10] at the sender’s page: five times, and then at another code', async () => {
    const codes = await opened()
    const first = codes.code
    for (let i = 0; i < 5; i++) await guessAt(codes, { ...first, words: `moon-${i}` })
    await codes.world.time.run(5_000)
    expect(codes.code).not.toEqual(first)
    expect(codes.offer.getSnapshot()).toMatchObject({ changed: 'used-up' })
    // The right words come too late.
    expect(await guessAt(codes, first)).toBeUndefined()
    expect(codes.world.tracker.mailboxes.heard.some(isGift)).toBe(false)
  })

  it('[CODE-10] and says after every fourth that the number is taken: twenty in all', async () => {
    const codes = await opened()
    const { tracker, time } = codes.world
    let guesses = 0
    while (codes.offer.getSnapshot().state !== 'stopped' && guesses < 100) {
      for (let i = 0; i < 4 && codes.offer.getSnapshot().state === 'open'; i++) {
        guesses += 1
        await guessAt(codes, { ...codes.code, words: `moon-${i}` })
      }
      const { answer } = tracker
      tracker.answer = async (line, event, request) => {
        const isAsked = event === 'code-open' && request.nameplate !== undefined
        return isAsked ? { refused: 'code-taken' } : answer.call(tracker, line, event, request)
      }
      for (const line of tracker.lines) line.renew()
      await time.run(5_000)
      tracker.answer = answer
    }
    expect(guesses).toBe(20)
    expect(codes.offer.getSnapshot()).toMatchObject({ state: 'stopped' })
  })

  it('[CODE-6] in the sender’s place: once for each try of a visitor, who hears that it is wrong', async () => {
    const codes = await opened()
    const impostor = new OfferingPage(codes, codes.wrongCode, 'https://evil.example.org/')
    codes.world.tracker.mailboxes.carry = impostor.takeOver
    expect(await codes.visit()).toEqual({ problem: 'wrong-code' })
    expect(impostor.guessesHeard).toBe(1)
    // And makes a gift up instead.
    impostor.gift = JSON.stringify({ proof: 'A'.repeat(86), sealed: 'A'.repeat(100) })
    expect(await codes.visit()).toEqual({ problem: 'forged' })
  })
})

describe('a tracker that floods', () => {
  it('[CODE-10] with knocks: few are answered, and the next who comes has the link', async () => {
    const codes = await opened()
    const { mailboxes } = codes.world.tracker
    const { nameplate } = codes.code
    const owner = mailboxes.ownerOf(nameplate)
    const { knock } = new AskingEnd(codes.code, randomBytes)
    const before = mailboxes.heard.length
    for (let i = 0; i < 2_000; i++) {
      const exchange = String(i).padStart(22, 'f')
      owner?.deliver('code', { type: 'knock', nameplate, exchange, body: knock } satisfies CodeDelivery)
    }
    // Its exchanges are none that the virtual tracker knows: what is said there is refused, and so not heard.
    const answered: unknown[] = []
    const { tracker } = codes.world
    const { answer } = tracker
    tracker.answer = async (line, event, request) => {
      if (event === 'code-say') answered.push(request)
      return answer.call(tracker, line, event, request)
    }
    await codes.world.time.run(500)
    expect(answered.length).toBeGreaterThanOrEqual(64)
    expect(answered.length).toBeLessThan(70)
    await codes.world.time.run(30_000)
    expect(await codes.visit()).toEqual({ link: LINK })
    expect(mailboxes.heard.length).toBe(before + 4)
  })

  it('[CODE-10] with guesses, and what is none: they are of no exchange, and cost nothing', async () => {
    const codes = await opened()
    const owner = codes.world.tracker.mailboxes.ownerOf(codes.code.nameplate)
    for (const body of ['', '{}', 'x'.repeat(2_048), JSON.stringify({ share: 'A'.repeat(43), proof: 'A'.repeat(86) })])
      for (let i = 0; i < 200; i++)
        owner?.deliver('code', { type: 'said', exchange: String(i).padStart(22, 'g'), body })
    await codes.world.time.run(1_000)
    expect(codes.offer.getSnapshot()).toMatchObject({ state: 'open', wrongTries: 0 })
    expect(await codes.visit()).toEqual({ link: LINK })
  })

  it('[CODE-12] a visitor, with what is none of its exchange: it waits for the sender’s', async () => {
    const codes = await opened()
    codes.world.tracker.mailboxes.carry = (carried) => {
      const { to, delivery } = carried
      if (delivery.type !== 'said') return [carried]
      const noise: CodeDelivery = { type: 'said', exchange: 'n'.repeat(22), body: '{}' }
      return [{ to, delivery: noise }, { to, delivery: noise }, carried]
    }
    expect(await codes.visit()).toEqual({ link: LINK })
  })
})

/** What the sender's page says to a guess of the tracker itself, with words of its own. */
async function guessAt({ world }: VirtualCodes, code: ShareCode): Promise<string | undefined> {
  const { mailboxes } = world.tracker
  const asking = new AskingEnd(code, randomBytes)
  const line = world.device('guesser').ports.newLine()
  const said: string[] = []
  line.open({
    up: () => {},
    lost: () => {},
    heard: (_event, delivery) => said.push((delivery as { body: string }).body),
  })
  await world.time.run(1_000)
  const asked = line.ask('code-knock', { nameplate: code.nameplate, body: asking.knock })
  await world.time.run(1_000)
  const { exchange } = (await asked) as { exchange: string }
  const guessed = asking.guess(said.at(-1) ?? '')
  if ('guess' in guessed) line.tell('code-say', { exchange, body: guessed.guess })
  await world.time.run(1_000)
  line.close()
  const gift = said.at(-1) ?? ''
  expect(mailboxes.size).toBeGreaterThan(0)
  return gift.includes('"sealed"') ? gift : undefined
}

/** The tracker in the sender's place, with a code of its own. */
class OfferingPage {
  guessesHeard = 0
  gift: string | undefined
  #end: OfferingEnd | undefined

  readonly #codes: VirtualCodes
  readonly #code: ShareCode
  readonly #link: string

  constructor(codes: VirtualCodes, code: ShareCode, link: string) {
    this.#codes = codes
    this.#code = code
    this.#link = link
  }

  /** Nothing reaches the real one. */
  readonly takeOver = ({ delivery }: Carried): Carried[] => {
    const visitor = [...this.#codes.world.tracker.lines].at(-1)
    if (!visitor || delivery.type === 'ended') return []
    const { exchange, body } = delivery
    const say = (text: string): Carried[] => [{ to: visitor, delivery: { type: 'said', exchange, body: text } }]
    if (delivery.type === 'knock') {
      this.#end = new OfferingEnd(this.#code, body, randomBytes)
      return say(this.#end.answer ?? '')
    }
    this.guessesHeard += 1
    return say(this.gift ?? this.#end?.gift(body, this.#link) ?? JSON.stringify({ refused: 'wrong-code' }))
  }
}

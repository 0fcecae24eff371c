// A sender's page and visitors' in virtual time, for anyone who shows what becomes of a code. Knows no single test.
import { readShareCode, type ShareCode } from '@swarmdrop/core/code'
import { CodeOffer } from '../code/code-offer'
import { type CodeOutcome, CodeVisit } from '../code/code-visit'
import { VirtualWorld } from './virtual-device'

export const LINK = `https://drop.example.org/#${'A'.repeat(43)}`

/** Words of no code that is drawn with the world's seeds. */
const WRONG_WORDS = 'zebra-zebra'

export class VirtualCodes {
  readonly world: VirtualWorld
  readonly offer: CodeOffer
  #visitors = 0

  constructor(seed = 1) {
    this.world = new VirtualWorld(seed)
    this.offer = new CodeOffer(this.world.device('sender').ports, LINK)
  }

  /** Opens the offer: there is a code that can be read aloud. */
  async open(): Promise<this> {
    this.offer.start()
    await this.world.time.run(1_000)
    return this
  }

  get code(): ShareCode {
    const typed = readShareCode(this.offer.getSnapshot().code ?? '')
    if (typed.kind !== 'code') throw new Error('there is no code')
    return typed.code
  }

  get wrongCode(): ShareCode {
    return { ...this.code, words: WRONG_WORDS }
  }

  begin(code = this.code): Promise<CodeOutcome> {
    return new CodeVisit(this.world.device(`visitor ${++this.#visitors}`).ports, code).run()
  }

  /** A visit by somebody with all the time that it takes. */
  async visit(code = this.code): Promise<CodeOutcome> {
    const outcome = this.begin(code)
    await this.world.time.run(60_000)
    return outcome
  }

  async guessWrong(times: number): Promise<CodeOutcome[]> {
    const outcomes: CodeOutcome[] = []
    for (let i = 0; i < times; i++) outcomes.push(await this.visit(this.wrongCode))
    return outcomes
  }
}

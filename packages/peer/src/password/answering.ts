// Answers those who ask to be let in by the password, and counts their guesses. Knows nothing of whom we ask.
import { OfferingPeer, type SaidWord } from '@swarmdrop/core/password'
import type { Random } from '../ports'
import type { Budget } from '../time/budget'
import type { Word } from './asking'

/** The most peers between their knock and their guess. The oldest makes way for one more. */
const MOST_ASKING = 64

export type AnsweringAbout = {
  key: Uint8Array
  ownId: string
  random: Pick<Random, 'bytes'>
  /** The budget of wrong guesses; and that of knocks, each of which costs a hundredth of a second. */
  guesses: Budget
  knocks: Budget
}

export type AnsweringHandlers = { say(to: string, word: SaidWord): void; letIn(peer: string, key: Uint8Array): void }

export class Answering {
  readonly #about: AnsweringAbout
  readonly #handlers: AnsweringHandlers
  readonly #asking = new Map<string, OfferingPeer>()

  constructor(about: AnsweringAbout, handlers: AnsweringHandlers) {
    this.#about = about
    this.#handlers = handlers
  }

  knocked(from: string, knock: Word<'knock'>): void {
    const { key, ownId, random, knocks } = this.#about
    if (!knocks.take()) return
    const end = new OfferingPeer(key, { offering: ownId, asking: from }, knock, (length) => random.bytes(length))
    this.#asking.delete(from)
    const [oldest] = this.#asking.keys()
    if (oldest !== undefined && this.#asking.size >= MOST_ASKING) this.#asking.delete(oldest)
    this.#asking.set(from, end)
    this.#handlers.say(from, end.answer)
  }

  guessed(from: string, guess: Word<'guess'>): void {
    const { guesses } = this.#about
    const end = this.#asking.get(from)
    if (!end || end.run !== guess.run) return
    this.#asking.delete(from)
    const { run } = end
    if (!guesses.take()) return this.#handlers.say(from, { say: 'busy', run })
    const agreed = end.guessed(guess)
    if (!agreed) return this.#handlers.say(from, { say: 'wrong', run })
    guesses.giveBack()
    // Said before it is used: what we signal then comes after it.
    this.#handlers.say(from, agreed.welcome)
    this.#handlers.letIn(from, agreed.key)
  }
}

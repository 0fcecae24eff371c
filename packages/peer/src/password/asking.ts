// Asks others to be let in by the password: whom, when, and again when. Knows nothing of those who ask us.
import { AskingPeer, type PasswordWord, type SaidWord } from '@swarmdrop/core/password'
import type { Random } from '../ports'
import type { GateVerdict } from '../swarm/gate'
import type { Budget } from '../time/budget'
import type { Timers } from '../time/timers'

/** The most that are asked at the same time; the others wait for their turn. */
const MOST_ASKED = 8
/** A peer that has not answered by then is asked again when it is named again. */
const ANSWER_WITHIN_MS = 8_000
/** The wait after an answer that there were too many wrong guesses, longer each time by the factor. */
const BUSY_MS = { first: 5_000, longest: 60_000, factor: 1.5 }
/** The most peers of which it is remembered that they refused, or were asked in vain. The oldest is forgotten first. */
const MOST_REMEMBERED = 1_024
/** A wait lasts from this part of its time to half of it more, by chance. */
const LEAST_OF_WAIT = 0.75

export type AskingPorts = { time: Timers; random: Pick<Random, 'bytes' | 'uniform'> }

export type AskingAbout = { key: Uint8Array; ownId: string; budget: Budget }

export type AskingHandlers = {
  say(to: string, word: SaidWord): void
  /** Whether we and the peer have a key already. */
  isIn(peer: string): boolean
  letIn(peer: string, key: Uint8Array): void
  changed(): void
}

export type Word<Say extends PasswordWord['say']> = Extract<PasswordWord, { say: Say }>
type Answer = Word<'answer' | 'welcome' | 'wrong' | 'busy' | 'none'>
type Asked = { end: AskingPeer; hasGuessed: boolean; cancel: () => void }
type Resting = { waitMs: number; isOver: boolean; cancel: () => void }

export class Asking {
  readonly #ports: AskingPorts
  readonly #about: AskingAbout
  readonly #handlers: AskingHandlers
  /** Peers that were named last and wait for their turn. */
  readonly #waiting = new Set<string>()
  readonly #asked = new Map<string, Asked>()
  /** Peers that are asked again after a while, and how long that was. */
  readonly #resting = new Map<string, Resting>()
  /** The last answer of each peer that did not let us in; undefined: none came. */
  readonly #refusals = new Map<string, GateVerdict | undefined>()
  #isClosed = false

  constructor(ports: AskingPorts, about: AskingAbout, handlers: AskingHandlers) {
    this.#ports = ports
    this.#about = about
    this.#handlers = handlers
  }

  get verdict(): GateVerdict | undefined {
    const said = new Set(this.#refusals.values())
    return said.has('wrong') ? 'wrong' : said.has('busy') ? 'busy' : said.has('none') ? 'none' : undefined
  }

  /**
   * Takes the peers that are named now. One that was named before and has had no turn is forgotten; one that was asked
   * in vain comes last.
   */
  meet(peers: readonly string[]): void {
    this.#waiting.clear()
    const inVain = (peer: string) => Number(this.#refusals.has(peer))
    for (const peer of [...peers].sort((one, other) => inVain(one) - inVain(other)))
      if (this.#isToBeAsked(peer) && this.#resting.get(peer)?.isOver !== false) this.#waiting.add(peer)
    this.#askNext()
  }

  heard(from: string, word: Answer): void {
    const asked = this.#asked.get(from)
    if (!asked || (word.say !== 'none' && word.run !== asked.end.run)) return
    if (word.say === 'answer') return this.#answered(from, asked, word)
    if (word.say === 'welcome') return this.#welcomed(from, asked, word)
    this.#refused(from, asked, word.say)
  }

  /** The peer has let us in, or we it. */
  isSettled(peer: string): void {
    this.#refusals.delete(peer)
  }

  close(): void {
    this.#isClosed = true
    for (const { cancel } of [...this.#asked.values(), ...this.#resting.values()]) cancel()
  }

  /** The password does not become another: who refused it once would again. */
  #isToBeAsked(peer: string): boolean {
    const isUnderWay = peer === this.#about.ownId || this.#handlers.isIn(peer) || this.#asked.has(peer)
    return !isUnderWay && this.#refusals.get(peer) !== 'wrong'
  }

  #askNext(): void {
    for (const peer of this.#waiting) {
      if (this.#isClosed || this.#asked.size >= MOST_ASKED) return
      this.#waiting.delete(peer)
      const pair = { offering: peer, asking: this.#about.ownId }
      const end = new AskingPeer(this.#about.key, pair, (length) => this.#ports.random.bytes(length))
      const cancel = this.#ports.time.after(ANSWER_WITHIN_MS, () => {
        this.#note(peer, this.#refusals.get(peer))
        this.#over(peer)
      })
      this.#asked.set(peer, { end, hasGuessed: false, cancel })
      this.#handlers.say(peer, end.knock)
    }
  }

  /** The peer has answered. From here on it has one guess at our password, no matter who it is. */
  #answered(from: string, asked: Asked, answer: Word<'answer'>): void {
    if (asked.hasGuessed) return
    if (!this.#about.budget.take()) return this.#later(from)
    const guess = asked.end.guess(answer)
    asked.hasGuessed = true
    if (guess) this.#handlers.say(from, guess)
  }

  #welcomed(from: string, { end }: Asked, welcome: Word<'welcome'>): void {
    const key = end.welcomed(welcome)
    if (!key) return
    this.#about.budget.giveBack()
    this.#stopResting(from)
    this.#handlers.letIn(from, key)
    this.#over(from)
  }

  #refused(from: string, asked: Asked, verdict: GateVerdict): void {
    // A guess that they had no look at tells them nothing; but that is their word alone.
    if (verdict === 'none' && asked.hasGuessed) return
    this.#note(from, verdict)
    if (verdict === 'busy') this.#later(from)
    else this.#over(from)
    this.#handlers.changed()
  }

  #note(peer: string, verdict: GateVerdict | undefined): void {
    this.#refusals.delete(peer)
    this.#refusals.set(peer, verdict)
    const [oldest] = this.#refusals.keys()
    if (oldest !== undefined && this.#refusals.size > MOST_REMEMBERED) this.#refusals.delete(oldest)
  }

  #over(peer: string): void {
    this.#asked.get(peer)?.cancel()
    this.#asked.delete(peer)
    this.#askNext()
  }

  /** Each after a time of its own: those who were refused together do not come back together. */
  #later(peer: string): void {
    const before = this.#resting.get(peer)
    const waitMs = before ? Math.min(before.waitMs * BUSY_MS.factor, BUSY_MS.longest) : BUSY_MS.first
    const resting: Resting = { waitMs, isOver: false, cancel: () => {} }
    resting.cancel = this.#ports.time.after(waitMs * (LEAST_OF_WAIT + this.#ports.random.uniform() / 2), () => {
      resting.isOver = true
      if (this.#isToBeAsked(peer)) this.#waiting.add(peer)
      this.#askNext()
    })
    this.#stopResting(peer)
    this.#resting.set(peer, resting)
    const [oldest] = this.#resting.keys()
    if (oldest !== undefined && this.#resting.size > MOST_REMEMBERED) this.#stopResting(oldest)
    this.#over(peer)
  }

  #stopResting(peer: string): void {
    this.#resting.get(peer)?.cancel()
    this.#resting.delete(peer)
  }
}

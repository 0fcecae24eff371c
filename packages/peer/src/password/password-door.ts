// One tracker's id of ours at a swarm's door: asks others, and is asked. Whoever has proved the password gets keys of the pair alone.
// Knows nothing of what is signalled then.
import { AskingPeer, OfferingPeer, PasswordWord } from '@swarmdrop/core/password'
import type { Random } from '../ports'
import type { Door, DoorPorts, GateVerdict } from '../swarm/gate'
import type { Timers } from '../time/timers'
import type { GuessBudget } from './guess-budget'
import { PairSeals } from './pair-seals'

/** Asked at the same time; the others wait for their turn. */
const MOST_ASKED = 8
/** Who has not answered by then is asked again when it is named again. */
const ANSWER_WITHIN_MS = 8_000
/** Who is told that there were too many wrong guesses tries again after so long. */
const BUSY_MS = 5_000
/** On their way in, between their knock and their guess. The oldest makes way for one more. */
const MOST_ASKING = 64

export type PasswordPorts = { time: Timers; random: Pick<Random, 'bytes'> }

type Word<Say extends PasswordWord['say']> = Extract<PasswordWord, { say: Say }>
type Asked = { end: AskingPeer; hasGuessed: boolean; cancel: () => void }

export class PasswordDoor implements Door {
  readonly #ports: PasswordPorts
  readonly #key: Uint8Array
  readonly #budget: { ours: GuessBudget; theirs: GuessBudget }
  readonly #door: DoorPorts
  readonly #seals: PairSeals
  readonly #waiting = new Set<string>()
  readonly #asked = new Map<string, Asked>()
  readonly #asking = new Map<string, OfferingPeer>()
  /** What each has said last who did not let us in. */
  readonly #verdicts = new Map<string, GateVerdict>()
  readonly #cancels = new Set<() => void>()
  #isClosed = false

  constructor(
    ports: PasswordPorts,
    key: Uint8Array,
    budget: { ours: GuessBudget; theirs: GuessBudget },
    door: DoorPorts,
  ) {
    this.#ports = ports
    this.#key = key
    this.#budget = budget
    this.#door = door
    this.#seals = new PairSeals(door.ownId, ports.random)
  }

  get verdict(): GateVerdict | undefined {
    if (this.#seals.count > 0) return undefined
    const said = new Set(this.#verdicts.values())
    return said.has('wrong') ? 'wrong' : said.has('busy') ? 'busy' : said.has('none') ? 'none' : undefined
  }

  meet(peers: readonly string[]): void {
    for (const peer of peers) {
      if (peer === this.#door.ownId || this.#seals.has(peer) || this.#asked.has(peer)) continue
      // The password does not become another: who refused it once would again.
      if (this.#verdicts.get(peer) !== 'wrong') this.#waiting.add(peer)
    }
    this.#askNext()
  }

  isOpenTo(peer: string): boolean {
    return this.#seals.has(peer)
  }

  heard(from: string, said: unknown): void {
    const word = PasswordWord.safeParse(said).data
    if (!word || this.#isClosed) return
    if (word.say === 'knock') return this.#knocked(from, word)
    if (word.say === 'guess') return this.#guessed(from, word)
    // Theirs is another swarm than ours, of the same content: we have a password, and they say that one is needed.
    if (word.say === 'needed') return
    const asked = this.#asked.get(from)
    if (!asked || (word.say !== 'none' && word.run !== asked.end.run)) return
    if (word.say === 'answer') return this.#answered(from, asked, word)
    if (word.say === 'welcome') return this.#welcomed(from, asked, word)
    this.#refused(from, asked, word.say)
  }

  seal(to: string, message: unknown): string | undefined {
    return this.#seals.seal(to, message)
  }

  open(from: string, sealed: string): { message: unknown } | undefined {
    return this.#seals.open(from, sealed)
  }

  close(): void {
    this.#isClosed = true
    for (const { cancel } of this.#asked.values()) cancel()
    for (const cancel of this.#cancels) cancel()
  }

  #askNext(): void {
    for (const peer of this.#waiting) {
      if (this.#isClosed || this.#asked.size >= MOST_ASKED) return
      this.#waiting.delete(peer)
      const pair = { offering: peer, asking: this.#door.ownId }
      const end = new AskingPeer(this.#key, pair, (length) => this.#ports.random.bytes(length))
      const cancel = this.#ports.time.after(ANSWER_WITHIN_MS, () => this.#over(peer))
      this.#asked.set(peer, { end, hasGuessed: false, cancel })
      this.#door.say(peer, end.knock)
    }
  }

  /** From here on they have one guess at our password, whoever they are. */
  #answered(from: string, asked: Asked, answer: Word<'answer'>): void {
    if (asked.hasGuessed) return
    if (!this.#budget.ours.take()) {
      this.#over(from)
      return this.#later(from)
    }
    const guess = asked.end.guess(answer)
    asked.hasGuessed = true
    if (guess) this.#door.say(from, guess)
  }

  #welcomed(from: string, { end }: Asked, welcome: Word<'welcome'>): void {
    const key = end.welcomed(welcome)
    if (!key) return
    this.#budget.ours.giveBack()
    this.#let(from, key)
    this.#over(from)
  }

  #refused(from: string, asked: Asked, verdict: GateVerdict): void {
    // A guess that they had no look at tells them nothing; but that is their word alone.
    if (verdict === 'none' && asked.hasGuessed) return
    this.#verdicts.set(from, verdict)
    this.#over(from)
    if (verdict === 'busy') this.#later(from)
    this.#door.changed()
  }

  #over(peer: string): void {
    this.#asked.get(peer)?.cancel()
    this.#asked.delete(peer)
    this.#askNext()
  }

  #later(peer: string): void {
    const cancel = this.#ports.time.after(BUSY_MS, () => {
      this.#cancels.delete(cancel)
      this.meet([peer])
    })
    this.#cancels.add(cancel)
  }

  #knocked(from: string, knock: Word<'knock'>): void {
    const pair = { offering: this.#door.ownId, asking: from }
    const end = new OfferingPeer(this.#key, pair, knock, (length) => this.#ports.random.bytes(length))
    this.#asking.delete(from)
    const [oldest] = this.#asking.keys()
    if (oldest !== undefined && this.#asking.size >= MOST_ASKING) this.#asking.delete(oldest)
    this.#asking.set(from, end)
    this.#door.say(from, end.answer)
  }

  #guessed(from: string, guess: Word<'guess'>): void {
    const end = this.#asking.get(from)
    if (!end || end.run !== guess.run) return
    this.#asking.delete(from)
    const { run } = end
    if (!this.#budget.theirs.take()) return this.#door.say(from, { say: 'busy', run })
    const agreed = end.guessed(guess)
    if (!agreed) return this.#door.say(from, { say: 'wrong', run })
    this.#budget.theirs.giveBack()
    // Said before it is used: what we signal then comes after it.
    this.#door.say(from, agreed.welcome)
    this.#let(from, agreed.key)
  }

  #let(peer: string, key: Uint8Array): void {
    this.#seals.add(peer, key)
    this.#verdicts.delete(peer)
    this.#door.admitted(peer)
    this.#door.changed()
  }
}

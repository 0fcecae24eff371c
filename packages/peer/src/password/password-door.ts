// One tracker's id of ours at a swarm's door: asks others, and is asked. Anyone who has proved the password gets keys
// of the pair alone. Knows nothing of what is signalled then.
import { PasswordWord } from '@swarmdrop/core/password'
import type { Door, DoorPorts, GateVerdict } from '../swarm/gate'
import type { Budget } from '../time/budget'
import { Answering } from './answering'
import { Asking, type AskingPorts } from './asking'
import { PairSeals } from './pair-seals'

/** `ours`: of the guesses at our password that others have because we asked them; `theirs`: because they asked. */
export type Budgets = { ours: Budget; theirs: Budget; knocks: Budget }

export class PasswordDoor implements Door {
  readonly #door: DoorPorts
  readonly #seals: PairSeals
  readonly #asking: Asking
  readonly #answering: Answering
  #isClosed = false

  constructor(ports: AskingPorts, key: Uint8Array, { ours, theirs, knocks }: Budgets, door: DoorPorts) {
    const { ownId } = door
    const { random } = ports
    this.#door = door
    this.#seals = new PairSeals(ownId, random)
    this.#asking = new Asking(
      ports,
      { key, ownId, budget: ours },
      {
        say: (to, word) => door.say(to, word),
        isIn: (peer) => this.#seals.isCommon(peer),
        letIn: (peer, pairKey) => this.#letIn(peer, pairKey, true),
        changed: () => door.changed(),
      },
    )
    this.#answering = new Answering(
      { key, ownId, random, guesses: theirs, knocks },
      { say: (to, word) => door.say(to, word), letIn: (peer, pairKey) => this.#letIn(peer, pairKey, false) },
    )
  }

  get verdict(): GateVerdict | undefined {
    return this.#seals.count > 0 ? undefined : this.#asking.verdict
  }

  meet(peers: readonly string[]): void {
    this.#asking.meet(peers)
  }

  isOpenTo(peer: string): boolean {
    return this.#seals.has(peer)
  }

  heard(from: string, said: unknown): void {
    const word = PasswordWord.safeParse(said).data
    if (!word || this.#isClosed) return
    if (word.say === 'knock') this.#answering.knocked(from, word)
    else if (word.say === 'guess') this.#answering.guessed(from, word)
    // `needed`: theirs is another swarm than ours, of the same content: we have a password, and they say that one is
    // needed.
    else if (word.say !== 'needed') this.#asking.heard(from, word)
  }

  seal(to: string, message: unknown): string | undefined {
    return this.#seals.seal(to, message)
  }

  open(from: string, sealed: string): { message: unknown } | undefined {
    return this.#seals.open(from, sealed)
  }

  close(): void {
    this.#isClosed = true
    this.#asking.close()
  }

  /** Whom we asked has the key as well; anyone who asked us has it as soon as our word is there. */
  #letIn(peer: string, key: Uint8Array, wasAsked: boolean): void {
    this.#seals.add(peer, key, wasAsked)
    this.#asking.isSettled(peer)
    this.#door.admitted(peer, wasAsked)
    this.#door.changed()
  }
}

// A password besides a link: lets in who proves that they have it, and proves it to whom we want to reach. Neither side
// tells the other the password, and each guess is counted, no matter who makes it. Knows nothing of links, nor of where
// the key is kept.
import type { DoorPorts, Gate } from '../swarm/gate'
import { Budget } from '../time/budget'
import type { AskingPorts } from './asking'
import { type Budgets, PasswordDoor } from './password-door'

/**
 * How many wrong guesses are borne: these at once, and one more each time. At once, more than the tracker names: where
 * a password was changed, all who have the old one try that, and must not keep those with the new one waiting.
 */
const GUESSES = { atOnce: 40, eachMs: 20_000 }
/** A class at once; and then so many that they do not hold a page up. */
const KNOCKS = { atOnce: 64, eachMs: 125 }

export class PasswordGate implements Gate {
  readonly #ports: AskingPorts
  readonly #key: Uint8Array
  readonly #budgets: Budgets

  /** `key`: by `passwordKey`. */
  constructor(ports: AskingPorts, key: Uint8Array) {
    const guesses = () => new Budget(ports.time, GUESSES)
    this.#ports = ports
    this.#key = key
    this.#budgets = { ours: guesses(), theirs: guesses(), knocks: new Budget(ports.time, KNOCKS) }
  }

  doorFor(door: DoorPorts): PasswordDoor {
    return new PasswordDoor(this.#ports, this.#key, this.#budgets, door)
  }
}

// A password beside a link: lets in who proves that they have it, and proves it to whom we want to reach. Neither side tells the other
// the password, and each guess is counted, whoever makes it. Knows nothing of links, nor of where the key is kept.
import type { DoorPorts, Gate } from '../swarm/gate'
import { GuessBudget } from './guess-budget'
import { PasswordDoor, type PasswordPorts } from './password-door'

export class PasswordGate implements Gate {
  readonly #ports: PasswordPorts
  readonly #key: Uint8Array
  readonly #budget: { ours: GuessBudget; theirs: GuessBudget }

  /** `key`: by `passwordKey`. */
  constructor(ports: PasswordPorts, key: Uint8Array) {
    this.#ports = ports
    this.#key = key
    this.#budget = { ours: new GuessBudget(ports.time), theirs: new GuessBudget(ports.time) }
  }

  doorFor(door: DoorPorts): PasswordDoor {
    return new PasswordDoor(this.#ports, this.#key, this.#budget, door)
  }
}

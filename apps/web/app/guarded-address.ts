// Which address this page shows: the browser's, unless something would be lost by it, and then only when somebody has
// said yes. Knows nothing of what is shown.

export type AddressPorts<Reason> = {
  /** The browser's address, as text. */
  read(): string
  /** Puts what is shown back into the browser's address. */
  restore(shown: string): void
  /** What would be lost by going on to `next`. `stay`: nothing, as it is open here already. Undefined: nothing. */
  whatEnds(next: string): Reason | 'stay' | undefined
}

export class GuardedAddress<Reason> {
  readonly #ports: AddressPorts<Reason>
  readonly #listeners = new Set<() => void>()
  #shown: string
  #asked: { next: string; reason: Reason } | undefined

  constructor(ports: AddressPorts<Reason>) {
    this.#ports = ports
    this.#shown = ports.read()
  }

  readonly subscribe = (changed: () => void): (() => void) => {
    this.#listeners.add(changed)
    return () => this.#listeners.delete(changed)
  }

  readonly shown = (): string => this.#shown

  /** What somebody is being asked about; undefined: nothing. */
  readonly asked = (): Reason | undefined => this.#asked?.reason

  /** The browser's address has changed, by whatever. */
  moved(): void {
    const next = this.#ports.read()
    const reason = next === this.#shown ? undefined : this.#ports.whatEnds(next)
    this.#asked = undefined
    if (reason === 'stay') this.#ports.restore(this.#shown)
    else if (reason === undefined) this.#shown = next
    else this.#asked = { next, reason }
    this.#tell()
  }

  answer(agreed: boolean): void {
    const asked = this.#asked
    this.#asked = undefined
    if (agreed && asked) this.#shown = asked.next
    else this.#ports.restore(this.#shown)
    this.#tell()
  }

  #tell(): void {
    for (const changed of this.#listeners) changed()
  }
}

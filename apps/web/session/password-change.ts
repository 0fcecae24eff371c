// Sets the password of a transfer's link, changes it and takes it off, one after another. Knows nothing of how a key is
// made or kept.
import type { Gate, Transfer } from '@swarmdrop/peer'

export type Protected = Pick<Transfer, 'getSnapshot' | 'subscribe' | 'setGate'>

export type PasswordChangePorts = {
  /** Takes about half a second, and much memory: may reject. */
  keyFor: (typed: string, id: string) => Promise<Uint8Array>
  keep: (id: string, key: Uint8Array | undefined) => void
  newGate: (key: Uint8Array) => Gate
  changed: (session: Protected, key: Uint8Array | undefined) => void
}

export class PasswordChange {
  readonly #ports: PasswordChangePorts
  /** The last wish for each transfer: what was begun before comes to nothing. */
  readonly #wanted = new WeakMap<Protected, object>()

  constructor(ports: PasswordChangePorts) {
    this.#ports = ports
  }

  /**
   * Sets the password: from then on only those who know it are connected to. What a receiver types is kept when
   * somebody lets it in: it may be wrong, and its browser may be the sender's. Rejects with an Error whose message is
   * for the person; all is as before then.
   */
  async set(session: Protected, typed: string): Promise<void> {
    const own = {}
    this.#wanted.set(session, own)
    const id = idOf(session)
    const key = await this.#ports.keyFor(typed, id).catch(() => {
      throw new Error('This device has too little free memory to use a password. Close other tabs, and try again.')
    })
    if (this.#wanted.get(session) !== own) return
    if (session.getSnapshot().role === 'sender') this.#ports.keep(id, key)
    else this.#keepWhenProved(session, own, id, key)
    this.#ports.changed(session, key)
    session.setGate(this.#ports.newGate(key))
  }

  #keepWhenProved(session: Protected, own: object, id: string, key: Uint8Array): void {
    const stop = session.subscribe(() => {
      const { password, neighbours } = session.getSnapshot()
      const isProved = password === 'set' && neighbours.length > 0
      const isWanted = this.#wanted.get(session) === own
      if (isWanted && isProved) this.#ports.keep(id, key)
      if (isProved || !isWanted) stop()
    })
  }

  /** The link is enough again. */
  remove(session: Protected): void {
    this.#wanted.delete(session)
    this.#ports.keep(idOf(session), undefined)
    this.#ports.changed(session, undefined)
    session.setGate(undefined)
  }
}

function idOf(session: Protected): string {
  const { link } = session.getSnapshot()
  return link.slice(link.indexOf('#') + 1)
}

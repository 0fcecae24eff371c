// What peers of a swarm call themselves, and how that is said: next to an offer or an answer, which go under the seal.
// A name proves nothing. Knows nothing of links.
import { deviceName, type Signal } from '@swarmdrop/core/signaling'

/** More names than there are links; the one heard longest ago is forgotten first. */
const MAX_REMEMBERED = 256

export class PeerNames {
  readonly #names = new Map<string, string>()

  /** Takes the name in a signal whose seal and proof were right. The last name counts. */
  hear(peer: string, signal: Signal): void {
    if (!isIntroduction(signal) || signal.name === undefined) return
    this.#names.delete(peer)
    const name = deviceName(signal.name)
    if (name === undefined) return
    this.#names.set(peer, name)
    for (const oldest of this.#names.keys()) {
      if (this.#names.size <= MAX_REMEMBERED) return
      this.#names.delete(oldest)
    }
  }

  of(peer: string): string | undefined {
    return this.#names.get(peer)
  }
}

export function withName(signal: Signal, own: string | undefined): Signal {
  const name = own === undefined ? undefined : deviceName(own)
  return isIntroduction(signal) && name !== undefined ? { ...signal, name } : signal
}

/** Whether a signal is about a link's first connection: the others are made between two that know each other. */
const isIntroduction = (signal: Signal): signal is Extract<Signal, { type: 'offer' | 'answer' }> =>
  (signal.type === 'offer' || signal.type === 'answer') && signal.lane === undefined

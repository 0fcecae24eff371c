// What a peer says to others through the tracker: sealed and signed, and read with distrust. Where there is a gate,
// nothing but its own words goes past it unproved. Knows nothing of links.
import { isFromItsTab, type PeerId, Sealer, type Signal, SignalMessage, type TabKey } from '@swarmdrop/core/signaling'
import * as z from 'zod/mini'
import type { SwarmPorts } from './connection-ports'
import type { Door, Gate, GateVerdict } from './gate'
import { PeerNames, withName } from './peer-names'

/** The word of a gate, besides signals. The gate reads it. */
const GateMessage = z.object({ password: z.unknown() })
const Knock = z.object({ say: z.literal('knock') })

export type SignalsHandlers = {
  carry(to: PeerId, sealed: string): void
  heard(from: PeerId, message: SignalMessage): void
  /** A peer may be signalled to, and could not be before. `wasAsked`: it was named to us. */
  admitted(peer: PeerId, wasAsked: boolean): void
  changed(): void
}

export class SwarmSignals {
  readonly #ports: Pick<SwarmPorts, 'random' | 'deviceName'>
  readonly #key: Uint8Array
  readonly #tabKey: TabKey
  readonly #gate: Gate | undefined
  readonly #handlers: SignalsHandlers
  readonly #names = new PeerNames()
  #ownId = ''
  #sealer: Sealer | undefined
  #door: Door | undefined
  #isNeeded = false

  constructor(
    ports: Pick<SwarmPorts, 'random' | 'deviceName'>,
    { key, tabKey, gate }: { key: Uint8Array; tabKey: TabKey; gate: Gate | undefined },
    handlers: SignalsHandlers,
  ) {
    this.#ports = ports
    this.#key = key
    this.#tabKey = tabKey
    this.#gate = gate
    this.#handlers = handlers
  }

  /** The first offer is signed: the key for that is worked out. */
  prepare(): void {
    void this.#tabKey.name
  }

  /** The tracker's id for us, from now on. */
  joined(id: PeerId): void {
    this.#ownId = id
    this.#sealer = new Sealer(this.#key, id, (length) => this.#ports.random.bytes(length))
    this.#door?.close()
    this.#door = this.#gate?.doorFor({
      ownId: id,
      say: (to, word) => this.#say(to, word),
      admitted: (peer, wasAsked) => this.#handlers.admitted(peer, wasAsked),
      changed: () => this.#handlers.changed(),
    })
  }

  /** The peers that may be signalled to now; the others are asked. */
  meet(peers: readonly PeerId[]): readonly PeerId[] {
    const door = this.#door
    if (!door) return peers
    door.meet(peers)
    return peers.filter((peer) => door.isOpenTo(peer))
  }

  send(to: PeerId, attempt: string, signal: Signal): void {
    const said = withName(signal, this.#ports.deviceName?.())
    const message = this.#tabKey.message({ from: this.#ownId, to, attempt }, said)
    const sealed = this.#gate ? this.#door?.seal(to, message) : this.#sealer?.seal(to, message)
    if (sealed !== undefined) this.#handlers.carry(to, sealed)
  }

  /** Takes what came. What the seal, the shape or the tab's own key refuses is treated as if it had never come. */
  receive(from: PeerId, sealed: string): void {
    const proved = this.#door?.open(from, sealed)
    if (proved) return this.#heard(from, proved.message)
    const opened = this.#sealer?.open(from, sealed)
    if (!opened?.ok) return
    const word = GateMessage.safeParse(opened.message).data
    if (word) return this.#gateHeard(from, word.password)
    if (this.#gate) this.#refuse(from, opened.message)
    else this.#heard(from, opened.message)
  }

  /** The name that a neighbour gives itself, fit to be shown; undefined: it says none. */
  nameOf(peer: string): string | undefined {
    return this.#names.of(peer)
  }

  /** `needed`: those who are there ask for a password, and we have none. */
  get gate(): GateVerdict | 'needed' | undefined {
    return this.#gate ? this.#door?.verdict : this.#isNeeded ? 'needed' : undefined
  }

  close(): void {
    this.#door?.close()
  }

  #say(to: PeerId, word: object): void {
    if (this.#sealer) this.#handlers.carry(to, this.#sealer.seal(to, { password: word }))
  }

  #heard(from: PeerId, said: unknown): void {
    const message = SignalMessage.safeParse(said).data
    if (!message || !isFromItsTab(message, { from, to: this.#ownId })) return
    this.#names.hear(from, message.signal)
    this.#handlers.heard(from, message)
  }

  #gateHeard(from: PeerId, word: unknown): void {
    if (this.#door) return this.#door.heard(from, word)
    if (Knock.safeParse(word).success) this.#say(from, { say: 'none' })
    if (this.#isNeeded) return
    this.#isNeeded = true
    this.#handlers.changed()
  }

  /** Somebody has the link alone, and is told what is missing. */
  #refuse(from: PeerId, said: unknown): void {
    if (SignalMessage.safeParse(said).data?.signal.type === 'offer') this.#say(from, { say: 'needed' })
  }
}

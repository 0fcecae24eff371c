// What sockets say of ways through this server, and when pieces go on. Knows neither what is carried nor how much may
// be.
import {
  type PeerId,
  RelayOpenRequest,
  RelayPiece,
  RelayRead,
  RelayStop,
  type SwarmId,
} from '@swarmdrop/core/signaling'
import { type Desk, type DeskAnswer, DONE, type From, offence, refusal } from './desk'
import type { SocketId } from './members'
import { Relay, type RelayOptions } from './relay'

/** Pieces that wait for the budget, or for a receiver, are looked at again after so long. */
const POUR_AGAIN_MS = 15
const SWEEP_MS = 1_000

export type RelayDeskOptions = RelayOptions & {
  /** The id of the socket's member in that swarm. */
  memberOf: (socket: SocketId, swarmId: SwarmId) => PeerId | undefined
  isMember: (swarmId: SwarmId, id: PeerId) => boolean | Promise<boolean>
  now: () => number
}

export class RelayDesk implements Desk {
  readonly #options: RelayDeskOptions
  readonly #relay: Relay
  #pouring: NodeJS.Timeout | undefined
  #sweeping: NodeJS.Timeout | undefined

  constructor(options: RelayDeskOptions) {
    this.#options = options
    this.#relay = new Relay(options, options.now())
  }

  get isOn(): boolean {
    return this.#relay.isOn
  }

  get counts(): { pairs: number; waiting: number } {
    return this.#relay.counts
  }

  /**
   * Takes a message of a way that stands: a piece, or word that some were read. Its window bounds it, so it costs
   * nothing else. False for any other message.
   */
  takes(socket: SocketId, event: string, content: unknown, now: number): boolean {
    if (event === 'relay') {
      const piece = RelayPiece.safeParse(content).data
      if (!piece || !this.#relay.take(piece.pair, socket, piece.sealed, now)) return false
      this.#pour(now)
      return true
    }
    const read = event === 'relay-read' ? RelayRead.safeParse(content).data : undefined
    return read !== undefined && this.#relay.read(read.pair, socket, read.cost, now)
  }

  answer(from: From, event: string, content: unknown, now: number): DeskAnswer | Promise<DeskAnswer> | undefined {
    // What is of no way that stands came too late, and is nobody's fault.
    if (event === 'relay') return RelayPiece.safeParse(content).success ? DONE : offence('invalid')
    if (event === 'relay-read') return RelayRead.safeParse(content).success ? DONE : offence('invalid')
    if (event === 'relay-stop') {
      const stop = RelayStop.safeParse(content).data
      if (!stop) return offence('invalid')
      this.#relay.stop(stop.pair, from.socket)
      return DONE
    }
    if (event !== 'relay-open') return undefined
    const request = RelayOpenRequest.safeParse(content).data
    return request ? this.#open(from, request, now) : offence('invalid')
  }

  gone({ socket }: From, _now: number, swarmId?: SwarmId): void {
    this.#relay.gone(socket, swarmId)
  }

  close(): void {
    clearTimeout(this.#pouring)
    clearTimeout(this.#sweeping)
  }

  #open(from: From, { swarmId, to, pair }: RelayOpenRequest, now: number): DeskAnswer | Promise<DeskAnswer> {
    const { memberOf, isMember } = this.#options
    const id = memberOf(from.socket, swarmId)
    if (id === undefined) return refusal('not-joined')
    if (to === id) return refusal('unknown-peer')
    const open = (isThere: boolean): DeskAnswer => {
      // Who was asked for may have taken its time, and who asks may be gone.
      if (!isThere || memberOf(from.socket, swarmId) !== id) return refusal('unknown-peer')
      const refused = this.#relay.open(pair, { ...from, swarmId, id }, to, now)
      this.#sweepLater()
      if (refused === 'invalid') return offence(refused)
      return refused ? refusal(refused) : DONE
    }
    const isThere = isMember(swarmId, to)
    return isThere instanceof Promise ? isThere.then(open) : open(isThere)
  }

  #pour(now: number): void {
    this.#relay.pour(now)
    if (!this.#relay.isBusy || this.#pouring) return
    this.#pouring = setTimeout(() => {
      this.#pouring = undefined
      this.#pour(this.#options.now())
    }, POUR_AGAIN_MS)
  }

  #sweepLater(): void {
    this.#sweeping ??= setTimeout(() => {
      this.#sweeping = undefined
      this.#relay.sweep(this.#options.now())
      if (this.#relay.counts.pairs > 0) this.#sweepLater()
    }, SWEEP_MS)
  }
}

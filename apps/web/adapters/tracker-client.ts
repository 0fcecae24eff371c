// One swarm's line to the tracker: joins, comes back by itself after a loss, carries sealed signals. Knows nothing of
// what is in them, nor of WebRTC.
import {
  JoinReply,
  type JoinRequest,
  MoreReply,
  type MoreRequest,
  SignalDelivery,
  type SignalRequest,
} from '@swarmdrop/core'
import { io, type Socket } from 'socket.io-client'

/** An answer that has not come by then will not: the line is taken for lost. */
const ANSWER_TIMEOUT_MS = 10_000
/** An attempt that began without a network hangs, and the next one would only wait for it. */
const CONNECT_TIMEOUT_MS = 8_000

export type TrackerState = 'connecting' | 'online' | 'offline'

export type TrackerHandlers = {
  /** We are in the swarm, under a new id: at first, and again after every loss. */
  joined(reply: JoinReply): void
  signal(delivery: SignalDelivery): void
  stateChanged(state: TrackerState): void
}

/** A line that was opened before its swarm was known, and to where. */
let ahead: { url: string; socket: Socket } | undefined

/** Opens the line that the next client to this tracker takes, where it is likely that there will be one. */
export function expectSwarm(url: string): void {
  ahead ??= { url, socket: openLine(url) }
}

function takeLine(url: string): Socket {
  const socket = ahead?.url === url ? ahead.socket : openLine(url)
  if (socket === ahead?.socket) ahead = undefined
  return socket
}

function openLine(url: string): Socket {
  return io(url, {
    transports: ['websocket'],
    forceNew: true,
    reconnectionDelay: 500,
    reconnectionDelayMax: 4_000,
    timeout: CONNECT_TIMEOUT_MS,
  })
}

export class TrackerClient {
  readonly #socket: Socket
  readonly #swarmId: string
  readonly #handlers: TrackerHandlers

  constructor(url: string, swarmId: string, handlers: TrackerHandlers) {
    this.#swarmId = swarmId
    this.#handlers = handlers
    this.#socket = takeLine(url)
    if (this.#socket.connected) void this.#join()
    this.#socket.on('connect', () => void this.#join())
    this.#socket.on('connect_error', () => handlers.stateChanged('offline'))
    this.#socket.on('disconnect', () => handlers.stateChanged('offline'))
    this.#socket.on('signal', (delivery: unknown) => {
      const parsed = SignalDelivery.safeParse(delivery)
      if (parsed.success && parsed.data.swarmId === swarmId) handlers.signal(parsed.data)
    })
  }

  /** A random subset of the swarm anew; undefined when the tracker cannot say now. */
  async more(wants: number): Promise<MoreReply | undefined> {
    const reply = MoreReply.safeParse(await this.#ask('more', { swarmId: this.#swarmId, wants } satisfies MoreRequest))
    return reply.success ? reply.data : undefined
  }

  /** False when the tracker did not pass it on: the other has gone, or the line is down. */
  async signal(to: string, sealed: string): Promise<boolean> {
    const reply = await this.#ask('signal', { swarmId: this.#swarmId, to, sealed } satisfies SignalRequest)
    return typeof reply === 'object' && reply !== null && !('refused' in reply)
  }

  close(): void {
    this.#socket.removeAllListeners()
    this.#socket.disconnect()
  }

  async #join(): Promise<void> {
    const reply = JoinReply.safeParse(await this.#ask('join', { swarmId: this.#swarmId } satisfies JoinRequest))
    if (reply.success) {
      this.#handlers.stateChanged('online')
      this.#handlers.joined(reply.data)
    } else if (this.#socket.connected) {
      // Refused, or nonsense: a new line a little later is the only way on.
      this.#handlers.stateChanged('offline')
      this.#socket.io.engine.close()
    }
  }

  async #ask(event: string, request: object): Promise<unknown> {
    if (!this.#socket.connected) return undefined
    try {
      return await this.#socket.timeout(ANSWER_TIMEOUT_MS).emitWithAck(event, request)
    } catch {
      return undefined
    }
  }
}

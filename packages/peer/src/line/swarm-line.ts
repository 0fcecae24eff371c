// One swarm's line to the tracker: joins, joins again after a loss, carries sealed signals. Knows nothing of what is in
// them, nor of WebRTC.
import {
  JoinReply,
  type JoinRequest,
  MoreReply,
  type MoreRequest,
  Refusal,
  type RefusalCode,
  type RelayOpenRequest,
  SignalDelivery,
  type SignalRequest,
} from '@swarmdrop/core/signaling'
import { Retries, type RetriesPorts } from '../time/retries'
import { REACHED_WITHIN_MS, type TrackerLine } from './tracker-line'

export type TrackerState = 'connecting' | 'online' | 'offline'

export type SwarmLineHandlers = {
  /** We are in the swarm, under a new id: at first, and again after every loss. */
  joined(reply: JoinReply): void
  signal(delivery: SignalDelivery): void
  /** Whatever else the server has said: ways through it (core's relay-protocol.ts). */
  heard(event: string, payload: unknown): void
  /** The line is lost: whatever the server knew of us, it has forgotten. */
  lost(): void
  stateChanged(state: TrackerState): void
}

export class SwarmLine {
  readonly #line: TrackerLine
  readonly #swarmId: string
  readonly #handlers: SwarmLineHandlers
  readonly #retries: Retries
  readonly #time: RetriesPorts['time']
  #stopWaiting = () => {}

  constructor(line: TrackerLine, ports: RetriesPorts, swarmId: string, handlers: SwarmLineHandlers) {
    this.#line = line
    this.#time = ports.time
    this.#retries = new Retries(ports)
    this.#swarmId = swarmId
    this.#handlers = handlers
  }

  start(): void {
    this.#stopWaiting = this.#time.after(REACHED_WITHIN_MS, () => this.#become('offline'))
    this.#line.start({
      up: () => void this.#join(),
      lost: () => {
        this.#retries.stop()
        this.#handlers.lost()
        this.#become('offline')
      },
      heard: (event, payload) => {
        if (event !== 'signal') return this.#handlers.heard(event, payload)
        const delivery = SignalDelivery.safeParse(payload).data
        if (delivery?.swarmId === this.#swarmId) this.#handlers.signal(delivery)
      },
    })
  }

  /** Another random subset of the swarm; undefined when the tracker cannot say now. */
  async more(wants: number): Promise<MoreReply | undefined> {
    return MoreReply.safeParse(await this.#line.ask('more', { swarmId: this.#swarmId, wants } satisfies MoreRequest))
      .data
  }

  /** Sends a signal. False when the tracker did not pass it on: the other has gone, or the line is down. */
  async signal(to: string, sealed: string): Promise<boolean> {
    const request = { swarmId: this.#swarmId, to, sealed } satisfies SignalRequest
    return answerOf(await this.#line.ask('signal', request)) === 'done'
  }

  /** The part of this line that the links' way through the server needs. */
  readonly relay = {
    open: async ({ to, pair }: Omit<RelayOpenRequest, 'swarmId'>) =>
      answerOf(await this.#line.ask('relay-open', { swarmId: this.#swarmId, to, pair } satisfies RelayOpenRequest)),
    tell: (event: string, message: object) => this.#line.tell(event, message),
  }

  close(): void {
    this.#stopWaiting()
    this.#retries.stop()
    this.#line.close()
  }

  #become(state: TrackerState): void {
    this.#stopWaiting()
    this.#handlers.stateChanged(state)
  }

  async #join(): Promise<void> {
    const answer = await this.#line.ask('join', { swarmId: this.#swarmId } satisfies JoinRequest)
    const reply = JoinReply.safeParse(answer)
    if (reply.success) {
      this.#retries.reset()
      this.#become('online')
      this.#handlers.joined(reply.data)
    } else if (this.#line.isUp) {
      this.#become('offline')
      // A new line costs its address more than a question does, and would be refused as well.
      if (Refusal.safeParse(answer).data?.refused === 'rate-limited') this.#retries.later(() => void this.#join())
      // Refused for good, nonsense, or no answer at all: a new line a little later is the only way on.
      else this.#line.renew()
    }
  }
}

/** The answer to a request that is answered only by whether it was done. */
function answerOf(reply: unknown): 'done' | 'silent' | RefusalCode {
  if (typeof reply !== 'object' || reply === null) return 'silent'
  return 'refused' in reply ? (Refusal.safeParse(reply).data?.refused ?? 'invalid') : 'done'
}

// Joins one swarm and stays in it: tracker, seals and links together, as the driver's link port and a count of people.
// Knows nothing of chunks.
import { deriveSwarmKeys, type LinkPort, Sealer, SignalMessage } from '@swarmdrop/core'
import { PeerLinks } from '../adapters/peer-links'
import { TrackerClient, type TrackerState } from '../adapters/tracker-client'
import { randomBytes } from './randomness'

/** A lost neighbour is looked for anew after this long: it may be back, or others may be free. */
const LOOK_AGAIN_MS = 1_500
const WANTS = 30

/** Whom to meet: by default everybody that the tracker names, up to the links' own bound. */
export type Company = {
  /** `those-who-ask`: offers to nobody, as in an experiment where one server serves all. */
  meets: 'everybody' | 'those-who-ask'
  wants: number
  maxLinks?: number
}

export type SwarmConnectionHandlers = {
  peerJoined(peer: string): void
  peerLeft(peer: string): void
  frame(peer: string, frame: Uint8Array): void
  drained(peer: string, bufferedBytes: number): void
  changed(): void
}

export class SwarmConnection {
  trackerState: TrackerState = 'connecting'
  /** By the tracker's last word, ourselves included; 0 before it has said. */
  swarmSize = 0
  readonly #tracker: TrackerClient
  readonly #links: PeerLinks
  readonly #handlers: SwarmConnectionHandlers
  readonly #company: Company
  #sealer: Sealer | undefined
  #lookAgain: ReturnType<typeof setTimeout> | undefined

  constructor(
    contentId: Uint8Array,
    trackerUrl: string,
    handlers: SwarmConnectionHandlers,
    company: Company = { meets: 'everybody', wants: WANTS },
  ) {
    const { swarmId, key } = deriveSwarmKeys(contentId)
    this.#handlers = handlers
    this.#company = company
    this.#links = new PeerLinks(
      randomBytes,
      {
        signal: (to, message) => void this.#send(to, message),
        opened: (peer) => handlers.peerJoined(peer),
        frame: (peer, frame) => handlers.frame(peer, frame),
        drained: (peer, bufferedBytes) => handlers.drained(peer, bufferedBytes),
        closed: (peer, lost) => {
          handlers.peerLeft(peer)
          if (lost) this.#lookAgain ??= setTimeout(() => this.findPeers(), LOOK_AGAIN_MS)
        },
      },
      company.maxLinks,
    )
    this.#tracker = new TrackerClient(trackerUrl, swarmId, {
      joined: ({ id, peers, size, iceServers }) => {
        this.#sealer = new Sealer(key, id, randomBytes)
        this.#links.ownId = id
        this.#links.iceServers = iceServers.map(({ urls, username, credential }) => ({
          urls,
          ...(username !== undefined && { username }),
          ...(credential !== undefined && { credential }),
        }))
        this.swarmSize = size
        this.#meet(peers.slice(0, company.wants))
        handlers.changed()
      },
      signal: ({ from, sealed }) => this.#receive(from, sealed),
      stateChanged: (state) => {
        this.trackerState = state
        handlers.changed()
      },
    })
  }

  get links(): LinkPort {
    return this.#links
  }

  /** The tracker's id for us; empty before it has said. */
  get ownId(): string {
    return this.#links.ownId
  }

  get hasRelay(): boolean {
    return this.#links.hasRelay
  }

  /** Ends every connection and makes them anew, under what has been chosen since. */
  reconnect(): void {
    this.#links.hangUp()
    void this.findPeers()
  }

  /** Asks the tracker who is there, and connects to those who are new. */
  async findPeers(): Promise<void> {
    clearTimeout(this.#lookAgain)
    this.#lookAgain = undefined
    const reply = await this.#tracker.more(this.#company.wants)
    if (!reply) return
    this.swarmSize = reply.size
    this.#meet(reply.peers)
    this.#handlers.changed()
  }

  close(): void {
    clearTimeout(this.#lookAgain)
    this.#links.close()
    this.#tracker.close()
  }

  #meet(peers: readonly string[]): void {
    if (this.#company.meets === 'everybody') this.#links.connect(peers)
  }

  async #send(to: string, message: SignalMessage): Promise<void> {
    if (this.#sealer) await this.#tracker.signal(to, this.#sealer.seal(to, message))
  }

  /** What the seal or the shape refuses is nobody's we know: it is as if it had never come. */
  #receive(from: string, sealed: string): void {
    const opened = this.#sealer?.open(from, sealed)
    if (!opened?.ok) return
    const message = SignalMessage.safeParse(opened.message)
    if (message.success) this.#links.receive(from, message.data)
  }
}

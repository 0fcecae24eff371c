// Joins one swarm and stays in it: tracker, seals and links together, as the driver's link port and a count of people.
// Knows nothing of chunks.
import type { LinkPort } from '@swarmdrop/core'
import { deriveSwarmKeys, type JoinReply, TabKey } from '@swarmdrop/core/signaling'
import { SwarmLine, type TrackerState } from '../line/swarm-line'
import { TrackerLine } from '../line/tracker-line'
import { iceServersOf } from '../links/ice-servers'
import { PeerLinks } from '../links/peer-links'
import { ServerRelay } from '../links/server-relay'
import type { TurnOutcome, Way } from '../ports'
import {
  type ConnectionPlan,
  meetEverybody,
  type SwarmConnectionHandlers,
  type SwarmPorts,
  type Trouble,
} from './connection-ports'
import type { Gate, GateVerdict } from './gate'
import { SwarmSignals } from './signals'

/** A lost neighbour is looked for again after this long: it may be back, or others may be free. */
const LOOK_AGAIN_MS = 1_500
/**
 * How long to wait before the tracker is asked for others, where a swarm is larger than what it names and nobody named
 * can be reached; each time longer by the factor. Fewer questions, as a word to everybody again and again is more than
 * the tracker carries.
 */
const OTHERS_AFTER_MS = { first: 3_000, longest: 20_000, factor: 1.5 }
/** The tracker gives a new one at each join. */
const KNOWN_IDS = 4

export class SwarmConnection {
  trackerState: TrackerState = 'connecting'
  /** The last ids that the tracker has given us, the present one last: others know us by one of them. */
  readonly ownIds: string[] = []
  readonly #ports: SwarmPorts
  readonly #line: SwarmLine
  readonly #relay: ServerRelay
  readonly #links: PeerLinks
  readonly #signals: SwarmSignals
  readonly #handlers: SwarmConnectionHandlers
  readonly #plan: ConnectionPlan
  /** The size of the swarm, by the tracker's last word. */
  #toldSize = 0
  /** The peers that the tracker named last. */
  #named: readonly string[] = []
  #stopLooking: (() => void) | undefined
  #stopPreparing = () => {}
  #othersAfterMs = OTHERS_AFTER_MS.first
  #closed = false

  constructor(
    ports: SwarmPorts,
    contentId: Uint8Array,
    handlers: SwarmConnectionHandlers,
    { plan = meetEverybody, gate }: { plan?: ConnectionPlan | undefined; gate?: Gate | undefined } = {},
  ) {
    const { swarmId, key } = deriveSwarmKeys(contentId)
    this.#ports = ports
    this.#handlers = handlers
    this.#plan = plan
    const tabKey = new TabKey((length) => ports.random.bytes(length))
    this.#line = new SwarmLine(new TrackerLine(ports.newLine(), ports.time), ports, swarmId, {
      joined: (reply) => this.#joined(reply),
      signal: ({ from, sealed }) => this.#signals.receive(from, sealed),
      heard: (event, payload) => this.#relay.heard(event, payload),
      lost: () => this.#relay.lost(),
      stateChanged: (state) => {
        this.trackerState = state
        handlers.changed()
      },
    })
    this.#signals = new SwarmSignals(
      ports,
      { key, tabKey, gate },
      {
        carry: (to, sealed) => void this.#line.signal(to, sealed),
        heard: (from, message) => this.#links.receive(from, message),
        admitted: (peer, wasAsked) => this.#admitted(peer, wasAsked),
        changed: () => handlers.changed(),
      },
    )
    this.#relay = new ServerRelay(this.#line.relay, () => ports.time.now())
    this.#links = new PeerLinks(
      ports,
      tabKey,
      {
        signal: (to, attempt, signal) => this.#signals.send(to, attempt, signal),
        opened: (peer, dialled) => handlers.peerJoined(peer, dialled),
        frame: (peer, frame, lane) => handlers.frame(peer, frame, lane),
        laneOpened: (peer, lane) => handlers.laneOpened?.(peer, lane),
        lanesRefused: (peer) => handlers.lanesRefused?.(peer),
        laneLost: (peer, lane) => handlers.laneLost?.(peer, lane),
        drained: (peer, bufferedBytes) => handlers.drained(peer, bufferedBytes),
        wayChanged: () => handlers.changed(),
        turnChanged: () => handlers.changed(),
        closed: (peer, lost) => this.#lost(peer, lost),
      },
      { maxLinks: plan.maxLinks, server: { relay: this.#relay, key } },
    )
  }

  start(): void {
    this.#line.start()
    // While the tracker's answer is on its way: the first offer is signed.
    this.#stopPreparing = this.#ports.time.after(0, () => this.#signals.prepare())
  }

  get links(): LinkPort {
    return this.#links
  }

  /**
   * People in the swarm, ourselves included; 0 before the tracker has said. By its last word, or by those who are
   * connected to us or trying to be: of newcomers it tells nobody.
   */
  get swarmSize(): number {
    return this.#toldSize === 0 ? 0 : Math.max(this.#toldSize, 1 + this.#links.known)
  }

  /** What is known of the peers that we could not reach. */
  get trouble(): Trouble {
    const { isOffered, isFull } = this.#relay
    return {
      failures: [...this.#links.unreached().values()],
      server: isOffered ? (isFull ? 'full' : 'carries') : 'none',
      turn: this.turn,
      hidesAddress: this.#ports.relay.isRelayOnly(),
    }
  }

  wayTo(peer: string): Way | undefined {
    return this.#links.wayTo(peer)
  }

  /** The name that a neighbour gives itself, fit to be shown; undefined: it says none. */
  nameOf(peer: string): string | undefined {
    return this.#signals.nameOf(peer)
  }

  /** Why a gate lets nobody in; `needed`: they have one, and we do not. */
  get gate(): GateVerdict | 'needed' | undefined {
    return this.#signals.gate
  }

  get hasRelay(): boolean {
    return this.#links.hasRelay
  }

  /** How TURN servers answered last; undefined: none has been asked, or the answer is on its way. */
  get turn(): TurnOutcome | undefined {
    return this.#links.turn.outcome
  }

  /** Ends every connection and makes them again, under what has been chosen since. */
  reconnect(): void {
    this.#links.hangUp()
    void this.findPeers()
  }

  /** Asks the tracker who is there, and connects to those who are new. */
  async findPeers(): Promise<void> {
    this.#stopLooking?.()
    this.#stopLooking = undefined
    const reply = await this.#line.more(this.#plan.wants)
    if (reply) this.#meet(reply)
  }

  /** Says goodbye at once, so that nobody waits for us. */
  close(): void {
    this.#closed = true
    this.#stopLooking?.()
    this.#stopPreparing()
    this.#links.close()
    this.#signals.close()
    this.#line.close()
  }

  #joined(reply: JoinReply): void {
    const { id, peers, size, relays = false } = reply
    this.#relay.isOffered = relays
    this.#signals.joined(id)
    this.ownIds.push(id)
    if (this.ownIds.length > KNOWN_IDS) this.ownIds.shift()
    this.#links.ownId = id
    // At first, and after each loss of the line.
    this.#links.tryAgain()
    this.#links.iceServers = iceServersOf(reply, this.#ports.trackerHost)
    this.#meet({ peers: peers.slice(0, this.#plan.wants), size })
  }

  #meet({ peers, size }: { peers: readonly string[]; size: number }): void {
    this.#toldSize = size
    this.#named = peers
    this.#links.connect(this.#signals.meet(peers))
    const areOthers = peers.length > 0 && size - 1 > peers.length
    if (!this.#links.isAlone) this.#othersAfterMs = OTHERS_AFTER_MS.first
    else if (areOthers) {
      this.#lookAgain(this.#othersAfterMs, () => this.#links.isAlone)
      this.#othersAfterMs = Math.min(this.#othersAfterMs * OTHERS_AFTER_MS.factor, OTHERS_AFTER_MS.longest)
    }
    this.#handlers.changed()
  }

  /** A gate has let a peer in: one that we asked we want to reach, though others have been named since. */
  #admitted(peer: string, wasAsked: boolean): void {
    if (wasAsked && !this.#named.includes(peer)) this.#named = [...this.#named, peer]
    this.#links.connect(this.#signals.meet(this.#named))
  }

  /** Looks for others again after this time, if it is still wanted then. */
  #lookAgain(ms: number, isWanted = () => true): void {
    this.#stopLooking ??= this.#ports.time.after(ms, () => {
      this.#stopLooking = undefined
      if (isWanted()) void this.findPeers()
    })
  }

  #lost(peer: string, lost: boolean): void {
    this.#handlers.peerLeft(peer)
    if (!lost || this.#closed) return
    this.#lookAgain(LOOK_AGAIN_MS)
  }
}

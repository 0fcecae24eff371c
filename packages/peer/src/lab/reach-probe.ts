// One page's part in finding out who reaches whom: meets all others in a swarm of which there is nothing to fetch.
// Knows neither the room nor who they are.
import type { Way } from '../ports'
import { SwarmConnection } from '../swarm/connection'
import type { SwarmPorts } from '../swarm/connection-ports'
import { MOST_REACHED, type ReachReport } from './reach-messages'

/** How often those who came since are asked for. */
const LOOK_AGAIN_MS = 1_500
/** The plan of a check: as many peers as the tracker names, and room for those to whom it names us. */
const PLAN = { wants: 50, maxLinks: 60 }

export class ReachProbe {
  readonly #ports: SwarmPorts
  readonly #connection: SwarmConnection
  readonly #reached = new Map<string, Way>()
  readonly #connected = new Set<string>()
  #stopLooking = () => {}

  /** `changed`: there is more to report. */
  constructor(ports: SwarmPorts, contentId: Uint8Array, changed: () => void) {
    this.#ports = ports
    const handlers = {
      peerJoined: (peer: string) => {
        this.#connected.add(peer)
        changed()
      },
      // Reached once is reached: pages end their part at different moments.
      peerLeft: (peer: string) => {
        this.#connected.delete(peer)
      },
      frame: () => {},
      drained: () => {},
      changed,
    }
    this.#connection = new SwarmConnection(ports, contentId, handlers, { plan: PLAN })
  }

  start(): void {
    this.#connection.start()
    this.#stopLooking = this.#ports.time.every(LOOK_AGAIN_MS, () => void this.#connection.findPeers())
  }

  report(): Pick<ReachReport, 'ids' | 'reached'> {
    // A way may have become another since.
    for (const peer of this.#connected) this.#reached.set(peer, this.#connection.wayTo(peer) ?? 'direct')
    return { ids: [...this.#connection.ownIds], reached: [...this.#reached].slice(0, MOST_REACHED) }
  }

  close(): void {
    this.#stopLooking()
    this.#connection.close()
  }
}

// One peer of a run: the swarm's own machine with a store and connections of its own, in a student's tab or among others in
// the teacher's page. Connects at once, and fetches when told to. Knows nothing of rooms.
import {
  type Bitfield,
  type ChunkMap,
  type ChunkStore,
  type ClockPort,
  lies,
  type Role,
  Swarm,
  SwarmDriver,
} from '@swarmdrop/core'
import { random } from '../randomness'
import { type Company, SwarmConnection } from '../swarm-connection'
import type { RunContent } from './material'
import type { PeerStatus } from './messages'

export type LabPeerOptions = {
  trackerUrl: string
  run: RunContent
  role: Pick<Role, 'behaviour' | 'uploadBytesPerSecond' | 'downloadBytesPerSecond' | 'policy'>
  company: Company
  store: ChunkStore
  /** Grows as chunks come; kept by the owner over leaving and coming back. */
  held: Bitfield
  clock: ClockPort
  /** Something may have changed: often. */
  changed: () => void
}

export class LabPeer {
  readonly #options: LabPeerOptions
  readonly #swarm: Swarm
  readonly #driver: SwarmDriver
  readonly #connection: SwarmConnection
  /** Every id that the tracker has given us: others know us by one of them. */
  readonly #ids = new Set<string>()
  #closed = false

  constructor(options: LabPeerOptions) {
    this.#options = options
    const { run, role, held, store, clock, trackerUrl, company, changed } = options
    const { uploadBytesPerSecond } = role
    this.#swarm = new Swarm(
      {
        contentId: run.content.id,
        start: { content: run.content, pages: run.pages, held },
        downloading: false,
        uploading: role.behaviour !== 'free-rider' && uploadBytesPerSecond > 0,
        uploadBytesPerSecond,
        // A server or a liar fetches nothing, and its downlink does not matter.
        downloadBytesPerSecond: role.downloadBytesPerSecond,
        policy: role.policy,
        now: clock.now(),
      },
      random,
    )
    const connection: SwarmConnection = new SwarmConnection(
      run.content.id,
      trackerUrl,
      {
        peerJoined: (peer) => this.#driver.dispatch({ type: 'peer-joined', peer }),
        peerLeft: (peer) => this.#driver.dispatch({ type: 'peer-left', peer }),
        frame: (peer, frame) => this.#driver.receive(peer, frame),
        drained: (peer, bufferedBytes) => this.#driver.dispatch({ type: 'send-drained', peer, bufferedBytes }),
        changed: () => {
          if (connection.ownId !== '') this.#ids.add(connection.ownId)
          changed()
        },
      },
      company,
    )
    this.#connection = connection
    this.#driver = new SwarmDriver(
      this.#swarm,
      { link: connection.links, clock },
      {
        changed,
        contentKnown: () => {},
        peersWanted: () => void connection.findPeers(),
        storeFailed: (error) => console.warn(error.message),
      },
      store,
    )
  }

  /** Fetches from now on, if that is what it is here for. */
  begin(): void {
    if (this.#closed) return
    const { behaviour, uploadBytesPerSecond } = this.#options.role
    this.#driver.dispatch({
      type: 'activity-changed',
      downloading: behaviour !== 'server' && !lies(behaviour),
      uploading: behaviour !== 'free-rider' && uploadBytesPerSecond > 0,
    })
  }

  /** Connects to those who have come since. */
  findPeers(): void {
    void this.#connection.findPeers()
  }

  get isComplete(): boolean {
    return this.#options.held.isComplete
  }

  status(): PeerStatus {
    const { neighbours, uploadedBytes, downloadedBytes } = this.#swarm.snapshot(this.#options.clock.now())
    return {
      ids: [...this.#ids].slice(-4),
      held: this.#options.held.toBytes(),
      uploadedBytes,
      downloadedBytes,
      neighbours,
    }
  }

  chunkMap(): ChunkMap | undefined {
    return this.#swarm.chunkMap()
  }

  close(): void {
    if (this.#closed) return
    this.#closed = true
    this.#connection.close()
    this.#driver.close()
  }
}

// One peer of a run: a live swarm with a store of its own, at a participant or among others at the host. Connects at
// once, and fetches when told to. Knows nothing of rooms.
import type { Bitfield, ChunkMap, ChunkStore } from '@swarmdrop/core'
import { lies, type ParticipantPlan } from '@swarmdrop/core/simulation'
import type { ConnectionPlan, SwarmPorts } from '../swarm/connection-ports'
import { LiveSwarm } from '../swarm/live-swarm'
import type { RunContent } from './lab-data'
import type { PeerStatus } from './messages'

export type LabPeerOptions = {
  run: RunContent
  plan: Pick<ParticipantPlan, 'behaviour' | 'uploadBytesPerSecond' | 'downloadBytesPerSecond' | 'policy'>
  connections: ConnectionPlan
  store: ChunkStore
  /** Grows as chunks come; kept by the owner over leaving and coming back. */
  held: Bitfield
  /** Something may have changed: often. */
  changed: () => void
}

export class LabPeer {
  readonly #held: Bitfield
  readonly #live: LiveSwarm
  readonly #downloads: boolean
  readonly #uploads: boolean

  constructor(ports: SwarmPorts, { run, plan, connections, store, held, changed }: LabPeerOptions) {
    const { behaviour, uploadBytesPerSecond, downloadBytesPerSecond, policy } = plan
    this.#held = held
    this.#downloads = behaviour !== 'server' && !lies(behaviour)
    this.#uploads = behaviour !== 'free-rider' && uploadBytesPerSecond > 0
    this.#live = new LiveSwarm(
      ports,
      {
        contentId: run.content.id,
        start: { content: run.content, pages: run.pages, held },
        plan: connections,
        store,
        downloading: false,
        uploading: this.#uploads,
        uploadBytesPerSecond,
        // A server or a liar fetches nothing, and its downlink does not matter.
        downloadBytesPerSecond,
        policy,
      },
      { changed, storeFailed: (error) => ports.log(error.message) },
    )
  }

  /** Into the swarm. */
  start(): void {
    this.#live.start()
  }

  /** Fetches from now on, if that is what it is here for. */
  begin(): void {
    this.#live.setActivity(this.#downloads, this.#uploads)
  }

  /** Connects to those who have come since. */
  findPeers(): void {
    this.#live.findPeers()
  }

  get isComplete(): boolean {
    return this.#held.isComplete
  }

  status(): PeerStatus {
    const { neighbours, uploadedBytes, downloadedBytes, uploadLimitedMs } = this.#live.snapshot()
    return {
      ids: [...this.#live.ownIds],
      held: this.#held.toBytes(),
      uploadedBytes,
      downloadedBytes,
      limitedMs: uploadLimitedMs,
      neighbours,
    }
  }

  chunkMap(): ChunkMap | undefined {
    return this.#live.chunkMap()
  }

  close(): void {
    this.#live.close()
  }
}

// The peers of a run that live at its host: the server and those that the teacher added. Opens them one after another,
// and keeps what each holds while it is away. Knows nothing of rooms or results.
import { Bitfield, type ClockPort } from '@swarmdrop/core'
import { lies, type ParticipantPlan } from '@swarmdrop/core/simulation'
import type { ConnectionPlan } from '../swarm/connection-ports'
import type { LabData, RunContent } from './lab-data'
import { LabPeer } from './lab-peer'
import type { LabPorts } from './lab-ports'
import type { PeerStatus } from './messages'
import { openSharedStore } from './shared-store'

/** A machine that opens thirty peers at once answers nobody for a second. */
const STAGGER_MS = 40

type HostPeer = {
  plan: ParticipantPlan
  connections: Required<ConnectionPlan>
  held: Bitfield
  peer: LabPeer | undefined
}

/** What scripts see of one of the host's peers. */
export type InspectedPeer = Omit<PeerStatus, 'held' | 'ids' | 'limitedMs'> & {
  id: string
  name: string
  chunksHeld: number
}

export type HostPeersOptions = {
  run: RunContent
  data: LabData
  /** A peer has the whole file now. */
  completed: (id: string) => void
}

export class HostPeers {
  readonly #ports: LabPorts
  readonly #options: HostPeersOptions
  readonly #peers = new Map<string, HostPeer>()
  #opening: { id: string; begun: boolean }[] = []
  readonly #staggering: ClockPort
  #begun = false

  constructor(ports: LabPorts, options: HostPeersOptions) {
    this.#ports = ports
    this.#options = options
    this.#staggering = ports.swarm.time.alarm()
  }

  add(id: string, plan: ParticipantPlan, connections: Required<ConnectionPlan>): void {
    const { chunkCount } = this.#options.run.content.layout
    const holdsAll = plan.behaviour === 'server' || lies(plan.behaviour)
    const held = holdsAll ? Bitfield.full(chunkCount) : new Bitfield(chunkCount)
    this.#peers.set(id, { plan, connections, held, peer: undefined })
  }

  has(id: string): boolean {
    return this.#peers.has(id)
  }

  open(id: string, begun: boolean): void {
    this.#opening.push({ id, begun })
    if (this.#opening.length === 1) this.#openSoon(0)
  }

  /** All that are here fetch from now on. */
  begin(): void {
    this.#begun = true
    for (const { peer } of this.#peers.values()) peer?.begin()
  }

  /** Looks for others once more. */
  findPeers(id: string): void {
    this.#peers.get(id)?.peer?.findPeers()
  }

  /** A peer's status; undefined while it is not here. */
  status(id: string): PeerStatus | undefined {
    return this.#peers.get(id)?.peer?.status()
  }

  /** What scripts see of the peers that are here. */
  inspect(nameOf: (id: string) => string): InspectedPeer[] {
    return [...this.#peers].flatMap(([id, { held, peer }]) => {
      if (!peer) return []
      const { uploadedBytes, downloadedBytes, neighbours } = peer.status()
      return [{ id, name: nameOf(id), chunksHeld: held.count, uploadedBytes, downloadedBytes, neighbours }]
    })
  }

  close(id: string): void {
    this.#opening = this.#opening.filter((waiting) => waiting.id !== id)
    const own = this.#peers.get(id)
    own?.peer?.close()
    if (own) own.peer = undefined
  }

  closeAll(): void {
    this.#staggering.clearAlarm()
    this.#opening = []
    for (const id of this.#peers.keys()) this.close(id)
  }

  #openSoon(afterMs: number): void {
    this.#staggering.setAlarm(this.#staggering.now() + afterMs, () => this.#openNext())
  }

  #openNext(): void {
    const next = this.#opening.shift()
    const own = next && this.#peers.get(next.id)
    if (next && own && !own.peer) this.#start(next.id, own, next.begun)
    if (this.#opening.length > 0) this.#openSoon(STAGGER_MS)
  }

  #start(id: string, own: HostPeer, begun: boolean): void {
    const { run, data, completed } = this.#options
    const { plan, connections, held } = own
    let told = held.isComplete
    const peer = new LabPeer(this.#ports.swarm, {
      run,
      plan,
      connections,
      held,
      store: openSharedStore(data.bytes, run.content.layout, plan.behaviour, this.#ports.sha256),
      changed: () => {
        if (told || !held.isComplete) return
        told = true
        completed(id)
      },
    })
    own.peer = peer
    peer.start()
    // A late one comes into a swarm that is under way.
    if (begun || this.#begun) peer.begin()
  }
}

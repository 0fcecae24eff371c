// A network of real Swarms in virtual time: the tracker that introduces them, the links between them, and who comes and
// goes when. No second implementation of any policy. The same experiment gives the same result, on any machine.
import { CHUNK_BYTES, chunkLength, type Content } from '../content/index'
import type { Policy, SwarmAction, SwarmEvent } from '../swarm/index'
import { bounds } from '../theory/index'
import { encodedLength, type Message } from '../wire/index'
import { EventQueue } from './event-queue'
import type { Experiment, ExperimentPolicy, ExperimentResult, PeerGroup } from './experiment'
import { type Link, takeIn, transmitBlock, transmitControl } from './network'
import { seededRandom } from './seeded-random'
import { SimPeer } from './sim-peer'
import { isRightBlock, simulatedBlock, simulatedContent } from './simulated-content'
import { Timeline, type TimelineData } from './timeline'

const DEFAULT_LATENCY_MS = 50
const LARGEST_SUBSET = 30
/** Setting up a connection takes a few round trips through the tracker. */
const CONNECT_ROUND_TRIPS = 2

type Transit = { from: SimPeer; to: SimPeer; fromSwarm: unknown; toSwarm: unknown; message: Message; bytes: number }

type Task =
  | { kind: 'reach'; transit: Transit }
  | { kind: 'arrive'; transit: Transit }
  | { kind: 'sent'; transit: Transit; link: Link }
  | { kind: 'wake'; peer: SimPeer }
  | { kind: 'join'; peer: SimPeer }
  | { kind: 'leave'; peer: SimPeer }
  | { kind: 'connect'; a: SimPeer; b: SimPeer; aSwarm: unknown; bSwarm: unknown }
  | { kind: 'disconnect'; a: SimPeer; b: SimPeer }

export type SimulationOutcome = { result: ExperimentResult; timeline: TimelineData }

export class Simulation {
  now = 0
  readonly #experiment: Experiment
  readonly #content: Content
  readonly #random: () => number
  readonly #queue = new EventQueue<Task>()
  readonly #peers: SimPeer[]
  readonly #server: SimPeer
  /** Who is in the swarm, by the tracker; an array, to draw from. */
  readonly #present: SimPeer[] = []
  readonly #deadlineMs: number
  /** How many peers the tracker hands out. */
  readonly #subset: number
  readonly #bounds: ExperimentResult['bounds']
  readonly #timeline: Timeline
  #waitedFor: number
  #events = 0

  /** Throws TheoryError for capacities with which nothing can be distributed. */
  constructor(experiment: Experiment) {
    const { fileBytes, chunkBytes = CHUNK_BYTES, server, seed } = experiment
    this.#experiment = experiment
    this.#random = seededRandom(seed)
    this.#subset = Math.min(LARGEST_SUBSET, Math.ceil((experiment.policy?.maxNeighbours ?? 2 * LARGEST_SUBSET) / 2))
    const { content, pages } = simulatedContent(fileBytes, chunkBytes)
    this.#content = content
    const policy = swarmPolicy(experiment)
    const open = (id: string, group: Omit<PeerGroup, 'count'>, behaviour: SimPeer['behaviour']) =>
      new SimPeer({
        id,
        uploadBytesPerSecond: group.uploadBytesPerSecond,
        downloadBytesPerSecond: group.downloadBytesPerSecond,
        latencyMs: group.latencyMs ?? DEFAULT_LATENCY_MS,
        behaviour,
        content,
        pages,
        policy: behaviour === 'server' && experiment.mode === 'client-server' ? { ...policy, choker: 'everyone', handOutOnce: false } : policy,
      })
    this.#server = open('server', { ...server, downloadBytesPerSecond: server.uploadBytesPerSecond }, 'server')
    const groups = experiment.peers
    this.#peers = groups.flatMap((group, g) =>
      Array.from({ length: group.count }, (_, i) => {
        const peer = open(groups.length === 1 ? `peer ${i + 1}` : `peer ${g + 1}.${i + 1}`, group, group.behaviour ?? 'normal')
        this.#schedule(peer, group, i)
        return peer
      }),
    )
    this.#waitedFor = this.#peers.filter((peer) => peer.isCounted).length
    const honest = groups.filter(({ behaviour }) => behaviour !== 'claims-all' && behaviour !== 'sends-bad-chunks')
    this.#bounds = bounds(
      {
        fileBytes,
        serverUploadBytesPerSecond: server.uploadBytesPerSecond,
        peers: honest.flatMap(({ count, uploadBytesPerSecond, downloadBytesPerSecond, behaviour }) =>
          Array.from({ length: count }, () => ({
            uploadBytesPerSecond: behaviour === 'free-rider' ? 0 : uploadBytesPerSecond,
            downloadBytesPerSecond,
          })),
        ),
      },
      chunkBytes,
    )
    const lastMove = Math.max(0, ...groups.map((g) => Math.max((g.joinAtSeconds ?? 0) + (g.joinWithinSeconds ?? 0), g.rejoinAtSeconds ?? 0)))
    this.#deadlineMs = 1000 * (lastMove + 600 + 5 * this.#bounds.clientServer)
    this.#timeline = new Timeline([this.#server, ...this.#peers], content.layout.chunkCount)
    this.#join(this.#server)
  }

  /** 0 to 1: the share of all chunks that have arrived. */
  get progress(): number {
    const counted = this.#peers.filter((peer) => peer.isCounted)
    const held = counted.reduce((sum, peer) => sum + peer.held.count, 0)
    return held / (counted.length * this.#content.layout.chunkCount)
  }

  /** Events handled so far: the measure of a simulation's work. */
  get events(): number {
    return this.#events
  }

  /** Handles up to so many events; true when the run is over. */
  run(maxEvents = Number.POSITIVE_INFINITY): boolean {
    for (let i = 0; i < maxEvents; i++) {
      if (this.#waitedFor === 0 || this.#queue.size === 0 || this.#queue.nextAt > this.#deadlineMs) return true
      const at = this.#queue.nextAt
      this.#timeline.sampleUpTo(at)
      this.now = at
      this.#events++
      this.#do(this.#queue.pop())
    }
    return false
  }

  get outcome(): SimulationOutcome {
    const everybody = this.#waitedFor === 0
    const distributionSeconds = everybody
      ? Math.max(...this.#peers.filter((p) => p.isCounted).map((p) => p.completedAtMs ?? 0)) / 1000
      : null
    const uploadedBytes = [this.#server, ...this.#peers].reduce((sum, peer) => sum + peer.uploadedBytes, 0)
    const uplinks =
      this.#experiment.server.uploadBytesPerSecond +
      (this.#experiment.mode === 'p2p' ? this.#experiment.peers.reduce((sum, g) => sum + g.count * g.uploadBytesPerSecond, 0) : 0)
    const bound = this.#experiment.mode === 'p2p' ? this.#bounds.chunked : this.#bounds.clientServer
    return {
      result: {
        distributionSeconds,
        bounds: this.#bounds,
        ratio: distributionSeconds === null ? null : distributionSeconds / bound,
        uploadUtilisation: uploadedBytes / (uplinks * (distributionSeconds ?? Math.max(this.now / 1000, 1))),
        serverUploadedBytes: this.#server.uploadedBytes,
        peers: this.#peers.map(({ id, completedAtMs, uploadedBytes: up, downloadedBytes: down }) => ({
          id,
          completedAtSeconds: completedAtMs === undefined ? null : completedAtMs / 1000,
          uploadedBytes: up,
          downloadedBytes: down,
        })),
      },
      timeline: this.#timeline.data(this.now),
    }
  }

  #schedule(peer: SimPeer, group: PeerGroup, index: number): void {
    const joinAt = (group.joinAtSeconds ?? 0) + ((group.joinWithinSeconds ?? 0) * index) / group.count
    this.#queue.push(joinAt * 1000, { kind: 'join', peer })
    if (group.leaveAtSeconds !== undefined) this.#queue.push(group.leaveAtSeconds * 1000, { kind: 'leave', peer })
    if (group.rejoinAtSeconds !== undefined) this.#queue.push(group.rejoinAtSeconds * 1000, { kind: 'join', peer })
  }

  #do(task: Task): void {
    switch (task.kind) {
      case 'reach': {
        const at = takeIn(task.transit.to.host, task.transit.bytes, this.now)
        if (at > this.now) this.#queue.push(at, { kind: 'arrive', transit: task.transit })
        else this.#arrive(task.transit)
        return
      }
      case 'arrive':
        return this.#arrive(task.transit)
      case 'sent':
        return this.#sent(task.transit, task.link)
      case 'wake': {
        const { peer } = task
        if (!peer.swarm || peer.wakeAt !== this.now) return
        peer.wakeAt = Number.POSITIVE_INFINITY
        const { at } = peer.swarm.nextWake
        if (at <= this.now) this.#handle(peer, { type: 'wake' })
        else this.#setAlarm(peer, at)
        return
      }
      case 'join':
        return this.#join(task.peer)
      case 'leave':
        return this.#leave(task.peer)
      case 'connect':
        if (task.a.swarm === task.aSwarm && task.b.swarm === task.bSwarm) this.#connect(task.a, task.b)
        return
      case 'disconnect':
        return this.#disconnect(task.a, task.b)
    }
  }

  #arrive({ from, to, fromSwarm, toSwarm, message }: Transit): void {
    // Either may have left meanwhile, or be back as somebody new.
    if (from.swarm === fromSwarm && to.swarm === toSwarm && to.links.has(from))
      this.#handle(to, { type: 'message-received', peer: from.id, message })
  }

  #join(peer: SimPeer): void {
    if (peer.swarm) return
    const swarm = peer.join(this.now, this.#random)
    this.#present.push(peer)
    this.#timeline.moved(this.now, peer, 'joined')
    this.#setAlarm(peer, swarm.nextWake.at)
    this.#introduce(peer)
  }

  #leave(peer: SimPeer): void {
    if (!peer.swarm) return
    peer.leave()
    this.#present.splice(this.#present.indexOf(peer), 1)
    this.#timeline.moved(this.now, peer, 'left')
    for (const other of [...peer.links.keys()]) this.#disconnect(peer, other)
  }

  /** The tracker's part: a uniformly random subset of those present; of the server alone where it serves alone. */
  #introduce(peer: SimPeer): void {
    if (this.#experiment.mode === 'client-server') {
      if (peer !== this.#server) this.#offer(peer, this.#server)
      return
    }
    const pool = this.#present.filter((other) => other !== peer)
    for (let i = 0; i < Math.min(this.#subset, pool.length); i++) {
      const j = i + Math.floor(this.#random() * (pool.length - i))
      const drawn = pool[j] as SimPeer
      pool[j] = pool[i] as SimPeer
      this.#offer(peer, drawn)
    }
  }

  #offer(a: SimPeer, b: SimPeer): void {
    const delay = (CONNECT_ROUND_TRIPS * (a.host.latencyMs + b.host.latencyMs)) / 2
    this.#queue.push(this.now + delay, { kind: 'connect', a, b, aSwarm: a.swarm, bSwarm: b.swarm })
  }

  #connect(a: SimPeer, b: SimPeer): void {
    if (a.links.has(b)) return
    a.links.set(b, { queuedBytes: 0, sentAt: 0 })
    b.links.set(a, { queuedBytes: 0, sentAt: 0 })
    this.#handle(a, { type: 'peer-joined', peer: b.id })
    this.#handle(b, { type: 'peer-joined', peer: a.id })
  }

  #disconnect(a: SimPeer, b: SimPeer): void {
    if (!a.links.delete(b)) return
    b.links.delete(a)
    if (a.swarm) this.#handle(a, { type: 'peer-left', peer: b.id })
    if (b.swarm) this.#handle(b, { type: 'peer-left', peer: a.id })
  }

  #handle(peer: SimPeer, event: SwarmEvent): void {
    const { swarm } = peer
    if (!swarm) return
    for (const action of swarm.handle(event, this.now)) this.#perform(peer, action)
    this.#setAlarm(peer, swarm.nextWake.at)
  }

  #setAlarm(peer: SimPeer, at: number): void {
    if (at >= peer.wakeAt) return // The alarm that is set rings before; it is looked at again then.
    peer.wakeAt = Math.max(at, this.now)
    this.#queue.push(peer.wakeAt, { kind: 'wake', peer })
  }

  #perform(peer: SimPeer, action: SwarmAction): void {
    switch (action.type) {
      case 'send':
        return this.#send(peer, action.peer, action.message)
      case 'load-block': {
        const { chunk, offset, length } = action
        if (peer.behaviour === 'claims-all') return // It never answers.
        const data = simulatedBlock(length, peer.behaviour !== 'sends-bad-chunks')
        return this.#handle(peer, { type: 'block-loaded', peer: action.peer, chunk, offset, data })
      }
      case 'check-chunk':
        return this.#check(peer, action)
      case 'drop-peer': {
        const other = this.#peerOf(action.peer)
        if (other) this.#queue.push(this.now, { kind: 'disconnect', a: peer, b: other })
        return
      }
      case 'find-peers':
        return this.#introduce(peer)
      case 'content-known':
        return
    }
  }

  #check(peer: SimPeer, { chunk, from, blocks }: Extract<SwarmAction, { type: 'check-chunk' }>): void {
    const ok = blocks.every(isRightBlock)
    this.#handle(peer, { type: 'chunk-checked', chunk, from, ok })
    if (!ok) return
    this.#timeline.held(peer, chunk)
    peer.downloadedBytes += chunkLength(this.#content.layout, chunk)
    if (!peer.isComplete || peer.completedAtMs !== undefined) return
    peer.completedAtMs = this.now
    if (peer.isCounted) this.#waitedFor--
    if (peer.behaviour === 'leave-when-complete') this.#queue.push(this.now, { kind: 'leave', peer })
  }

  #send(from: SimPeer, toId: string, message: Message): void {
    const to = this.#peerOf(toId)
    const link = to && from.links.get(to)
    if (!link) return
    const bytes = encodedLength(message)
    const transit = { from, to, fromSwarm: from.swarm, toSwarm: to.swarm, message, bytes }
    if (message.type !== 'block') {
      if (message.type === 'choke' || message.type === 'unchoke') this.#timeline.choked(this.now, from, to, message.type)
      const { reachesAt } = transmitControl(from.host, to.host, link, bytes, this.now)
      this.#queue.push(reachesAt, { kind: 'reach', transit })
      return
    }
    from.uploadedBytes += message.data.length
    this.#timeline.sent(from, to, message.data.length)
    link.queuedBytes += bytes
    const { sentAt, reachesAt } = transmitBlock(from.host, to.host, link, bytes, this.now)
    this.#queue.push(sentAt, { kind: 'sent', transit, link })
    this.#queue.push(reachesAt, { kind: 'reach', transit })
  }

  #sent({ from, fromSwarm, to, bytes }: Transit, link: Link): void {
    link.queuedBytes -= bytes
    if (from.swarm === fromSwarm && from.links.get(to) === link)
      this.#handle(from, { type: 'send-drained', peer: to.id, bufferedBytes: link.queuedBytes })
  }

  readonly #byId = new Map<string, SimPeer>()

  #peerOf(id: string): SimPeer | undefined {
    if (this.#byId.size === 0) for (const peer of [this.#server, ...this.#peers]) this.#byId.set(peer.id, peer)
    return this.#byId.get(id)
  }
}

/** Runs an experiment to its end. */
export function simulate(experiment: Experiment): SimulationOutcome {
  const simulation = new Simulation(experiment)
  simulation.run()
  return simulation.outcome
}

function swarmPolicy({ policy = {} }: Experiment): Partial<Policy> {
  const { rechokeSeconds, optimisticSeconds, requestWindow, ...same }: ExperimentPolicy = policy
  return {
    ...same,
    ...(rechokeSeconds !== undefined && { rechokeMs: rechokeSeconds * 1000 }),
    ...(optimisticSeconds !== undefined && { optimisticMs: optimisticSeconds * 1000 }),
    ...(requestWindow === false && { windowMs: 0 }),
  } as Partial<Policy>
}

// A network of real Swarms in virtual time: carries their actions out, and tells each what happens to it. No second
// implementation of any policy. The same experiment gives the same result, on any machine.
import { CHUNK_BYTES, type Content, chunkLength } from '../content/index'
import type { SwarmAction, SwarmEvent } from '../swarm/index'
import type { Bounds } from '../theory/index'
import { encodedLength, type Message } from '../wire/index'
import { EventQueue } from './event-queue'
import type { Experiment, ExperimentResult } from './experiment'
import { queuedBytes } from './network'
import { PathLinks } from './path-links'
import { populate } from './population'
import { queuesOf } from './queue-result'
import { boundsOf, resultOf } from './result'
import { seededRandom } from './seeded-random'
import { PeerLink, type SimPeer } from './sim-peer'
import { isRightBlock, simulatedBlock, simulatedContent } from './simulated-content'
import { Timeline, type TimelineData } from './timeline'
import { Tracker } from './tracker'
import { Traffic, type TrafficTask } from './traffic'

/** Setting up a connection takes a few round trips through the tracker. */
const CONNECT_ROUND_TRIPS = 2
/** A run is given up this long after the last peer has joined, and so many times what the server alone would take. */
const PATIENCE_SECONDS = 600
const PATIENCE_TIMES = 5

type Task =
  | TrafficTask
  | { kind: 'wake'; peer: SimPeer }
  | { kind: 'join'; peer: SimPeer }
  | { kind: 'leave'; peer: SimPeer }
  | { kind: 'connect'; a: SimPeer; b: SimPeer; aSwarm: unknown; bSwarm: unknown }
  | { kind: 'disconnect'; a: SimPeer; b: SimPeer }
  /** On a network of paths, a packet has arrived somewhere or a timer rings. */
  | { kind: 'run'; run: () => void }

export type SimulationOutcome = { result: ExperimentResult; timeline: TimelineData }

export class Simulation {
  now = 0
  private readonly experiment: Experiment
  private readonly content: Content
  private readonly random: () => number
  private readonly queue = new EventQueue<Task>()
  private readonly peers: SimPeer[]
  private readonly server: SimPeer
  private readonly byId = new Map<string, SimPeer>()
  private readonly tracker: Tracker
  private readonly bounds: Bounds
  private readonly timeline: Timeline
  private readonly deadlineMs: number
  private readonly traffic = new Traffic(this.queue, (link, messages) => this.arrive(link, messages))
  private readonly paths = new PathLinks(this, (peer, event) => this.handle(peer, event))
  private waitedFor: number
  private handledEvents = 0

  /** Throws TheoryError for capacities with which nothing can be distributed. */
  constructor(experiment: Experiment) {
    const { fileBytes, chunkBytes = CHUNK_BYTES, seed } = experiment
    this.experiment = experiment
    this.bounds = boundsOf(experiment)
    this.random = seededRandom(seed)
    this.tracker = new Tracker(this.random)
    const { content, pages } = simulatedContent(fileBytes, chunkBytes)
    this.content = content
    const { server, peers, moves } = populate(experiment, content, pages, this.random)
    this.server = server
    this.peers = peers
    for (const peer of [server, ...peers]) this.byId.set(peer.id, peer)
    this.waitedFor = peers.filter((peer) => peer.isCounted).length
    const lastJoinMs = moves.reduce((last, { atMs, kind }) => (kind === 'join' ? Math.max(last, atMs) : last), 0)
    this.deadlineMs = lastJoinMs + 1000 * (PATIENCE_SECONDS + PATIENCE_TIMES * this.bounds.clientServer)
    this.timeline = new Timeline([server, ...peers], content.layout.chunkCount)
    for (const { atMs, kind, peer } of moves) this.queue.push(atMs, { kind, peer })
    this.join(server)
  }

  /** 0 to 1: the share of all chunks that have arrived. */
  get progress(): number {
    const counted = this.peers.filter((peer) => peer.isCounted)
    const held = counted.reduce((sum, peer) => sum + peer.held.count, 0)
    return held / (counted.length * this.content.layout.chunkCount)
  }

  /** Events handled so far: the measure of a simulation's work. */
  get events(): number {
    return this.handledEvents
  }

  /** Handles up to so many events; true when the run is over. */
  run(maxEvents = Number.POSITIVE_INFINITY): boolean {
    for (let i = 0; i < maxEvents; i++) {
      if (this.waitedFor === 0 || this.queue.size === 0 || this.queue.nextAt > this.deadlineMs) return true
      const at = this.queue.nextAt
      this.timeline.sampleUpTo(at)
      this.now = at
      this.handledEvents++
      this.do(this.queue.pop())
    }
    return false
  }

  get outcome(): SimulationOutcome {
    return {
      result: {
        ...resultOf(this.experiment, this.bounds, this.server, this.peers, this.now),
        ...(this.experiment.network === 'paths' && { queues: queuesOf([this.server, ...this.peers]) }),
      },
      timeline: this.timeline.data(this.now),
    }
  }

  /** Runs something later, for a network of paths. */
  at(at: number, run: () => void): void {
    this.queue.push(at, { kind: 'run', run })
  }

  private do(task: Task): void {
    switch (task.kind) {
      case 'reach':
        return this.traffic.reach(task, this.now)
      case 'arrive':
        return this.arrive(task.link, task.messages)
      case 'drained':
        return this.drained(task.link)
      case 'wake':
        return this.wake(task.peer)
      case 'join':
        return this.join(task.peer)
      case 'leave':
        return this.leave(task.peer)
      case 'connect':
        if (task.a.swarm === task.aSwarm && task.b.swarm === task.bSwarm) this.connect(task.a, task.b)
        return
      case 'disconnect':
        return this.disconnect(task.a, task.b)
      case 'run':
        return task.run()
    }
  }

  private join(peer: SimPeer): void {
    if (peer.swarm) return
    const swarm = peer.join(this.now, this.random)
    this.tracker.joined(peer)
    this.timeline.moved(this.now, peer, 'joined')
    this.setAlarm(peer, swarm.wakeAt)
    this.introduce(peer)
  }

  private leave(peer: SimPeer): void {
    if (!peer.swarm) return
    peer.leave()
    this.tracker.left(peer)
    this.timeline.moved(this.now, peer, 'left')
    for (const { to } of [...peer.links.values()]) this.disconnect(peer, to)
  }

  /** Introduces a peer to others; where the server serves alone, to the server only. */
  private introduce(peer: SimPeer): void {
    if (this.experiment.mode === 'p2p') for (const other of this.tracker.subsetFor(peer)) this.offer(peer, other)
    else if (peer !== this.server) this.offer(peer, this.server)
  }

  private offer(a: SimPeer, b: SimPeer): void {
    const delay = (CONNECT_ROUND_TRIPS * (a.host.latencyMs + b.host.latencyMs)) / 2
    this.queue.push(this.now + delay, { kind: 'connect', a, b, aSwarm: a.swarm, bSwarm: b.swarm })
  }

  private connect(a: SimPeer, b: SimPeer): void {
    if (a.links.has(b.id) || a.banned.has(b) || b.banned.has(a)) return
    const [there, back] = [new PeerLink(a, b), new PeerLink(b, a)]
    a.links.set(b.id, there)
    b.links.set(a.id, back)
    this.paths.openChannels(there, back)
    this.handle(a, { type: 'peer-joined', peer: b.id, dialled: true })
    this.handle(b, { type: 'peer-joined', peer: a.id, dialled: false })
  }

  private disconnect(a: SimPeer, b: SimPeer): void {
    if (!a.hangUp(b)) return
    b.hangUp(a)
    if (a.swarm) this.handle(a, { type: 'peer-left', peer: b.id })
    if (b.swarm) this.handle(b, { type: 'peer-left', peer: a.id })
  }

  private handle(peer: SimPeer, event: SwarmEvent): void {
    const { swarm } = peer
    if (!swarm) return
    for (const action of swarm.handle(event, this.now)) this.perform(peer, action)
    this.traffic.dispatch(this.now)
    this.setAlarm(peer, swarm.wakeAt)
  }

  private setAlarm(peer: SimPeer, at: number): void {
    if (at >= peer.wakeAt) return // The alarm that is set rings before; it is looked at again then.
    peer.wakeAt = Math.max(at, this.now)
    this.queue.push(peer.wakeAt, { kind: 'wake', peer })
  }

  private wake(peer: SimPeer): void {
    if (!peer.swarm || peer.wakeAt !== this.now) return
    peer.wakeAt = Number.POSITIVE_INFINITY
    const at = peer.swarm.wakeAt
    if (at <= this.now) this.handle(peer, { type: 'wake' })
    else this.setAlarm(peer, at)
  }

  private perform(peer: SimPeer, action: SwarmAction): void {
    switch (action.type) {
      case 'send':
        return this.send(peer, action.peer, action.message, action.lane)
      case 'send-all':
        return this.traffic.sendAll(peer, action.peers, action.message, this.now)
      case 'load-block': {
        const { chunk, offset, length } = action
        if (peer.behaviour === 'claims-all') return // It never answers.
        const data = simulatedBlock(length, peer.behaviour !== 'sends-bad-chunks')
        return this.handle(peer, { type: 'block-loaded', peer: action.peer, chunk, offset, data })
      }
      case 'check-chunk':
        return this.check(peer, action)
      case 'drop-peer':
        return this.drop(peer, action)
      case 'find-peers':
        return this.introduce(peer)
      case 'set-low-mark': {
        const link = peer.links.get(action.peer)
        if (link) link.lowMarkBytes = action.bytes
        if (link?.channels) link.channels.lowMarkBytes = action.bytes
        return
      }
      case 'open-lanes':
        return this.paths.openLanes(peer, action.peer, action.count)
      case 'measure-path':
        return this.paths.measure(peer, action.peer)
      case 'close-lane':
        return peer.links.get(action.peer)?.channels?.close(action.lane)
      case 'content-known':
      case 'page-known':
        return
    }
  }

  private drop(peer: SimPeer, { peer: id, ban }: Extract<SwarmAction, { type: 'drop-peer' }>): void {
    const other = this.byId.get(id)
    if (!other) return
    if (ban) {
      peer.banned.add(other)
      this.timeline.banned(this.now, peer, other)
    }
    this.queue.push(this.now, { kind: 'disconnect', a: peer, b: other })
  }

  private check(peer: SimPeer, { chunk, from, blocks }: Extract<SwarmAction, { type: 'check-chunk' }>): void {
    const ok = blocks.every(isRightBlock)
    this.handle(peer, { type: 'chunk-checked', chunk, from, ok })
    if (!ok) return
    this.timeline.held(peer, chunk)
    peer.downloadedBytes += chunkLength(this.content.layout, chunk)
    if (!peer.isComplete || peer.completedAtMs !== undefined) return
    peer.completedAtMs = this.now
    if (peer.isCounted) this.waitedFor--
    if (peer.behaviour === 'leave-when-complete') this.queue.push(this.now, { kind: 'leave', peer })
  }

  private send(from: SimPeer, toId: string, message: Message, lane: number): void {
    const link = this.traffic.linkTo(from, toId)
    if (!link) return
    if (message.type === 'block') return this.sendBlock(link, message, lane)
    if (message.type === 'choke' || message.type === 'unchoke')
      this.timeline.choked(this.now, from, link.to, message.type)
    if (link.channels) link.channels.send(message, encodedLength(message), lane)
    else this.traffic.send(link, message, this.now)
  }

  private sendBlock(link: PeerLink, message: Extract<Message, { type: 'block' }>, lane: number): void {
    const { from, to, channels } = link
    from.uploadedBytes += message.data.length
    this.timeline.sent(from, to, message.data.length)
    channels?.send(message, encodedLength(message), lane)
    const bufferedBytes = channels ? channels.bufferedBytes : this.traffic.sendBlock(link, message, this.now)
    this.handle(from, { type: 'send-drained', peer: to.id, bufferedBytes })
  }

  /** A block has left the uplink; as in a browser, the swarm is told when that took its link down to the low mark. */
  private drained(link: PeerLink): void {
    const bufferedBytes = queuedBytes(link, this.now)
    if (link.isOpen && bufferedBytes <= link.lowMarkBytes)
      this.handle(link.from, { type: 'send-drained', peer: link.to.id, bufferedBytes })
  }

  private arrive(link: PeerLink, messages: readonly Message[]): void {
    for (const message of messages)
      if (link.isOpen) this.handle(link.to, { type: 'message-received', peer: link.from.id, message })
  }
}

/** Runs an experiment to its end. */
export function simulate(experiment: Experiment): SimulationOutcome {
  const simulation = new Simulation(experiment)
  simulation.run()
  return simulation.outcome
}

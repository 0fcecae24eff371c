// What a page draws of a simulated run, sampled so that it stays small however long the run. Changes nothing.
import type { SimPeer } from './sim-peer'

/** Past this many samples, every other one goes and the interval doubles. */
const MAX_SAMPLES = 240
/** Pictures of links and of single choke changes make sense up to so many peers and entries. */
const MAX_DRAWN_PEERS = 60
const MAX_CHOKE_CHANGES = 100_000
const FIRST_INTERVAL_MS = 100

export type TimelineSample = {
  atSeconds: number
  /** Chunks held, in the order of `peers`. */
  held: number[]
  /** How many peers, the server counted, hold each chunk; of the rarest there are `rarest`. */
  copies: number[]
  rarest: number
  /** Bytes sent since the last sample: [from, to, bytes], by index in `peers`. None where `flowsOmitted`. */
  flows: [number, number, number][]
}

export type TimelineData = {
  peers: string[]
  chunkCount: number
  samples: TimelineSample[]
  /** [seconds, from, to, whether choked], by index in `peers`. */
  chokes: [number, number, number, boolean][]
  /** The time from which chokes are not known, as there were too many to keep; among more than 60 peers, 0. */
  chokesEndAtSeconds?: number
  /** Flows are left out, as so many peers send each other something that no picture could show it. */
  flowsOmitted?: true
  moves: { atSeconds: number; peer: number; what: 'joined' | 'left' }[]
  /** [seconds, by, whom], by index in `peers`. */
  bans: [number, number, number][]
}

export class Timeline {
  private readonly peers: readonly SimPeer[]
  private readonly indexOf = new Map<SimPeer, number>()
  private readonly chunkCount: number
  private readonly copies: Uint16Array
  private samples: TimelineSample[] = []
  private readonly chokes: TimelineData['chokes'] = []
  private readonly moves: TimelineData['moves'] = []
  private readonly bans: TimelineData['bans'] = []
  private chokesEndAtMs: number | undefined
  private flows = new Map<number, number>()
  private intervalMs = FIRST_INTERVAL_MS
  private nextAt = 0

  constructor(peers: readonly SimPeer[], chunkCount: number) {
    this.peers = peers
    this.chunkCount = chunkCount
    this.copies = new Uint16Array(chunkCount)
    if (peers.length > MAX_DRAWN_PEERS) this.chokesEndAtMs = 0
    peers.forEach((peer, index) => {
      this.indexOf.set(peer, index)
    })
  }

  /** Takes the samples that are due before `now`. */
  sampleUpTo(now: number): void {
    while (this.nextAt < now) {
      this.sample(this.nextAt)
      this.nextAt += this.intervalMs
      if (this.samples.length > MAX_SAMPLES) this.thin()
    }
  }

  held(peer: SimPeer, chunk: number): void {
    if (peer.swarm) this.copies[chunk] = (this.copies[chunk] ?? 0) + 1
  }

  sent(from: SimPeer, to: SimPeer, bytes: number): void {
    if (this.peers.length > MAX_DRAWN_PEERS) return
    const key = (this.indexOf.get(from) ?? 0) * this.peers.length + (this.indexOf.get(to) ?? 0)
    this.flows.set(key, (this.flows.get(key) ?? 0) + bytes)
  }

  choked(now: number, from: SimPeer, to: SimPeer, what: 'choke' | 'unchoke'): void {
    if (this.chokesEndAtMs !== undefined) return
    if (this.chokes.length >= MAX_CHOKE_CHANGES) {
      this.chokesEndAtMs = now
      return
    }
    this.chokes.push([now / 1000, this.indexOf.get(from) ?? 0, this.indexOf.get(to) ?? 0, what === 'choke'])
  }

  /** A peer that comes brings its chunks, and takes them with it when it goes. */
  moved(now: number, peer: SimPeer, what: 'joined' | 'left'): void {
    this.moves.push({ atSeconds: now / 1000, peer: this.indexOf.get(peer) ?? 0, what })
    if (peer.isLiar) return
    for (const chunk of peer.held.indices())
      this.copies[chunk] = (this.copies[chunk] ?? 0) + (what === 'joined' ? 1 : -1)
  }

  banned(now: number, by: SimPeer, whom: SimPeer): void {
    this.bans.push([now / 1000, this.indexOf.get(by) ?? 0, this.indexOf.get(whom) ?? 0])
  }

  data(now: number): TimelineData {
    this.sample(now)
    return {
      peers: this.peers.map(({ id }) => id),
      chunkCount: this.chunkCount,
      samples: this.samples,
      chokes: this.chokes,
      ...(this.chokesEndAtMs !== undefined && { chokesEndAtSeconds: this.chokesEndAtMs / 1000 }),
      ...(this.peers.length > MAX_DRAWN_PEERS && { flowsOmitted: true }),
      moves: this.moves,
      bans: this.bans,
    }
  }

  private sample(at: number): void {
    const flows = [...this.flows].map(([key, bytes]): [number, number, number] => [
      Math.floor(key / this.peers.length),
      key % this.peers.length,
      bytes,
    ])
    this.flows = new Map()
    this.samples.push({
      atSeconds: at / 1000,
      held: this.peers.map(({ held }) => held.count),
      copies: [...this.copies],
      rarest: this.copies.reduce((least, copies) => Math.min(least, copies), Number.POSITIVE_INFINITY),
      flows,
    })
  }

  /** Flows of a sample that goes belong to the one after it. */
  private thin(): void {
    const kept: TimelineSample[] = []
    this.samples.forEach((sample, i) => {
      if (i % 2 === 0) kept.push(sample)
      const next = this.samples[i + 1]
      if (i % 2 === 1 && next) next.flows = mergeFlows(sample.flows, next.flows)
    })
    this.samples = kept
    this.intervalMs *= 2
  }
}

function mergeFlows(a: TimelineSample['flows'], b: TimelineSample['flows']): TimelineSample['flows'] {
  const merged = new Map<string, [number, number, number]>()
  for (const [from, to, bytes] of [...a, ...b]) {
    const key = `${from} ${to}`
    merged.set(key, [from, to, bytes + (merged.get(key)?.[2] ?? 0)])
  }
  return [...merged.values()]
}

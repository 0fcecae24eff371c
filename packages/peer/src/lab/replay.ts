// A run as pictures need it, simulated or recorded: the swarm at any moment, curves, turns. Knows nothing of how it is
// played or drawn.
import type { Experiment, ExperimentResult, TimelineData, TimelineSample } from '@swarmdrop/core/simulation'
import type { ChokeSpan, PeerRole, ProgressSeries, SwarmFrame } from './run-view'

/** `flows`: bytes sent since the sample before, by the indices of both. */
export type ReplaySample = Pick<TimelineSample, 'atSeconds' | 'held' | 'copies' | 'flows'>

export type Replay = {
  /** The server first; a peer's index here is its number everywhere. */
  names: readonly string[]
  /** The mark of each in every picture; absent: its index. */
  marks?: readonly number[] | undefined
  chunkCount: number
  samples: readonly ReplaySample[]
  /** Who came and went, in order. */
  moves: TimelineData['moves']
  /** The indices of those that never upload. */
  freeRiders: ReadonlySet<number>
  spans: ChokeSpan[]
  series: ProgressSeries[]
  endSeconds: number
}

/** The indices of those that never upload, in a swarm where the server is the first. */
export function freeRidersOf({ peers }: Experiment): Set<number> {
  const freeRiders = new Set<number>()
  let peer = 1
  for (const { count, behaviour, uploadBytesPerSecond } of peers)
    for (let i = 0; i < count; i++, peer++)
      if (behaviour === 'free-rider' || uploadBytesPerSecond === 0) freeRiders.add(peer)
  return freeRiders
}

/** The replay of a simulated run. */
export function replayOfTimeline(timeline: TimelineData, experiment: Experiment, result: ExperimentResult): Replay {
  const { peers: names, chunkCount, samples, moves } = timeline
  const endSeconds = samples.at(-1)?.atSeconds ?? 0
  return {
    names,
    chunkCount,
    samples,
    moves,
    freeRiders: freeRidersOf(experiment),
    spans: spansOf(timeline, timeline.chokesEndAtSeconds ?? endSeconds),
    series: seriesOf(names, samples, chunkCount, result),
    endSeconds,
  }
}

/** The index of the last sample that is not after this moment. */
export function sampleAt({ samples }: Pick<Replay, 'samples'>, atSeconds: number): number {
  let low = 0
  let high = samples.length - 1
  while (low < high) {
    const middle = Math.ceil((low + high) / 2)
    if ((samples[middle]?.atSeconds ?? 0) <= atSeconds) low = middle
    else high = middle - 1
  }
  return Math.max(0, low)
}

/** The swarm at a sample; `flows` are the mean until the sample that follows. */
export function frameOf({ names, marks, samples, moves, chunkCount, freeRiders }: Replay, index: number): SwarmFrame {
  const sample = samples[index]
  const next = samples[index + 1]
  const present = presentAt(moves, sample?.atSeconds ?? 0)
  return {
    peers: names.map((name, peer) => {
      const held = sample?.held[peer] ?? 0
      return {
        id: String(peer),
        name,
        ...markOf(marks, peer),
        held,
        role: roleOf(peer, held >= chunkCount, present.has(peer), freeRiders.has(peer)),
      }
    }),
    chunkCount,
    copies: sample?.copies ?? [],
    flows: sample && next ? flowsBetween(sample, next) : [],
  }
}

/** Bytes given until a sample, by row, to each in the column. */
export function givenUntil({ names, samples }: Pick<Replay, 'names' | 'samples'>, index: number): number[][] {
  const given = names.map(() => new Array<number>(names.length).fill(0))
  for (const { flows } of samples.slice(0, index + 1))
    for (const [from, to, bytes] of flows) {
      const row = given[from]
      if (row) row[to] = (row[to] ?? 0) + bytes
    }
  return given
}

function markOf(marks: readonly number[] | undefined, peer: number): { mark?: number } {
  const mark = marks?.[peer]
  return mark === undefined ? {} : { mark }
}

function roleOf(peer: number, complete: boolean, present: boolean, freeRides: boolean): PeerRole {
  if (!present) return 'away'
  if (peer === 0) return 'server'
  if (freeRides) return 'free-rider'
  return complete ? 'seed' : 'leecher'
}

function flowsBetween(sample: ReplaySample, next: ReplaySample): SwarmFrame['flows'] {
  const seconds = next.atSeconds - sample.atSeconds
  if (seconds <= 0) return []
  return next.flows.map(([from, to, bytes]) => ({ from, to, bytesPerSecond: bytes / seconds }))
}

function presentAt(moves: Replay['moves'], atSeconds: number): Set<number> {
  const present = new Set<number>()
  for (const move of moves) {
    if (move.atSeconds > atSeconds) break
    if (move.what === 'joined') present.add(move.peer)
    else present.delete(move.peer)
  }
  return present
}

/** Each from unchoke to choke; one that is open when somebody leaves, or at the end, ends there. */
function spansOf({ chokes, moves }: TimelineData, endSeconds: number): ChokeSpan[] {
  const spans: ChokeSpan[] = []
  const open = new Map<string, ChokeSpan>()
  const close = (key: string, untilSeconds: number) => {
    const span = open.get(key)
    if (!span) return
    open.delete(key)
    spans.push({ ...span, untilSeconds })
  }
  const left = moves.filter(({ what }) => what === 'left').map(({ atSeconds, peer }) => ({ atSeconds, peer }))
  for (const [atSeconds, from, to, choked] of chokes) {
    for (let gone = left[0]; gone && gone.atSeconds <= atSeconds; gone = left[0]) {
      closeAllOf(gone.peer, gone.atSeconds)
      left.shift()
    }
    const key = `${from} ${to}`
    if (choked) close(key, atSeconds)
    else if (!open.has(key)) open.set(key, { from, to, fromSeconds: atSeconds, untilSeconds: endSeconds })
  }
  for (const { peer, atSeconds } of left) closeAllOf(peer, atSeconds)
  for (const key of [...open.keys()]) close(key, endSeconds)
  return spans

  function closeAllOf(peer: number, atSeconds: number): void {
    for (const [key, { from, to }] of [...open]) if (from === peer || to === peer) close(key, atSeconds)
  }
}

/** The progress of each, by index; the server's has no points, as it always holds all. */
export function seriesOf(
  names: readonly string[],
  samples: readonly ReplaySample[],
  chunkCount: number,
  result: Pick<ExperimentResult, 'peers'>,
  marks?: readonly number[],
): ProgressSeries[] {
  return names.map((own, peer) => {
    const name = { name: own, ...markOf(marks, peer) }
    if (peer === 0) return { ...name, points: [] }
    const points = samples.map(({ atSeconds, held }) => ({ atSeconds, held: held[peer] ?? 0 }))
    const completedAt = result.peers[peer - 1]?.completedAtSeconds
    if (completedAt == null) return { ...name, points }
    const before = points.filter(({ atSeconds, held }) => atSeconds < completedAt && held < chunkCount)
    return { ...name, points: [...before, { atSeconds: completedAt, held: chunkCount }] }
  })
}

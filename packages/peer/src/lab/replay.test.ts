import { type Experiment, simulate, type TimelineData } from '@swarmdrop/core/simulation'
import { describe, expect, it } from 'vitest'
import { frameOf, type Replay, replayOfTimeline, sampleAt } from './replay'

const experiment: Experiment = {
  name: 'three, one of whom only takes',
  seed: 3,
  mode: 'p2p',
  fileBytes: 20 * 262_144,
  server: { uploadBytesPerSecond: 500_000 },
  peers: [
    { count: 2, uploadBytesPerSecond: 250_000, downloadBytesPerSecond: 2_000_000 },
    { count: 1, uploadBytesPerSecond: 250_000, downloadBytesPerSecond: 2_000_000, behaviour: 'free-rider' },
  ],
}
const { timeline, result } = simulate(experiment)
const replay = replayOfTimeline(timeline, experiment, result)
const places = [0, 1, 2, 3]
const frameAt = (of: Replay, atSeconds: number) => frameOf(of, sampleAt(of, atSeconds))

describe('the swarm of a simulated run at a moment', () => {
  it('begins with a server that has all, and ends with everybody complete', () => {
    const start = frameAt(replay, 0)
    expect(start.chunkCount).toBe(20)
    expect(start.peers.map(({ held }) => held)).toEqual([20, 0, 0, 0])
    const end = frameAt(replay, replay.endSeconds)
    expect(end.peers.map(({ role }) => role)).toEqual(['server', 'seed', 'seed', 'free-rider'])
    expect([...(end.copies as number[])]).toEqual(new Array(20).fill(4))
  })

  it('shows between two samples the earlier, and what flowed until the later', () => {
    const index = Math.floor(timeline.samples.length / 2)
    const [sample, next] = [timeline.samples[index], timeline.samples[index + 1]]
    if (!sample || !next) throw new Error('too few samples')
    const frame = frameAt(replay, (sample.atSeconds + next.atSeconds) / 2)
    expect(frame.peers.map(({ held }) => held)).toEqual(sample.held)
    const bytes = frame.flows.reduce((sum, { bytesPerSecond }) => sum + bytesPerSecond, 0)
    const sent = next.flows.reduce((sum, [, , one]) => sum + one, 0)
    expect(bytes * (next.atSeconds - sample.atSeconds)).toBeCloseTo(sent, 3)
    expect(sent).toBeGreaterThan(0)
  })

  it('never goes back in what anybody holds', () => {
    const held = timeline.samples.map(({ atSeconds }) => frameAt(replay, atSeconds).peers.map((peer) => peer.held))
    for (const place of places)
      for (let i = 1; i < held.length; i++)
        expect(held[i]?.[place] ?? 0).toBeGreaterThanOrEqual(held[i - 1]?.[place] ?? 0)
  })
})

describe('the curves', () => {
  it('end when each was complete, to the moment that the result says', () => {
    const ends = replay.series.map(({ points }) => points.at(-1))
    expect(ends[0]).toBeUndefined()
    expect(ends.slice(1)).toEqual(result.peers.map((peer) => ({ atSeconds: peer.completedAtSeconds, held: 20 })))
  })
})

describe('turns', () => {
  const chokes: TimelineData['chokes'] = [
    [1, 0, 1, false],
    [4, 0, 1, true],
    [5, 0, 2, false],
    [6, 1, 2, false],
    [7, 0, 1, false],
  ]
  const moves: TimelineData['moves'] = [{ atSeconds: 6.5, peer: 2, what: 'left' }]
  const samples = [{ atSeconds: 9, held: [0, 0, 0], copies: [], rarest: 0, flows: [] }]
  const { spans } = replayOfTimeline(
    { peers: ['server', 'a', 'b'], chunkCount: 0, samples, chokes, moves, bans: [] },
    experiment,
    result,
  )

  it('last from unchoke to choke, to a leaving, or to the end', () => {
    expect(spans).toEqual([
      { from: 0, to: 1, fromSeconds: 1, untilSeconds: 4 },
      { from: 0, to: 2, fromSeconds: 5, untilSeconds: 6.5 },
      { from: 1, to: 2, fromSeconds: 6, untilSeconds: 6.5 },
      { from: 0, to: 1, fromSeconds: 7, untilSeconds: 9 },
    ])
  })

  it('of a whole run lie within it', () => {
    expect(replay.spans.length).toBeGreaterThan(3)
    for (const { fromSeconds, untilSeconds } of replay.spans) {
      expect(untilSeconds).toBeGreaterThanOrEqual(fromSeconds)
      expect(untilSeconds).toBeLessThanOrEqual(replay.endSeconds)
    }
  })
})

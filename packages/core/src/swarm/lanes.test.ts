// Several connections to one neighbour: what goes over which, when more are asked for, and when they are closed.
import { describe, expect, it } from 'vitest'
import { LoneSwarm } from '../testing/lone-swarm'
import { testContent } from '../testing/test-content'
import type { Lane } from './lane'
import { LaneTrial, tellsOfLoss } from './lane-trial'
import type { PathEstimate } from './path-estimate'

const source = testContent(60)

/** A swarm that fetches from `a`, over lanes 0 and 2, and serves `b`. */
function fetching() {
  const swarm = new LoneSwarm(source, { held: [0, 1], policy: { endgame: false } })
  swarm.join('a', 'all')
  swarm.join('b')
  swarm.receive('b', { type: 'interested' })
  swarm.receive('a', { type: 'unchoke' })
  swarm.handle({ type: 'lane-opened', peer: 'a', lane: 2 })
  return swarm
}

const sentOver = (swarm: LoneSwarm, to: string, kind: string) =>
  swarm.emitted('send').filter(({ peer, message }) => peer === to && message.type === kind)
const drops = (swarm: LoneSwarm) => swarm.emitted('drop-peer').map(({ peer, reason }) => `${peer} ${reason}`)

describe('several connections to one neighbour', () => {
  it('[LANES-1] [LANES-2] carry requests over each, a window for each', () => {
    const swarm = fetching()
    const lanes = sentOver(swarm, 'a', 'request').map(({ lane }) => lane)
    expect([lanes.filter((lane) => lane === 0).length, lanes.filter((lane) => lane === 2).length]).toEqual([4, 4])
    expect(swarm.emitted('send').filter(({ message, lane }) => message.type !== 'request' && lane !== 0)).toEqual([])
  })

  it('[LANES-1] carry a cancel over the one that its request went by', () => {
    const swarm = fetching()
    swarm.handle({ type: 'activity-changed', downloading: false, uploading: true })
    const ofRequests = sentOver(swarm, 'a', 'request').map(({ lane }) => lane)
    expect(sentOver(swarm, 'a', 'cancel').map(({ lane }) => lane)).toEqual(ofRequests)
  })

  it('[LANES-1] carry a block, and a refusal, over the one that was asked', () => {
    const swarm = fetching()
    const request = { type: 'request', chunk: 0, offset: 0, length: 1_024 } as const
    swarm.handle({ type: 'message-received', peer: 'b', message: request, lane: 3 })
    expect(sentOver(swarm, 'b', 'block').map(({ lane }) => lane)).toEqual([3])
    swarm.receive('b', { type: 'not-interested' })
    swarm.handle({ type: 'message-received', peer: 'b', message: { ...request, chunk: 1 }, lane: 1 })
    expect(sentOver(swarm, 'b', 'reject').map(({ lane }) => lane)).toEqual([1])
  })

  it('[LANES-1] carry nothing else: who says more over one is let go', () => {
    for (const type of ['choke', 'interested', 'keep-alive', 'hello'] as const) {
      const swarm = fetching()
      const message = type === 'hello' ? ({ type, version: 1 } as const) : { type }
      swarm.handle({ type: 'message-received', peer: 'a', message, lane: 2 })
      expect(drops(swarm)).toEqual([`a ${type} over a connection for blocks`])
    }
  })

  it('[LANES-5] end the neighbour when one is lost with something open, and do not when there is nothing', () => {
    const swarm = fetching()
    swarm.handle({ type: 'lane-opened', peer: 'b', lane: 1 })
    swarm.handle({ type: 'lane-lost', peer: 'b', lane: 1 })
    expect(drops(swarm)).toEqual([])
    swarm.handle({ type: 'lane-lost', peer: 'a', lane: 2 })
    expect(drops(swarm)).toEqual(['a a connection to it was lost'])
  })

  it('[LANES-4] are closed where nothing has been asked for for 10 s', () => {
    const swarm = fetching()
    swarm.answerAll('a')
    swarm.advanceTo(swarm.now + 20_000)
    expect(swarm.emitted('close-lane').map(({ peer, lane }) => [peer, lane])).toEqual([['a', 2]])
    expect(drops(swarm)).toEqual([])
  })
})

describe('whether more connections are worth it', () => {
  const onTime = { gapMs: 50, lateMs: 20 }
  const MUCH = 10 * 1_048_576
  const path = (roundTripMs: number) => ({ roundTripMs }) as PathEstimate

  it('[LANES-3] is asked after two pauses within 3 s', () => {
    const trial = new LaneTrial()
    trial.lost(onTime, 1_000, 1_000)
    expect(trial.wantsMeasure(MUCH, 500_000, 1_000)).toBe(false)
    trial.lost(onTime, 1_000, 5_000)
    expect(trial.wantsMeasure(MUCH, 500_000, 5_000)).toBe(false)
    trial.lost(onTime, 1_000, 6_000)
    expect(trial.wantsMeasure(2_000_000, 500_000, 6_000)).toBe(false)
    expect(trial.wantsMeasure(MUCH, 50_000, 6_000)).toBe(false)
    expect(trial.wantsMeasure(MUCH, 500_000, 6_000)).toBe(true)
    expect(trial.wantsMeasure(MUCH, 500_000, 6_000)).toBe(false)
  })

  it.each([
    ['as long as ours', { ms: 45, leastMs: 40 }, 40, true],
    ['longer by an eighth and 20 ms', { ms: 66, leastMs: 40 }, 40, false],
    ['as long as it was at first, though ours seems shorter', { ms: 105, leastMs: 100 }, 65, true],
    ['as long as ours, though it was shorter once', { ms: 105, leastMs: 40 }, 100, true],
    ['full', { ms: 200, leastMs: 100 }, 100, false],
  ])('[LANES-3] is answered by the network: its round trip is %s', (_how, roundTrip, oursMs, isWanted) => {
    const trial = new LaneTrial()
    for (let i = 0; i < 2; i++) trial.lost({ gapMs: 50, lateMs: 500 }, 1_000, 1_000)
    expect(trial.wantsMeasure(MUCH, 500_000, 1_000)).toBe(true)
    expect(trial.measured(roundTrip, path(oursMs), 500_000, 1_100)).toBe(isWanted)
    for (let i = 0; i < 2; i++) trial.lost(onTime, 1_000, 2_000)
    expect(trial.wantsMeasure(MUCH, 500_000, 2_000)).toBe(false)
    for (let i = 0; i < 2; i++) trial.lost(onTime, 1_000, 3_600)
    expect(trial.wantsMeasure(MUCH, 500_000, 3_600)).toBe(!isWanted)
  })

  it('[LANES-3] is answered by what was late before, where the network cannot be asked', () => {
    for (const lateMs of [20, 90]) {
      const trial = new LaneTrial()
      trial.lost({ gapMs: 50, lateMs }, 1_000, 1_000)
      for (let now = 1_100; now < 2_900; now += 100) trial.lost(onTime, 1_000, now)
      expect(trial.wantsMeasure(MUCH, 500_000, 2_900)).toBe(true)
      expect(trial.measured(undefined, path(40), 500_000, 2_900)).toBe(lateMs === 20)
    }
  })

  it('[LANES-3] shows by pauses of a round trip or so, on a path that is known, and not near by', () => {
    const lane = (roundTripMs: number, isFresh = false) =>
      ({ path: { roundTripMs, isFresh, drainedBytes: Number.POSITIVE_INFINITY } }) as unknown as Lane
    expect(tellsOfLoss(lane(40), { gapMs: 40, lateMs: 0 })).toBe(true)
    expect(tellsOfLoss(lane(40), { gapMs: 15, lateMs: 0 })).toBe(false)
    expect(tellsOfLoss(lane(40), { gapMs: 400, lateMs: 0 })).toBe(false)
    expect(tellsOfLoss(lane(40, true), { gapMs: 40, lateMs: 0 })).toBe(false)
    expect(tellsOfLoss(lane(10), { gapMs: 10, lateMs: 0 })).toBe(false)
  })

  it('[LANES-4] is judged after 4 s, and what does not pay is tried later and later', () => {
    const trial = new LaneTrial()
    let now = 0
    for (const waitMs of [60_000, 120_000, 240_000]) {
      const isWanted = () => {
        for (let i = 0; i < 2; i++) trial.lost(onTime, 1_000, now)
        return trial.wantsMeasure(MUCH, 500_000, now) && trial.measured(undefined, path(40), 500_000, now)
      }
      expect(isWanted()).toBe(true)
      trial.opened(now)
      now += 3_999
      expect(trial.wantsFewer(490_000, now)).toBe(false)
      now += 1
      expect(trial.wantsFewer(490_000, now)).toBe(true)
      now += waitMs - 1
      expect(isWanted()).toBe(false)
      now += 1
    }
  })

  it('[LANES-4] is asked again after a minute with several, and not by the pauses that one makes when it is alone again', () => {
    const trial = new LaneTrial()
    const isWanted = (now: number) => {
      for (let i = 0; i < 2; i++) trial.lost(onTime, 1_000, now)
      return trial.wantsMeasure(MUCH, 500_000, now)
    }
    expect(isWanted(0)).toBe(true)
    expect(trial.measured(undefined, path(40), 500_000, 0)).toBe(true)
    trial.opened(0)
    for (const now of [4_000, 5_000, 63_999]) expect(trial.wantsFewer(900_000, now)).toBe(false)
    expect(trial.wantsFewer(900_000, 64_000)).toBe(true)
    expect(isWanted(64_999)).toBe(false)
    expect(isWanted(65_000)).toBe(true)
  })
})

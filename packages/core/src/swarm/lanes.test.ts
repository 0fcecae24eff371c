// Several connections to one neighbour: what goes over which, when more are ordered, and when they are closed.
import { describe, expect, it } from 'vitest'
import { LoneSwarm } from '../testing/lone-swarm'
import { testContent } from '../testing/test-content'
import type { Lane } from './lane'
import { LaneTrial, tellsOfLoss } from './lane-trial'

const source = testContent(60)

/** It fetches from `a`, over lanes 0 and 2, and serves `b`. */
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
  swarm.ordered('send').filter(({ peer, message }) => peer === to && message.type === kind)
const drops = (swarm: LoneSwarm) => swarm.ordered('drop-peer').map(({ peer, reason }) => `${peer} ${reason}`)

describe('several connections to one neighbour', () => {
  it('[LANES-1] [LANES-2] carry requests over each, a window for each', () => {
    const swarm = fetching()
    const lanes = sentOver(swarm, 'a', 'request').map(({ lane }) => lane)
    expect([lanes.filter((lane) => lane === 0).length, lanes.filter((lane) => lane === 2).length]).toEqual([4, 4])
    expect(swarm.ordered('send').filter(({ message, lane }) => message.type !== 'request' && lane !== 0)).toEqual([])
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
    expect(swarm.ordered('close-lane').map(({ peer, lane }) => [peer, lane])).toEqual([['a', 2]])
    expect(drops(swarm)).toEqual([])
  })
})

describe('whether more connections are worth it', () => {
  const onTime = { gapMs: 50, lateMs: 20 }
  const MUCH = 10 * 1_048_576

  it('[LANES-3] shows by two pauses within 3 s, and not where a queue is full', () => {
    const trial = new LaneTrial()
    trial.lost(onTime, 1_000, 1_000)
    expect(trial.wantsMore(MUCH, 500_000, 1_000)).toBe(false)
    trial.lost(onTime, 1_000, 5_000)
    expect(trial.wantsMore(MUCH, 500_000, 5_000)).toBe(false)
    trial.lost(onTime, 1_000, 6_000)
    expect(trial.wantsMore(2_000_000, 500_000, 6_000)).toBe(false)
    expect(trial.wantsMore(MUCH, 50_000, 6_000)).toBe(false)
    expect(trial.wantsMore(MUCH, 500_000, 6_000)).toBe(true)
    const full = new LaneTrial()
    full.lost({ gapMs: 50, lateMs: 90 }, 1_000, 1_000)
    for (let now = 1_100; now < 2_900; now += 100) full.lost(onTime, 1_000, now)
    expect(full.wantsMore(MUCH, 500_000, 2_900)).toBe(false)
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
        return trial.wantsMore(MUCH, 500_000, now)
      }
      expect(isWanted()).toBe(true)
      trial.opened(now)
      now += 3_999
      expect(trial.wantsFewer(520_000, now)).toBe(false)
      now += 1
      expect(trial.wantsFewer(520_000, now)).toBe(true)
      now += waitMs - 1
      expect(isWanted()).toBe(false)
      now += 1
    }
  })

  it('[LANES-4] ends when nothing is lost for 10 s, or after a minute', () => {
    for (const [everyMs, afterMs] of [
      [Number.POSITIVE_INFINITY, 14_000],
      [1_000, 64_000],
    ] as const) {
      const trial = new LaneTrial()
      for (let i = 0; i < 2; i++) trial.lost(onTime, 1_000, 0)
      expect(trial.wantsMore(MUCH, 500_000, 0)).toBe(true)
      trial.opened(0)
      let now = 0
      let isOver = false
      while (!isOver && now < 100_000) {
        now += 500
        if (now % everyMs === 0) trial.lost(onTime, 1_000, now)
        isOver = trial.wantsFewer(900_000, now)
      }
      expect(now).toBe(afterMs)
    }
  })
})

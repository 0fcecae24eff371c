// What neighbours tell each other of themselves.
import { describe, expect, it } from 'vitest'
import { LoneSwarm } from '../testing/lone-swarm'
import { testContent } from '../testing/test-content'
import { VirtualSwarm } from '../testing/virtual-swarm'
import type { Message, ReportedProgress } from '../wire/index'

const source = testContent(60)
const reporting = true

const AT_WORK = { paused: false, serves: true }

const report = (progress: ReportedProgress, upload = 0, download = 0, activity = AT_WORK): Message => ({
  type: 'report',
  progress,
  upload: { bytesPerSecond: upload, basis: 'shown' },
  download: { bytesPerSecond: download, basis: 'shown' },
  activity,
})

const ofNeighbours = ({ swarm }: Pick<LoneSwarm, 'swarm'>) => swarm.reports().filter(({ number }) => number > 0)
const ofItself = ({ swarm }: Pick<LoneSwarm, 'swarm'>) => swarm.reports().find(({ number }) => number === 0)

describe('reports', { timeout: 30_000 }, () => {
  it('[REPORT-1] are neither sent nor heard where nobody asked for them', () => {
    const swarm = new VirtualSwarm(source, 1)
    swarm.add('seed', { seed: true })
    swarm.add('talker', { reporting })
    swarm.connectAll()
    expect(swarm.run(60_000, () => swarm.allComplete())).toBe(true)
    expect(swarm.sent('report', 'seed')).toEqual([])
    expect(swarm.get('seed').swarm.reports()).toEqual([])
    expect(swarm.sent('report', 'talker').length).toBeGreaterThan(0)
  })

  it('[REPORT-1] say who had everything from the start, and who downloads', () => {
    const server = new LoneSwarm(source, { held: 'all', reporting })
    server.join('a')
    expect(server.sent('report', 'a').map(({ progress }) => progress)).toEqual([{ stage: 'server' }])
    const downloader = new LoneSwarm(source, { reporting })
    downloader.advanceTo(5_000)
    downloader.join('a')
    expect(downloader.sent('report', 'a')[0]?.progress).toEqual({ stage: 'downloading', startedAgoMs: 5_000 })
  })

  it('[REPORT-1] are not sent before the download begins', () => {
    const swarm = new LoneSwarm(source, { reporting, downloading: false })
    swarm.join('a')
    swarm.advanceTo(30_000)
    expect(swarm.sent('report')).toEqual([])
    expect(swarm.swarm.reports()).toEqual([])
    swarm.handle({ type: 'activity-changed', downloading: true, uploading: true })
    expect(swarm.sent('report', 'a').map(({ progress }) => progress)).toEqual([
      { stage: 'downloading', startedAgoMs: 0 },
    ])
  })

  it('[REPORT-1] count from the first start, whatever pauses follow', () => {
    const swarm = new LoneSwarm(source, { reporting })
    swarm.join('a')
    swarm.advanceTo(10_000)
    swarm.handle({ type: 'activity-changed', downloading: false, uploading: false })
    swarm.advanceTo(20_000)
    swarm.handle({ type: 'activity-changed', downloading: true, uploading: true })
    expect(ofItself(swarm)?.progress).toEqual({ stage: 'downloading', startedAt: 0 })
  })

  it('[REPORT-1] give each the same times of all, whenever they began', () => {
    const swarm = new VirtualSwarm(source, 5)
    swarm.add('seed', { seed: true, uploadBytesPerSecond: 20_000, reporting })
    for (const [id, beginsAt] of [
      ['a', 1_000],
      ['b', 3_500],
    ] as const) {
      swarm.add(id, { downloading: false, reporting })
      swarm.later(beginsAt, () => swarm.dispatch(id, { type: 'activity-changed', downloading: true, uploading: true }))
    }
    swarm.connectAll()
    expect(swarm.run(60_000, () => swarm.allComplete())).toBe(true)
    swarm.run(swarm.now + 2_000)
    const told = (id: string) =>
      swarm
        .get(id)
        .swarm.reports()
        .map(({ progress }) => progress)
        .filter((progress) => progress.stage === 'complete')
        .sort((x, y) => x.startedAt - y.startedAt)
    const [truth] = ['a', 'b'].map(told)
    expect(truth).toHaveLength(2)
    expect(truth?.[0]?.startedAt).toBeCloseTo(1_000, -2)
    expect(truth?.[1]?.startedAt).toBeCloseTo(3_500, -2)
    for (const id of ['seed', 'a', 'b'])
      told(id).forEach((progress, i) => {
        expect(Math.abs(progress.startedAt - (truth?.[i]?.startedAt ?? 0)), id).toBeLessThan(200)
        expect(Math.abs(progress.tookMs - (truth?.[i]?.tookMs ?? 0)), id).toBeLessThanOrEqual(1)
      })
  })

  it('[REPORT-2] give a limit as such, and else the fastest 5 s', () => {
    const swarm = new VirtualSwarm(source, 3)
    swarm.add('seed', { seed: true, uploadBytesPerSecond: 6_000, reporting })
    swarm.add('leecher', { downloadBytesPerSecond: 100_000, reporting })
    swarm.connectAll()
    expect(swarm.run(60_000, () => swarm.allComplete())).toBe(true)
    swarm.run(swarm.now + 2_000)
    const [seed, leecher] = ['seed', 'leecher'].map((id) => ofItself(swarm.get(id)))
    expect(seed?.upload).toEqual({ bytesPerSecond: 6_000, basis: 'limit' })
    expect(seed?.download).toEqual({ bytesPerSecond: 0, basis: 'shown' })
    expect(leecher?.download).toEqual({ bytesPerSecond: 100_000, basis: 'limit' })
    expect(ofNeighbours(swarm.get('leecher'))[0]?.upload).toEqual(seed?.upload)

    const change = { uploadBytesPerSecond: undefined, downloadBytesPerSecond: undefined }
    for (const id of ['seed', 'leecher']) swarm.dispatch(id, { type: 'limits-changed', ...change })
    swarm.run(swarm.now + 2_000)
    for (const shown of [ofItself(swarm.get('seed'))?.upload, ofItself(swarm.get('leecher'))?.download]) {
      expect(shown?.basis).toBe('shown')
      expect(shown?.bytesPerSecond).toBeGreaterThan(5_700)
      expect(shown?.bytesPerSecond).toBeLessThan(6_300)
    }
    expect(ofNeighbours(swarm.get('leecher'))[0]?.upload.basis).toBe('shown')
  })

  it('[REPORT-2] take for upload what the network has taken, not what waits in a buffer', () => {
    const swarm = new LoneSwarm(source, { held: 'all', reporting, storeIsSlow: true })
    swarm.join('a')
    swarm.receive('a', { type: 'interested' })
    const blocks = 40
    for (let i = 0; i < blocks; i++) {
      const request = { chunk: Math.floor(i / 4), offset: (i % 4) * 1_024, length: 1_024 }
      swarm.receive('a', { type: 'request', ...request })
      const { chunk, offset } = request
      swarm.handle({ type: 'block-loaded', peer: 'a', chunk, offset, data: new Uint8Array(1_024) })
    }
    expect(swarm.sent('block', 'a')).toHaveLength(blocks)
    expect(ofItself(swarm)?.upload.bytesPerSecond).toBe(0)
    // The link takes two blocks a second.
    for (let left = blocks; left >= 0; left--) {
      swarm.advanceTo((blocks - left) * 500)
      swarm.handle({ type: 'send-drained', peer: 'a', bufferedBytes: left * 1_024 })
    }
    expect(ofItself(swarm)?.upload.bytesPerSecond).toBe(2_048)
  })

  it('[REPORT-3] go out at a change, at most once a second, and then not before the next one', () => {
    const swarm = new VirtualSwarm(source, 8)
    swarm.add('seed', { seed: true, uploadBytesPerSecond: 5_000, reporting })
    swarm.add('a', { reporting })
    swarm.add('b', { reporting })
    swarm.connectAll()
    expect(swarm.run(120_000, () => swarm.allComplete())).toBe(true)
    swarm.run(swarm.now + 2_000)
    for (const [from, to] of [
      ['a', 'b'],
      ['b', 'seed'],
    ]) {
      const times = swarm.sent('report', from, to).map(({ at }) => at)
      // The greeting comes besides the beat.
      for (let i = 2; i < times.length; i++) expect(times[i]).toBeGreaterThanOrEqual((times[i - 1] ?? 0) + 1_000)
      // A rate that no longer rises is no news: far fewer than one a second.
      expect(times.length).toBeLessThan(swarm.now / 2_000)
    }
    const said = swarm.sent('report').length
    swarm.run(swarm.now + 60_000)
    expect(swarm.sent('report').length).toBe(said)
  })

  it('[REPORT-3] leave out a change of rate of less than 2 %', () => {
    const swarm = new LoneSwarm(source, { held: 'all', reporting })
    swarm.join('a')
    swarm.receive('a', { type: 'interested' })
    let asked = 0
    const serve = (bytes: number, seconds: number) => {
      for (let i = 0; i < 2 * seconds; i++, asked++) {
        const offset = (asked % 2) * 2_048
        swarm.receive('a', { type: 'request', chunk: asked >> 1, offset, length: bytes })
        swarm.advanceTo(swarm.now + 500)
      }
      return swarm.sent('report', 'a').length
    }
    const afterSteady = serve(1_000, 12)
    expect(serve(1_010, 12)).toBe(afterSteady)
    expect(serve(1_100, 12)).toBeGreaterThan(afterSteady)
  })

  it('[REPORT-3] have their last word when nothing else happens any more', () => {
    const swarm = new LoneSwarm(source, { held: 'all', reporting })
    swarm.join('a')
    swarm.handle({ type: 'limits-changed', uploadBytesPerSecond: 1_000, downloadBytesPerSecond: undefined })
    swarm.handle({ type: 'limits-changed', uploadBytesPerSecond: 2_000, downloadBytesPerSecond: undefined })
    swarm.advanceTo(1_000)
    expect(swarm.sent('report', 'a').at(-1)?.upload).toEqual({ bytesPerSecond: 2_000, basis: 'limit' })
  })

  it('[REPORT-4] date a start by the earliest word of it, as others may have waited behind blocks', () => {
    const swarm = new LoneSwarm(source, { held: 'all', reporting })
    swarm.join('a')
    const hear = (atMs: number, startedAgoMs: number) => {
      swarm.advanceTo(atMs)
      swarm.receive('a', report({ stage: 'downloading', startedAgoMs }))
      return ofNeighbours(swarm)[0]?.progress
    }
    expect(hear(10_000, 500)).toEqual({ stage: 'downloading', startedAt: 9_500 })
    expect(hear(15_000, 1_000)).toEqual({ stage: 'downloading', startedAt: 9_500 })
    expect(hear(16_000, 7_000)).toEqual({ stage: 'downloading', startedAt: 9_000 })
  })

  it('[REPORT-4] of a neighbour that has gone are forgotten', () => {
    const swarm = new LoneSwarm(source, { held: 'all', reporting })
    swarm.join('a')
    swarm.receive('a', report({ stage: 'downloading', startedAgoMs: 0 }))
    expect(ofNeighbours(swarm)).toHaveLength(1)
    swarm.handle({ type: 'peer-left', peer: 'a' })
    expect(ofNeighbours(swarm)).toEqual([])
  })

  it('[REPORT-1] say who has paused, and who passes nothing on', () => {
    const swarm = new VirtualSwarm(source, 3)
    swarm.add('seed', { seed: true, uploadBytesPerSecond: 20_000, reporting })
    swarm.add('a', { reporting })
    swarm.connectAll()
    const activity = (downloading: boolean, uploading: boolean) => {
      swarm.dispatch('a', { type: 'activity-changed', downloading, uploading })
      swarm.run(swarm.now + 2_000)
      const [seen] = swarm.snapshot('seed').neighbours
      return { paused: seen?.paused, serves: seen?.serves }
    }
    swarm.run(swarm.now + 2_000)
    expect(activity(false, false)).toEqual({ paused: true, serves: false })
    expect(activity(true, false)).toEqual({ paused: false, serves: false })
    expect(swarm.run(60_000, () => swarm.allComplete())).toBe(true)
    expect(activity(false, false), 'who lacks nothing does not pause').toEqual({ paused: false, serves: false })
    expect(activity(true, true)).toEqual({ paused: false, serves: true })
  })

  it('[REPORT-1] are missing of one that has come back paused with a part', () => {
    const swarm = new LoneSwarm(source, { held: 'all', reporting })
    const seen = (at: number) => swarm.swarm.snapshot(swarm.now).neighbours[at]
    swarm.join('newcomer')
    expect(seen(0)).toMatchObject({ paused: false, serves: true })
    swarm.join('a', [1, 2])
    expect(seen(1)).toMatchObject({ paused: true, serves: false })
    swarm.receive('a', report({ stage: 'downloading', startedAgoMs: 0 }))
    expect(seen(1)).toMatchObject({ paused: false, serves: true })
  })

  it('[REPORT-1] decide who counts as holding: nothing is safe with those who pass nothing on', () => {
    const swarm = new LoneSwarm(source, { held: 'all', reporting })
    const keeps = { paused: false, serves: false }
    const hears = (peer: string, activity: typeof keeps) =>
      swarm.receive(peer, report({ stage: 'complete', startedAgoMs: 0, tookMs: 0 }, 0, 0, activity))
    const areSafe = () => swarm.swarm.snapshot(swarm.now).othersHoldAll
    swarm.join('a', 'all')
    hears('a', keeps)
    expect(areSafe()).toBe(false)
    const chunks = [...source.chunks.keys()]
    swarm.join('b', chunks.slice(0, 30))
    hears('b', AT_WORK)
    expect(areSafe()).toBe(false)
    swarm.join('c', chunks.slice(30))
    hears('c', AT_WORK)
    expect(areSafe()).toBe(true)
    hears('c', keeps)
    expect(areSafe()).toBe(false)
    hears('a', AT_WORK)
    expect(areSafe()).toBe(true)
  })

  it('[REPORT-5] without end cost the connection: the 101st within 5 s, not before', () => {
    const swarm = new LoneSwarm(source, { held: 'all', reporting })
    swarm.join('bad')
    const flood = (count: number) => {
      for (let i = 0; i < count; i++) swarm.receive('bad', report({ stage: 'downloading', startedAgoMs: 0 }))
    }
    flood(100)
    swarm.advanceTo(5_000)
    flood(100)
    expect(swarm.emitted('drop-peer')).toEqual([])
    flood(1)
    expect(swarm.emitted('drop-peer').map(({ reason, ban }) => ({ reason, ban }))).toEqual([
      { reason: 'reports without end', ban: false },
    ])
  })

  it('[REPORT-5] of a liar change nothing of what is asked, sent or served', () => {
    const run = (lying: boolean) => {
      const swarm = new VirtualSwarm(source, 11)
      swarm.add('seed', { seed: true, uploadBytesPerSecond: 20_000, reporting })
      for (const id of ['a', 'liar']) swarm.add(id, { reporting })
      swarm.tamper = (from, _to, message) =>
        lying && from === 'liar' && message.type === 'report'
          ? {
              ...message,
              progress: { stage: 'complete', startedAgoMs: 604_800_000, tookMs: 0 },
              upload: { bytesPerSecond: 0xffff_ffff, basis: 'limit' },
            }
          : message
      swarm.connectAll()
      expect(swarm.run(60_000, () => swarm.allComplete())).toBe(true)
      return swarm.log.filter(({ message }) => message.type !== 'report').map(({ at, message }) => [at, message.type])
    }
    expect(run(true)).toEqual(run(false))
  })
})

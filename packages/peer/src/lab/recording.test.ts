// Runs kept whole: what a recording holds, what is refused as one, and how it is played.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { classOf, isRunning, smallSettings, VirtualLab } from '../testing/virtual-lab'
import { Board } from './board'
import { holdingsAt, replayOfResult } from './recorded-replay'
import { Recorder } from './recorder'
import { readRecording, recordingAsText } from './recording'
import { frameOf, givenUntil, sampleAt } from './replay'
import type { LabResult } from './results'

const replayOf = (result: LabResult | undefined) => {
  const replay = result && replayOfResult(result)
  if (!replay) throw new Error('no replay')
  return replay
}

describe('a recorded run', () => {
  it('begins with nothing held, and ends with what was measured', async () => {
    const { lab, host } = await classOf(3, ['Ada'])
    void host.run()
    expect(await lab.untilOver()).toBe(true)
    const [result] = lab.results.all
    const replay = replayOf(result)
    expect(replay.names).toEqual(['Server', 'Ada', 'Peer 1', 'Peer 2', 'Peer 3'])
    const start = frameOf(replay, 0)
    expect(start.peers.map(({ held, role }) => [held, role])).toEqual([
      [10, 'server'],
      ...Array(4).fill([0, 'leecher']),
    ])
    const last = replay.samples.length - 1
    const end = frameOf(replay, last)
    expect(end.peers.map(({ held, role }) => [held, role])).toEqual([[10, 'server'], ...Array(4).fill([10, 'seed'])])
    expect([...(end.copies as number[])]).toEqual(Array(10).fill(5))
    expect(holdingsAt(replay, last)).toEqual(Array(5).fill(Uint8Array.of(0xff, 0xc0)))
    expect(replay.endSeconds).toBeCloseTo(result?.measured.distributionSeconds ?? Number.NaN, 2)
    // What each gave is what was measured, to the unit of each link.
    const given = givenUntil(replay, last).map((row) => row.reduce((sum, bytes) => sum + bytes, 0))
    const measured = [
      result?.measured.serverUploadedBytes,
      ...(result?.measured.peers.map((p) => p.uploadedBytes) ?? []),
    ]
    for (const [place, bytes] of given.entries()) expect(Math.abs(bytes - (measured[place] ?? 0))).toBeLessThan(5 * 256)
    expect(replay.series.map(({ points }) => points.at(-1)?.atSeconds).slice(1)).toEqual(
      result?.measured.peers.map(({ completedAtSeconds }) => completedAtSeconds),
    )
  })

  it('shows at each quarter of a second what stood on the board then', async () => {
    const { lab, host, time } = await classOf(3)
    void host.run()
    await time.run(60_000, () => isRunning(lab))
    const seen: { atSeconds: number; held: number[] }[] = []
    const stop = time.every(500, () => {
      const { run } = lab.shown
      if (run?.phase === 'running') seen.push({ atSeconds: run.seconds, held: run.frame.peers.map(({ held }) => held) })
    })
    await lab.untilOver()
    stop()
    const replay = replayOf(lab.results.all[0])
    const steps = replay.samples
      .map(({ atSeconds }, i) => atSeconds - (replay.samples[i - 1]?.atSeconds ?? 0))
      .slice(1, -1)
    for (const step of steps) expect(step).toBeCloseTo(0.25, 1)
    expect(seen.length).toBeGreaterThan(2)
    for (const { atSeconds, held } of seen) {
      const { held: before = [] } = replay.samples[sampleAt(replay, atSeconds)] ?? {}
      const { held: after = [] } = replay.samples[sampleAt(replay, atSeconds) + 1] ?? { held }
      for (const [place, count] of held.entries()) {
        expect(count).toBeGreaterThanOrEqual(before[place] ?? 0)
        expect(count).toBeLessThanOrEqual(after[place] ?? 0)
      }
    }
  })

  it('knows who came late, who left, and whose turn it was', async () => {
    const { everybody } = smallSettings
    if (!everybody) throw new Error('no settings')
    const { lab, host } = await classOf(4, [], {
      ...smallSettings,
      specials: [
        { ...everybody, count: 1, joinAtSeconds: 2 },
        { ...everybody, count: 1, leaveAtSeconds: 1 },
      ],
    })
    void host.run()
    await lab.untilOver()
    const replay = replayOf(lab.results.all[0])
    const rolesAt = (seconds: number) =>
      frameOf(replay, sampleAt(replay, seconds)).peers.map(({ role }) => role === 'away')
    expect(rolesAt(0.5)).toEqual([false, false, false, true, false])
    expect(rolesAt(1.6)).toEqual([false, false, false, true, true])
    expect(rolesAt(2.8)).toEqual([false, false, false, false, true])
    expect(replay.spans.length).toBeGreaterThan(4)
    for (const { fromSeconds, untilSeconds } of replay.spans) expect(untilSeconds).toBeGreaterThanOrEqual(fromSeconds)
  })

  it('has no place for those who were never ready', async () => {
    const lab = new VirtualLab()
    lab.host.change(smallSettings)
    lab.host.addPeers(2)
    const code = await lab.openRoom()
    const ada = lab.participant('Ada', code, () => Promise.reject(new Error('no disk')))
    await lab.time.run(2_000)
    lab.world.tracker.setReachable('Ada', false)
    void lab.host.run()
    expect(await lab.untilOver()).toBe(true)
    ada.close()
    const [result] = lab.results.all
    expect(replayOf(result).names).toEqual(['Server', ...(result?.names ?? [])])
  })

  it('of half an hour takes no more moments than one of a minute, and loses nothing', () => {
    const board = new Board(
      ['server', 'a'].map((id) => ({ id, name: id, mark: 0, behaviour: id === 'server' ? 'server' : 'normal' })),
      16,
    )
    const recorder = new Recorder(board, ['Server', 'A'], 250)
    const report = (uploadedBytes: number, held: number) => ({
      ids: ['x'],
      held: Uint8Array.of(held >> 8, held & 0xff),
      uploadedBytes,
      downloadedBytes: 0,
      neighbours: [{ id: 'y', uploadRate: 0, uploadedBytes, amChoking: false, optimistic: true, complete: false }],
    })
    board.take('a', { ...report(0, 0), ids: ['y'] }, 0)
    for (let at = 0; at < 2_000; at += 0.25) {
      board.take('server', report(1_000 * at, 0xffff), at)
      board.take('a', { ...report(0, at > 1_000 ? 0xff00 : 0x8000), ids: ['y'] }, at)
      recorder.sample(at)
    }
    const recording = recorder.end(2_000, [0, 1])
    expect(recording.atMs.length).toBeLessThan(250)
    expect(recording.atMs.at(-1)).toBe(2_000_000)
    expect(recording.gained.flat()).toHaveLength(2 * 8)
    const units = recording.sent.flatMap((all) => all.filter((_, i) => i % 3 === 2)).reduce((sum, one) => sum + one, 0)
    expect(units).toBe(Math.floor((1_000 * 1_999.75) / 256))
    expect(recording.turns).toContainEqual([0, 1, 0, 2_000_000, 1])
    expect(recordingAsText(recording).length).toBeLessThan(10_000)
  })

  it('of many peers and chunks keeps its moments, as what they gained does not become less by fewer of them', () => {
    const ids = Array.from({ length: 101 }, (_, i) => `peer ${i}`)
    const board = new Board(
      ids.map((id, i) => ({ id, name: id, mark: i, behaviour: i === 0 ? 'server' : 'normal' })),
      1_024,
    )
    const recorder = new Recorder(board, ids, 250)
    const amounts = { uploadedBytes: 0, downloadedBytes: 0, neighbours: [] }
    for (let moment = 0; moment <= 64; moment++) {
      const held = new Uint8Array(128).fill(0xff, 0, 2 * moment)
      for (const id of ids.slice(1)) board.take(id, { ids: [id], held, ...amounts }, moment / 4)
      recorder.sample(moment / 4)
    }
    const recording = recorder.end(
      16.25,
      ids.map((_, place) => place),
    )
    expect(recording.gained.flat()).toHaveLength(2 * 100 * 1_024)
    expect(recording.atMs.length).toBeGreaterThan(64)
    expect(readRecording(recordingAsText(recording))?.names).toHaveLength(101)
  })
})

describe('what is read as a recording', () => {
  const good = {
    names: ['Server', 'Ada'],
    chunkCount: 3,
    atMs: [0, 250],
    gained: [[], [1, 2]],
    sent: [[], [0, 1, 40]],
    turns: [[0, 1, 0, 250, 1]],
    moves: [[0, 0, 1]],
  }

  it('is what was written', () => {
    expect(readRecording(JSON.stringify(good))).toEqual(good)
  })

  it.each([
    ['no JSON', '{'],
    ['nobody', { ...good, names: [] }],
    ['somebody who is not in it', { ...good, gained: [[], [2, 0]] }],
    ['a chunk that there is not', { ...good, gained: [[], [1, 3]] }],
    ['half a pair', { ...good, gained: [[], [1]] }],
    ['more moments than times', { ...good, sent: [[], [], []] }],
    ['time that goes back', { ...good, atMs: [250, 0] }],
    ['a turn that ends before it begins', { ...good, turns: [[0, 1, 250, 0, 0]] }],
    ['too many chunks', { ...good, chunkCount: 1e9 }],
  ])('is not %s', (_, what) => {
    expect(readRecording(typeof what === 'string' ? what : JSON.stringify(what))).toBeUndefined()
  })

  it('is played or refused, and never throws, whatever it is', () => {
    const number = fc.oneof(fc.integer({ min: 0, max: 4 }), fc.integer(), fc.double())
    const numbers = fc.array(number, { maxLength: 6 })
    const shape = fc.record({
      names: fc.array(fc.string(), { maxLength: 3 }),
      chunkCount: number,
      atMs: numbers,
      gained: fc.array(numbers, { maxLength: 3 }),
      sent: fc.array(numbers, { maxLength: 3 }),
      turns: fc.array(numbers, { maxLength: 2 }),
      moves: fc.array(numbers, { maxLength: 2 }),
    })
    const { experiment } = { experiment: { peers: [] } } as unknown as LabResult
    fc.assert(
      fc.property(shape, (recording) => {
        const peers = recording.names.slice(1).map((id) => ({ id, completedAtSeconds: null }))
        const measured = { peers } as unknown as LabResult['measured']
        const replay = replayOfResult({ recording: JSON.stringify(recording), experiment, measured })
        if (replay) frameOf(replay, 0)
      }),
    )
  })
})

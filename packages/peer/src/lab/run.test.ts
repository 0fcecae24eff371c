// Runs of a whole class in virtual time: host, participants, tracker and every peer’s machine are real but for the
// network.
import { describe, expect, it } from 'vitest'
import { RoomLine } from '../line/room-line'
import { TrackerLine } from '../line/tracker-line'
import { classOf, isRunning, participantOf, smallSettings, stageOf, type VirtualLab } from '../testing/virtual-lab'
import { doubtsOf } from './doubts'
import { FromHost, read, statusMessage } from './messages'
import { repeatsOf } from './repeats'
import { secondsOf, sweepSteps } from './run-plan'

/** A guest in the room by its line alone, who says of itself what the test wants. */
async function guest(lab: VirtualLab, code: string, name: string) {
  const { ports } = lab.world.device(name)
  const line = new RoomLine(new TrackerLine(ports.newLine(), ports.time), ports.time)
  let run = ''
  const delivered = (body: string) => {
    const message = read(FromHost, body)
    if (message?.type === 'open') run = message.run
  }
  line.start({ up: () => {}, lost: () => {}, delivered: (one) => one.type === 'message' && delivered(one.body) })
  await lab.time.run(100)
  void line.join(code, name, undefined)
  await lab.time.run(100)
  return { line, run: () => run }
}

describe('a run', () => {
  it('of the host’s own peers measures, simulates and keeps its result, as plain data', async () => {
    const { lab, host } = await classOf(4)
    void host.run()
    expect(await lab.untilOver()).toBe(true)
    expect([lab.shown.phase, lab.shown.problem]).toEqual(['done', undefined])
    const [result] = lab.results.all
    expect(result?.measured.peers.map(({ completedAtSeconds }) => typeof completedAtSeconds)).toEqual(
      Array(4).fill('number'),
    )
    expect(result?.measured.ratio).toBeGreaterThan(0.5)
    expect(result?.startedAt).toBe('2026-01-02T03:04:05.000Z')
    const { run } = lab.shown
    expect(run?.frame.peers.map(({ held }) => held)).toEqual(Array(5).fill(10))
    expect(structuredClone(lab.shown)).toEqual(lab.shown)
    expect(lab.world.links.all.size).toBe(0)
    expect(host.peers()).toEqual([])
  })

  it('with participants lets all begin at one moment, and tells each how it went', async () => {
    const { lab, host, participants, time } = await classOf(2, ['Ada', 'Bob'])
    void host.run()
    const beganAt = participants.map(() => Number.NaN)
    for (const [i, one] of participants.entries())
      one.subscribe(() => {
        if (stageOf(one) === 'running' && Number.isNaN(beganAt[i])) beganAt[i] = time.now()
      })
    expect(await time.run(60_000, () => isRunning(lab))).toBe(true)
    await time.run(500)
    expect(participants.map(stageOf)).toEqual(['running', 'running'])
    // Their clocks are up to a minute apart.
    const [first = 0, second = 0] = beganAt
    expect(Math.abs(first - second)).toBeLessThan(30)
    expect(await lab.untilOver()).toBe(true)
    await time.run(1_000)
    expect(lab.results.all[0]?.names).toEqual(['Ada', 'Bob', 'Peer 1', 'Peer 2'])
    for (const participant of participants) {
      const { run } = participant.getSnapshot()
      expect(run?.stage).toBe('over')
      expect(run?.seconds).toBeCloseTo(lab.results.all[0]?.measured.distributionSeconds ?? 0)
      expect(run?.completedAfterMs).toBeGreaterThan(0)
    }
    expect(lab.keptChunks).toBe(0)
  })

  it('is held back by its limits where these are low, and is doubted where the network is slower', async () => {
    const shareOn = async (bytesPerSecond: number) => {
      const { lab, host } = await classOf(2, ['Ada'], { ...smallSettings, fileBytes: 800_000 })
      lab.world.links.quality.bytesPerSecond = bytesPerSecond
      void host.run()
      expect(await lab.untilOver()).toBe(true)
      const [result] = lab.results.all
      return { share: result?.limitedShare ?? Number.NaN, doubts: result && doubtsOf(result) }
    }
    const quick = await shareOn(2_000_000)
    expect(quick.share).toBeGreaterThan(0.7)
    expect(quick.doubts).not.toContain('unlimited')
    const slow = await shareOn(8_000)
    expect(slow.share).toBeLessThan(0.3)
    expect(slow.doubts).toContain('unlimited')
  })

  it('names in its notes whose page stood still, and no other', async () => {
    const { lab, code, host, time } = await classOf(2, ['Ada'])
    const eve = await guest(lab, code, 'Eve')
    void host.run()
    await time.run(10_000, () => eve.run() !== '')
    const all = {
      ids: [],
      held: Uint8Array.of(0xff, 0xc0),
      uploadedBytes: 0,
      downloadedBytes: 0,
      limitedMs: 0,
      neighbours: [],
    }
    eve.line.send(statusMessage(eve.run(), all, 1, 0.42))
    expect(await lab.untilOver()).toBe(true)
    expect(lab.results.all[0]?.notes?.slice(1)).toEqual(['Eve’s page froze for 42 % of the run.'])
  })

  it('takes a participant’s report of itself, and none of another run', async () => {
    const { lab, code, host, time } = await classOf(1)
    const { line: eve, run: runOfEve } = await guest(lab, code, 'Eve')
    void host.run()
    await time.run(1_000, () => runOfEve() !== '')
    const run = runOfEve()
    const all = {
      ids: [],
      held: Uint8Array.of(0xff, 0xc0),
      uploadedBytes: 0,
      downloadedBytes: 0,
      limitedMs: 0,
      neighbours: [],
    }
    eve.send(statusMessage('another', all, 1))
    await time.run(1_000)
    expect(participantOf(lab, 'Eve')).toMatchObject({ held: 0, stage: 'connecting' })
    eve.send(statusMessage(run, all, undefined))
    await time.run(1_000)
    expect(participantOf(lab, 'Eve')?.held).toBe(10)
  })

  it('shows the turns of whom the teacher chooses', async () => {
    const { lab, host, time } = await classOf(3)
    void host.run()
    await time.run(60_000, () => isRunning(lab))
    await time.run(2_000)
    // The server has no tit for tat: of a swarm, the first peer's are shown.
    expect(new Set(lab.shown.run?.chokes.map(({ from }) => from))).toEqual(new Set([1]))
    host.choose(2)
    expect(lab.shown.run?.chosen).toBe(2)
    await time.run(2_000)
    expect(new Set(lab.shown.run?.chokes.map(({ from }) => from))).toEqual(new Set([2]))
    host.choose(99)
    expect(lab.shown.run?.chosen).toBe(3)
  })

  it('is cancelled in words, and another can begin', async () => {
    const { lab, host, time } = await classOf(2, ['Ada'])
    void host.run()
    await time.run(60_000, () => isRunning(lab))
    host.cancel()
    await lab.untilOver()
    expect([lab.shown.phase, lab.shown.problem]).toEqual(['failed', 'The run was cancelled.'])
    expect(lab.results.all).toEqual([])
    void host.run()
    expect(await lab.untilOver()).toBe(true)
    expect(lab.shown.phase).toBe('done')
  })

  it('is cancelled before it began, too', async () => {
    const { lab, host } = await classOf(2)
    const running = host.run()
    host.cancel()
    await lab.untilOver()
    await running
    expect([lab.shown.phase, lab.shown.problem]).toEqual(['failed', 'The run was cancelled.'])
  })

  it('says what is missing where nobody takes part', async () => {
    const { lab, host } = await classOf(0)
    await host.run()
    expect(lab.shown).toMatchObject({ phase: 'failed', problem: expect.stringContaining('There are no peers yet') })
  })

  it('says what is too large, before anything is connected', async () => {
    const { lab, host } = await classOf(2, [], { ...smallSettings, fileBytes: 1_025 * 16_000 })
    await host.run()
    expect(lab.shown.problem).toContain('at most 1024 chunks')
    expect(lab.world.links.opened).toBe(0)
  })

  it('of a file of the teacher’s spreads its bytes, and says so when it cannot be read', async () => {
    const { lab, host } = await classOf(2)
    const bytes = new Uint8Array(100_000).fill(5)
    host.takeFile({ name: 'own.bin', bytes: bytes.length, key: 'own 1', read: async () => bytes })
    expect(lab.shown.settings.fileBytes).toBe(100_000)
    void host.run()
    await lab.untilOver()
    expect(lab.results.all[0]?.experiment.fileBytes).toBe(100_000)
    host.takeFile({ name: 'gone.bin', bytes: 50_000, key: 'gone', read: () => Promise.reject(new Error('no')) })
    await host.run()
    expect(lab.shown.problem).toBe('“gone.bin” cannot be read. Choose it again.')
  })

  it('by client-server connects nobody but the server to anybody', async () => {
    const { lab, host, time } = await classOf(4, [], { ...smallSettings, mode: 'client-server' })
    void host.run()
    await time.run(60_000, () => isRunning(lab))
    expect(lab.host.peers().map(({ neighbours }) => neighbours.length)).toEqual([4, 1, 1, 1, 1])
    expect(await lab.untilOver()).toBe(true)
    expect(lab.results.all[0]?.experiment.mode).toBe('client-server')
  })
})

describe('late ones and leavers', () => {
  it('come, go and come back by plan, and those who left for good are not counted', async () => {
    const { everybody } = smallSettings
    if (!everybody) throw new Error('no settings')
    const { lab, host, time } = await classOf(5, [], {
      ...smallSettings,
      specials: [
        { ...everybody, count: 1, joinAtSeconds: 2 },
        { ...everybody, count: 1, leaveAtSeconds: 1 },
        { ...everybody, count: 1, leaveAtSeconds: 1, rejoinAtSeconds: 3 },
      ],
    })
    void host.run()
    await time.run(60_000, () => isRunning(lab))
    const stages = () => lab.shown.run?.participants.slice(3).map(({ stage }) => stage)
    expect(stages()).toEqual(['awaited', 'taking-part', 'taking-part'])
    await time.run(1_600)
    expect(stages()).toEqual(['awaited', 'away', 'away'])
    await time.run(2_500)
    expect(stages()?.[1]).toBe('away')
    expect(['taking-part', 'complete']).toContain(stages()?.[0])
    expect(['taking-part', 'complete']).toContain(stages()?.[2])
    expect(await lab.untilOver()).toBe(true)
    const [result] = lab.results.all
    expect(result?.notes?.join()).toContain('Left as planned before having the file, not counted: Peer 4.')
    expect(result?.measured.ratio).toBeNull()
    expect(result?.measured.peers.filter(({ completedAtSeconds }) => completedAtSeconds !== null)).toHaveLength(4)
  })

  it('are shown with all that they held when they left, and nothing flows from them any more', async () => {
    const everybody = { uploadBytesPerSecond: 40_000, downloadBytesPerSecond: 400_000, latencyMs: 5 }
    // Between two samples of half a second.
    const leaveAt = [0.63, 0.72, 0.84, 0.91, 0.97]
    const specials = leaveAt.map((leaveAtSeconds) => ({ ...everybody, count: 1, leaveAtSeconds }))
    const { lab, host, time } = await classOf(6, ['Ada'], { ...smallSettings, specials })
    void host.run()
    await time.run(60_000, () => isRunning(lab))
    const lastSeen = new Map<string, number>()
    const looking = time.every(5, () => {
      for (const { name, chunksHeld } of host.peers()) lastSeen.set(name, chunksHeld)
    })
    await time.run(2_000)
    looking()
    const peers = lab.shown.run?.frame.peers ?? []
    const away = peers.filter(({ role }) => role === 'away')
    expect(away).toHaveLength(5)
    expect(away.map(({ name, held }) => [name, held])).toEqual(away.map(({ name }) => [name, lastSeen.get(name)]))
    expect(await lab.untilOver()).toBe(true)
  })

  it('that are participants’ tabs stay away, though their last report comes after', async () => {
    const everybody = { uploadBytesPerSecond: 40_000, downloadBytesPerSecond: 400_000, latencyMs: 5 }
    const specials = [{ ...everybody, count: 1, leaveAtSeconds: 1 }]
    const { lab, host, time } = await classOf(0, ['Ada', 'Bob'], { ...smallSettings, specials })
    void host.run()
    await time.run(60_000, () => isRunning(lab))
    await time.run(2_500)
    const { peers, flows } = lab.shown.run?.frame ?? { peers: [], flows: [] }
    const bob = peers.findIndex(({ name }) => name === 'Bob')
    expect(peers[bob]).toMatchObject({ role: 'away' })
    expect(peers[bob]?.held).toBeGreaterThan(0)
    expect(flows.filter(({ from }) => from === bob)).toEqual([])
    expect(await lab.untilOver()).toBe(true)
  })

  it('that come to one server that serves all are looked for by it within seconds', async () => {
    const everybody = { uploadBytesPerSecond: 40_000, downloadBytesPerSecond: 400_000, latencyMs: 5 }
    const specials = [{ ...everybody, count: 1, joinAtSeconds: 1 }]
    const { lab, host, time } = await classOf(3, [], { ...smallSettings, mode: 'client-server', specials })
    void host.run()
    await time.run(60_000, () => isRunning(lab))
    await time.run(1_200)
    expect(await time.run(3_000, () => host.peers()[3]?.neighbours.length === 1)).toBe(true)
    expect(await lab.untilOver()).toBe(true)
  })
})

describe('a sweep', () => {
  it('runs 1, 2, 4, … and all peers, each both ways, special ones in every run, and says how long it will last', async () => {
    const { everybody } = smallSettings
    if (!everybody) throw new Error('no settings')
    const { lab, host } = await classOf(3, ['Ada'], {
      ...smallSettings,
      specials: [{ ...everybody, count: 1, behaviour: 'free-rider' }],
    })
    const { settings } = lab.shown
    const estimated = secondsOf(sweepSteps(settings, 4, 1))
    const began = lab.time.now()
    void host.sweep()
    await lab.time.run(100)
    expect(lab.shown.step).toEqual({ at: 1, of: 4, secondsLeft: estimated })
    expect(await lab.untilOver(1_000_000)).toBe(true)
    const took = (lab.time.now() - began) / 1_000
    expect(estimated / took).toBeGreaterThan(0.7)
    expect(estimated / took).toBeLessThan(1.4)
    expect(lab.shown).toMatchObject({ phase: 'done', step: { at: 4, of: 4 } })
    const ran = lab.results.all.map(({ experiment, measured }) => `${measured.peers.length} ${experiment.mode}`)
    expect(ran).toEqual(['2 p2p', '2 client-server', '4 p2p', '4 client-server'])
    for (const { experiment } of lab.results.all)
      expect(experiment.peers.map(({ behaviour }) => behaviour)).toEqual([undefined, 'free-rider'])
    expect(lab.results.all.map(({ names }) => names?.[0])).toEqual(Array(4).fill('Ada'))
  })
})

it('repeats make each run so often, in turn, each with a seed of its own, and remember it over a reload', async () => {
  const { lab, host } = await classOf(2, [], { ...smallSettings, mode: 'both' })
  host.repeat(3)
  void host.run()
  expect(await lab.untilOver(1_000_000)).toBe(true)
  const made = lab.results.all.map(({ experiment: { mode, seed } }) => `${mode} ${seed}`)
  expect(made).toEqual([1, 2, 3].flatMap((seed) => [`p2p ${seed}`, `client-server ${seed}`]))
  const repeats = repeatsOf(lab.results.all)
  expect(repeats.map(({ runs }) => runs.length)).toEqual([3, 3])
  await lab.reloadTeacher()
  expect(lab.shown.repeats).toBe(3)
  host.repeat(99)
  expect(host.getSnapshot().repeats).toBe(30)
})

// Runs of a whole class in virtual time: host, participants, tracker and every peer's machine are real but for the network.
import { describe, expect, it } from 'vitest'
import { smallSettings, VirtualLab } from '../testing/virtual-lab'
import type { LabParticipant } from './participant'

/** A room with peers of its own and participants. */
async function classOf(pagePeers: number, names: string[] = [], settings = smallSettings) {
  const lab = new VirtualLab()
  lab.host.change(settings)
  lab.host.addPeers(pagePeers)
  const code = await lab.openRoom()
  const participants = names.map((name) => lab.participant(name, code))
  await lab.time.run(2_000)
  expect(lab.shown.peerCount).toBe(pagePeers + names.length)
  return { lab, code, participants, host: lab.host, time: lab.time }
}

const isRunning = (lab: VirtualLab) => lab.shown.run?.phase === 'running' && lab.shown.run.seconds > 0
const stageOf = (participant: LabParticipant | undefined) => participant?.getSnapshot().run?.stage
const memberOf = (lab: VirtualLab, name: string) => lab.shown.run?.members.find((member) => member.name === name)

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

  it('shows the turns of whom the teacher chooses', async () => {
    const { lab, host, time } = await classOf(3)
    void host.run()
    await time.run(60_000, () => isRunning(lab))
    await time.run(2_000)
    expect(new Set(lab.shown.run?.chokes.map(({ from }) => from))).toEqual(new Set([0]))
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
    const stages = () => lab.shown.run?.members.slice(3).map(({ stage }) => stage)
    expect(stages()).toEqual(['awaited', 'taking-part', 'taking-part'])
    await time.run(1_600)
    expect(stages()).toEqual(['awaited', 'away', 'away'])
    await time.run(2_500)
    expect(stages()?.[1]).toBe('away')
    expect(['taking-part', 'complete']).toContain(stages()?.[0])
    expect(['taking-part', 'complete']).toContain(stages()?.[2])
    expect(await lab.untilOver()).toBe(true)
    const [result] = lab.results.all
    expect(result?.notes?.join()).toContain('Left by plan before having the file, and not counted: Peer 4.')
    expect(result?.measured.ratio).toBeNull()
    expect(result?.measured.peers.filter(({ completedAtSeconds }) => completedAtSeconds !== null)).toHaveLength(4)
  })
})

describe('a participant', () => {
  it('that is lost for a moment never stopped, and is back in the run', async () => {
    const { lab, host, participants, time } = await classOf(2, ['Ada', 'Bob'])
    void host.run()
    await time.run(60_000, () => isRunning(lab))
    lab.world.tracker.setReachable('Ada', false)
    await time.run(1_000)
    expect(memberOf(lab, 'Ada')?.stage).toBe('lost')
    expect(stageOf(participants[0])).toBe('running')
    lab.world.tracker.setReachable('Ada', true)
    await time.run(2_000)
    expect(['taking-part', 'complete']).toContain(memberOf(lab, 'Ada')?.stage)
    expect(await lab.untilOver()).toBe(true)
    expect(lab.results.all[0]?.measured.peers.every(({ completedAtSeconds }) => completedAtSeconds !== null)).toBe(true)
  })

  it('that is gone for good is not waited for longer than 20 s, and noted', async () => {
    const { lab, host, participants, time } = await classOf(2, ['Ada'])
    void host.run()
    await time.run(60_000, () => isRunning(lab))
    participants[0]?.close()
    const gone = time.now()
    expect(await lab.untilOver()).toBe(true)
    expect(time.now() - gone).toBeLessThan(25_000)
    expect(lab.shown.phase).toBe('done')
    expect(lab.results.all[0]?.notes?.join()).toContain('Gone for 20 s and not waited for: Ada.')
  })

  it('that reloads in the middle has its seat, its name and its chunks again', async () => {
    const slow = { ...smallSettings, serverUploadBytesPerSecond: 15_000 }
    const { lab, code, host, participants, time } = await classOf(2, ['Ada'], slow)
    void host.run()
    await time.run(60_000, () => isRunning(lab) && (memberOf(lab, 'Ada')?.held ?? 0) >= 3)
    const ada = participants[0]
    const kept = lab.keptChunks
    ada?.close()
    await time.run(500)
    const again = lab.participant('Ada', code)
    await time.run(2_000)
    expect(stageOf(again)).toBe('running')
    expect(lab.shown.participants).toHaveLength(1)
    expect(memberOf(lab, 'Ada')?.held).toBeGreaterThanOrEqual(kept)
    expect(await lab.untilOver()).toBe(true)
    expect(lab.results.all[0]?.names).toContain('Ada')
  })

  it('whose tab cannot take part says why, and the run goes on without it', async () => {
    const { lab, code, host, time } = await classOf(2)
    const broken = lab.participant('Eve', code, () => Promise.reject(new Error('no database')))
    await time.run(2_000)
    void host.run()
    expect(await lab.untilOver()).toBe(true)
    expect(broken.getSnapshot().unable).toContain('no database')
    expect(lab.results.all[0]?.notes?.join()).toContain('Left out: Eve. Its browser says: no database')
    expect(lab.results.all[0]?.names).toEqual(['Peer 1', 'Peer 2'])
  })

  it('hears that there is no such room, in words', async () => {
    const { lab, time } = await classOf(1)
    const lost = lab.participant('Ada', 'ZZZZZZ')
    await time.run(2_000)
    expect(lost.getSnapshot().room).toMatchObject({ state: 'refused', reason: expect.stringContaining('no room') })
  })
})

describe('the teacher’s page', () => {
  it('that is reloaded in a run has its room, its settings and its class again, and the run is over for all', async () => {
    const { lab, code, host, participants, time } = await classOf(2, ['Ada'])
    void host.run()
    await time.run(60_000, () => isRunning(lab))
    await lab.reloadTeacher()
    await time.run(2_000)
    expect(lab.shown).toMatchObject({ room: { state: 'open', code }, pagePeers: 2, peerCount: 3, phase: 'setup' })
    expect(lab.shown.settings.name).toBe('Small')
    const { run } = participants[0]?.getSnapshot() ?? {}
    expect(run).toMatchObject({ stage: 'over', seconds: null, reason: expect.stringContaining('reloaded') })
    void lab.host.run()
    expect(await lab.untilOver()).toBe(true)
    expect(lab.results.all).toHaveLength(1)
  })

  it('that loses its line goes on with the run, and its class waits for it', async () => {
    const { lab, host, participants, time } = await classOf(2, ['Ada'])
    void host.run()
    await time.run(60_000, () => isRunning(lab))
    lab.world.tracker.setReachable('teacher', false)
    await time.run(1_000)
    expect(lab.shown.room.state).toBe('lost')
    expect(participants[0]?.getSnapshot().room).toEqual({ state: 'in', teacherPresent: false })
    lab.world.tracker.setReachable('teacher', true)
    expect(await lab.untilOver()).toBe(true)
    expect(lab.shown.phase).toBe('done')
    expect(lab.shown.room.state).toBe('open')
  })

  it('that is gone for 15 s ends the run for those who are left alone', async () => {
    const { lab, host, participants, time } = await classOf(1, ['Ada'])
    void host.run()
    await time.run(60_000, () => isRunning(lab))
    lab.host.close()
    await time.run(16_000)
    const { run } = participants[0]?.getSnapshot() ?? {}
    expect(run).toMatchObject({ stage: 'over', reason: 'The teacher’s page is gone: the run is over.' })
  })

  it('that is gone ends the run, though a participant’s own line was lost meanwhile', async () => {
    const { lab, host, participants, time } = await classOf(1, ['Ada'])
    void host.run()
    await time.run(60_000, () => isRunning(lab))
    lab.host.close()
    await time.run(5_000)
    lab.world.tracker.setReachable('Ada', false)
    await time.run(3_000)
    lab.world.tracker.setReachable('Ada', true)
    await time.run(9_000)
    expect(stageOf(participants[0])).toBe('over')
  })

  it('that went while a participant’s line was down ends the run as well', async () => {
    const { lab, host, participants, time } = await classOf(1, ['Ada'])
    void host.run()
    await time.run(60_000, () => isRunning(lab))
    lab.world.tracker.setReachable('Ada', false)
    lab.host.close()
    await time.run(2_000)
    lab.world.tracker.setReachable('Ada', true)
    await time.run(18_000)
    expect(stageOf(participants[0])).toBe('over')
  })

  it('whose return is refused is told so, and tried again where that may help', async () => {
    const { lab, time } = await classOf(1, ['Ada'])
    const { rooms } = lab.world.tracker
    const refusing = (refused: string) => {
      const { answer } = rooms
      rooms.answer = (line, event, request) =>
        event === 'lab-host' ? { refused } : answer.call(rooms, line, event, request)
      return () => {
        rooms.answer = answer
      }
    }
    const relent = refusing('rate-limited')
    lab.world.tracker.setReachable('teacher', false)
    await time.run(1_000)
    lab.world.tracker.setReachable('teacher', true)
    await time.run(8_000)
    expect(lab.shown.room.state).toBe('lost')
    relent()
    await time.run(8_000)
    expect(lab.shown.room.state).toBe('open')
    refusing('room-full')
    lab.world.tracker.setReachable('teacher', false)
    await time.run(1_000)
    lab.world.tracker.setReachable('teacher', true)
    await time.run(8_000)
    expect(lab.shown.room).toMatchObject({ state: 'failed', reason: 'No room could be opened. Try again in a minute.' })
  })

  it('says nothing after it was closed in a run', async () => {
    const { lab, host, time } = await classOf(2, ['Ada'])
    void host.run()
    await time.run(60_000, () => isRunning(lab))
    let shown = 0
    host.subscribe(() => shown++)
    host.close()
    const { rung } = time
    await time.run(60_000)
    expect(shown).toBe(0)
    // Ada's own beats and lines go on; the host's have stopped.
    expect(time.rung - rung).toBeLessThan(1_000)
  })

  it('sets its room up again at a tracker that has forgotten it, and everybody is back', async () => {
    const { lab, code, participants, time } = await classOf(1, ['Ada', 'Bob'])
    lab.world.tracker.restart(5_000)
    await time.run(1_000)
    expect(participants.map((one) => one.getSnapshot().room.state)).toEqual(['lost', 'lost'])
    await time.run(15_000)
    expect(lab.shown).toMatchObject({ room: { state: 'open', code }, peerCount: 3 })
    expect(participants.map((one) => one.getSnapshot().room)).toEqual(
      Array(2).fill({ state: 'in', teacherPresent: true }),
    )
    void lab.host.run()
    expect(await lab.untilOver()).toBe(true)
    expect(lab.results.all[0]?.names).toEqual(['Ada', 'Bob', 'Peer 1'])
  })

  it('gets a new room where somebody else has taken its code', async () => {
    const { lab, code, time } = await classOf(1)
    lab.teacher.texts.set(
      'host',
      lab.teacher
        .memory('host')
        .read()
        ?.replace(/"token":"./, '"token":"x') ?? '',
    )
    await lab.reloadTeacher()
    await time.run(2_000)
    expect(lab.shown.room).toMatchObject({ state: 'open' })
    expect(lab.shown.room).not.toMatchObject({ code })
  })
})

describe('a sweep', () => {
  it('runs 1, 2, 4, … and all peers, each both ways, and without the special kinds', async () => {
    const { everybody } = smallSettings
    if (!everybody) throw new Error('no settings')
    const { lab, host } = await classOf(2, ['Ada'], {
      ...smallSettings,
      specials: [{ ...everybody, count: 1, behaviour: 'free-rider' }],
    })
    void host.sweep()
    expect(await lab.untilOver(1_000_000)).toBe(true)
    expect(lab.shown).toMatchObject({ phase: 'done', isSweep: true, step: { at: 6, of: 6 } })
    const ran = lab.results.all.map(({ experiment, measured }) => `${measured.peers.length} ${experiment.mode}`)
    expect(ran).toEqual(['1 p2p', '1 client-server', '2 p2p', '2 client-server', '3 p2p', '3 client-server'])
    expect(lab.results.all.every(({ experiment }) => experiment.peers.length === 1)).toBe(true)
    expect(lab.results.all.map(({ names }) => names?.[0])).toEqual(Array(6).fill('Ada'))
  })
})

describe('a tracker that hangs', () => {
  it('keeps nobody waiting for ever: teacher and participants try new lines until it answers', async () => {
    const lab = new VirtualLab()
    lab.world.tracker.hangs = true
    void lab.host.openRoom()
    await lab.time.run(25_000)
    expect(lab.shown.room).toMatchObject({ state: 'failed', reason: expect.stringContaining('tried again by itself') })
    lab.world.tracker.hangs = false
    await lab.time.run(25_000)
    const { room } = lab.shown
    expect(room.state).toBe('open')
    lab.world.tracker.hangs = true
    const ada = lab.participant('Ada', room.state === 'open' ? room.code : '')
    await lab.time.run(25_000)
    expect(ada.getSnapshot().room.state).toBe('joining')
    lab.world.tracker.hangs = false
    await lab.time.run(25_000)
    expect(ada.getSnapshot().room.state).toBe('in')
  })
})

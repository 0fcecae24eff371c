// A teacher’s page that is reloaded, lost, gone or refused, in virtual time.
import { describe, expect, it } from 'vitest'
import { classOf, isRunning, participantOf, smallSettings, stageOf, VirtualLab } from '../testing/virtual-lab'

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

  it('[C1] that was duplicated says so, ends its run, and takes its room back', async () => {
    const { lab, code, host, time } = await classOf(2, ['Ada'])
    void host.run()
    await time.run(60_000, () => isRunning(lab))
    const second = lab.duplicateTeacher()
    await time.run(2_000)
    expect(host.getSnapshot()).toMatchObject({ room: { state: 'replaced', code } })
    expect(host.getSnapshot().phase).not.toBe('running')
    expect(second.getSnapshot()).toMatchObject({ room: { state: 'open', code }, peerCount: 3 })
    void host.run()
    await time.run(1_000)
    expect(host.getSnapshot()).toMatchObject({ phase: 'failed', problem: expect.stringContaining('another tab') })
    lab.world.tracker.restart()
    await time.run(10_000)
    expect(host.getSnapshot().room.state).toBe('replaced')
    host.takeBack()
    await time.run(2_000)
    expect(host.getSnapshot()).toMatchObject({ room: { state: 'open', code }, peerCount: 3 })
    expect(second.getSnapshot().room.state).toBe('replaced')
    second.close()
    await time.run(1_000)
    void host.run()
    expect(await lab.untilOver()).toBe(true)
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

  it('that was away notices who went meanwhile, and waits for them no longer than for others', async () => {
    const { lab, host, participants, time } = await classOf(2, ['Ada', 'Bob'])
    void host.run()
    await time.run(60_000, () => isRunning(lab))
    lab.world.tracker.setReachable('teacher', false)
    await time.run(500)
    participants[0]?.close()
    await time.run(500)
    lab.world.tracker.setReachable('teacher', true)
    await time.run(1_500)
    expect(participantOf(lab, 'Ada')?.stage).toBe('lost')
    expect(participantOf(lab, 'Bob')?.stage).not.toBe('lost')
    const back = time.now()
    expect(await lab.untilOver()).toBe(true)
    expect(time.now() - back).toBeLessThan(25_000)
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

  it('that is back in time ends nothing, also for one who was lost meanwhile', async () => {
    const slow = { ...smallSettings, serverUploadBytesPerSecond: 4_000 }
    const { lab, host, participants, time } = await classOf(1, ['Ada'], slow)
    void host.run()
    await time.run(60_000, () => isRunning(lab))
    lab.world.tracker.setReachable('teacher', false)
    await time.run(4_000)
    lab.world.tracker.setReachable('Ada', false)
    await time.run(1_000)
    lab.world.tracker.setReachable('Ada', true)
    await time.run(5_000)
    lab.world.tracker.setReachable('teacher', true)
    await time.run(10_000)
    expect(stageOf(participants[0])).toBe('running')
    expect(await lab.untilOver()).toBe(true)
    expect(lab.shown.phase).toBe('done')
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

  it('that cannot reach the tracker says so within five seconds, also when a run is wanted, and has a room when it can', async () => {
    const lab = new VirtualLab()
    const { world, time, host } = lab
    world.tracker.isDown = true
    host.addPeers(2)
    void host.openRoom()
    await time.run(5_000)
    const reason = expect.stringContaining('cannot be reached')
    expect(lab.shown.room).toEqual({ state: 'failed', reason })
    void host.run()
    await time.run(100)
    expect(lab.shown).toMatchObject({ phase: 'failed', problem: reason })
    world.tracker.isDown = false
    await time.run(1_000)
    expect(lab.shown.room.state).toBe('open')
    host.change(smallSettings)
    void host.run()
    expect(await lab.untilOver()).toBe(true)
    expect(lab.shown.phase).toBe('done')
  })

  it('that wants a run first, and a tracker that takes the line and says nothing, hear of it too', async () => {
    const lab = new VirtualLab()
    lab.world.tracker.isDown = true
    lab.host.addPeers(2)
    void lab.host.run()
    await lab.time.run(5_000)
    expect(lab.shown).toMatchObject({ phase: 'failed', problem: expect.stringContaining('cannot be reached') })
    const mute = new VirtualLab()
    mute.world.tracker.hangs = true
    void mute.host.openRoom()
    await mute.time.run(5_000)
    expect(mute.shown.room).toMatchObject({ state: 'failed' })
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

describe('a tracker that hangs', () => {
  it('keeps nobody waiting for ever: teacher and participants try new lines until it answers', async () => {
    const lab = new VirtualLab()
    lab.world.tracker.hangs = true
    void lab.host.openRoom()
    await lab.time.run(25_000)
    expect(lab.shown.room).toMatchObject({
      state: 'failed',
      reason: expect.stringContaining('Trying again automatically'),
    })
    lab.world.tracker.hangs = false
    await lab.time.run(25_000)
    const { room } = lab.shown
    expect(room.state).toBe('open')
    lab.world.tracker.hangs = true
    const ada = lab.participant('Ada', room.state === 'open' ? room.code : '')
    await lab.time.run(25_000)
    expect(ada.getSnapshot().room.state).toBe('unreached')
    lab.world.tracker.hangs = false
    await lab.time.run(25_000)
    expect(ada.getSnapshot().room.state).toBe('in')
  })
})

// Participants that are lost, gone, reloaded or cannot take part, in virtual time.
import { describe, expect, it } from 'vitest'
import { classOf, isRunning, participantOf, smallSettings, stageOf } from '../testing/virtual-lab'

describe('a participant', () => {
  it('that is lost for a moment never stopped, and is back in the run', async () => {
    const { lab, host, participants, time } = await classOf(2, ['Ada', 'Bob'])
    void host.run()
    await time.run(60_000, () => isRunning(lab))
    lab.world.tracker.setReachable('Ada', false)
    await time.run(1_000)
    expect(participantOf(lab, 'Ada')?.stage).toBe('lost')
    expect(stageOf(participants[0])).toBe('running')
    lab.world.tracker.setReachable('Ada', true)
    await time.run(2_000)
    expect(['taking-part', 'complete']).toContain(participantOf(lab, 'Ada')?.stage)
    expect(await lab.untilOver()).toBe(true)
    expect(lab.results.all[0]?.measured.peers.every(({ completedAtSeconds }) => completedAtSeconds !== null)).toBe(true)
  })

  it('that cannot reach the tracker says so within five seconds, and is in the room when it can', async () => {
    const { lab, code, time } = await classOf(1)
    const eve = lab.participant('Eve', code)
    lab.world.tracker.setReachable('Eve', false)
    await time.run(1_000)
    expect(eve.getSnapshot().room).toEqual({ state: 'joining' })
    await time.run(4_000)
    expect(eve.getSnapshot().room).toEqual({ state: 'unreached' })
    lab.world.tracker.setReachable('Eve', true)
    await time.run(2_000)
    expect(eve.getSnapshot().room).toEqual({ state: 'in', teacherPresent: true })
    lab.world.tracker.hangs = true
    const bob = lab.participant('Bob', code)
    await time.run(5_000)
    expect(bob.getSnapshot().room).toEqual({ state: 'unreached' })
    bob.close()
    await time.run(5_000)
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
    expect(lab.results.all[0]?.notes?.join()).toContain('Lost for 20 s and no longer waited for: Ada.')
  })

  it('that reloads in the middle has its seat, its name and its chunks again', async () => {
    const slow = { ...smallSettings, serverUploadBytesPerSecond: 15_000 }
    const { lab, code, host, participants, time } = await classOf(2, ['Ada'], slow)
    void host.run()
    await time.run(60_000, () => isRunning(lab) && (participantOf(lab, 'Ada')?.held ?? 0) >= 3)
    const ada = participants[0]
    const kept = lab.keptChunks
    ada?.close()
    await time.run(500)
    const again = lab.participant('Ada', code)
    await time.run(2_000)
    expect(stageOf(again)).toBe('running')
    expect(lab.shown.participants).toHaveLength(1)
    expect(participantOf(lab, 'Ada')?.held).toBeGreaterThanOrEqual(kept)
    expect(await lab.untilOver()).toBe(true)
    expect(lab.results.all[0]?.names).toContain('Ada')
  })

  it('[C1] [ROOM-2] whose tab was duplicated says so in the one, and takes its place back in the middle of a run', async () => {
    const slow = { ...smallSettings, serverUploadBytesPerSecond: 15_000 }
    const { lab, code, host, participants, time } = await classOf(2, ['Ada'], slow)
    void host.run()
    await time.run(60_000, () => isRunning(lab) && (participantOf(lab, 'Ada')?.held ?? 0) >= 2)
    const [first] = participants
    const second = lab.participant('Ada', code)
    await time.run(2_000)
    expect([first?.getSnapshot().room.state, first?.getSnapshot().run]).toEqual(['replaced', undefined])
    expect([second.getSnapshot().room.state, stageOf(second)]).toEqual(['in', 'running'])
    first?.takeBack()
    await time.run(2_000)
    expect([first && stageOf(first), second.getSnapshot().room.state]).toEqual(['running', 'replaced'])
    expect(lab.shown.participants).toHaveLength(1)
    // It leaves the place to the other, whatever comes of the line.
    lab.world.tracker.restart()
    await time.run(10_000)
    expect([first?.getSnapshot().room.state, second.getSnapshot().room.state]).toEqual(['in', 'replaced'])
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

  it('that is back before its teacher waits for the room to be set up again, for as long as that may take', async () => {
    const { lab, participants, time } = await classOf(1, ['Ada'])
    lab.world.tracker.setReachable('teacher', false)
    lab.world.tracker.restart()
    await time.run(5_000)
    expect(participants[0]?.getSnapshot().room.state).toBe('lost')
    lab.world.tracker.setReachable('teacher', true)
    await time.run(10_000)
    expect(participants[0]?.getSnapshot().room).toEqual({ state: 'in', teacherPresent: true })
  })

  it('that has all of it keeps its time over a loss of its line', async () => {
    const slow = { uploadBytesPerSecond: 40_000, downloadBytesPerSecond: 2_000, latencyMs: 5 }
    const { lab, host, participants, time } = await classOf(0, ['Ada', 'Bob'], {
      ...smallSettings,
      specials: [{ ...slow, count: 1 }],
    })
    void host.run()
    const completed = () => participants[0]?.getSnapshot().run?.completedAfterMs
    await time.run(60_000, () => completed() !== undefined)
    const before = completed()
    lab.world.tracker.setReachable('Ada', false)
    await time.run(1_000)
    lab.world.tracker.setReachable('Ada', true)
    await time.run(3_000)
    expect(before).toBeGreaterThan(0)
    expect(completed()).toBe(before)
    expect(await lab.untilOver()).toBe(true)
    expect(lab.results.all[0]?.measured.peers[0]?.completedAtSeconds).toBeCloseTo((before ?? 0) / 1000)
  })

  it('whose room nobody sets up again is told so after three minutes, and asks no more', async () => {
    const { lab, participants, time } = await classOf(1, ['Ada'])
    lab.world.tracker.setReachable('teacher', false)
    lab.world.tracker.restart()
    await time.run(170_000)
    expect(participants[0]?.getSnapshot().room.state).toBe('lost')
    await time.run(20_000)
    expect(participants[0]?.getSnapshot().room).toMatchObject({ state: 'refused' })
  })

  it('that is refused for its network’s sake says so, asks again ever less often on the same line, and gets in by itself', async () => {
    const { lab, code, time } = await classOf(1)
    const { rooms, lines } = lab.world.tracker
    const { answer } = rooms
    const asked: number[] = []
    rooms.answer = (line, event, request) => {
      if (event !== 'lab-join') return answer.call(rooms, line, event, request)
      asked.push(time.now())
      return { refused: 'rate-limited' }
    }
    const ada = lab.participant('Ada', code)
    await time.run(60_000)
    const count = lines.size
    expect(ada.getSnapshot().room).toEqual({ state: 'busy' })
    // Waits of 2, 4, 8, 16 and 20 s, give or take half.
    expect(asked.length).toBeGreaterThanOrEqual(4)
    expect(asked.length).toBeLessThanOrEqual(8)
    rooms.answer = answer
    expect(await time.run(40_000, () => ada.getSnapshot().room.state === 'in')).toBe(true)
    expect(lines.size).toBe(count)
  })

  it('that leaves while it waits to ask again asks no more, and leaves no alarm behind', async () => {
    const { lab, code, time } = await classOf(1)
    const { rooms } = lab.world.tracker
    let asked = 0
    rooms.answer = () => {
      asked++
      return { refused: 'rate-limited' }
    }
    const ada = lab.participant('Ada', code)
    await time.run(500)
    lab.host.close()
    ada.close()
    await time.run(1_000)
    const before = [asked, time.rung]
    await time.run(60_000)
    expect([asked, time.rung]).toEqual(before)
  })

  it('hears that there is no such room, in words', async () => {
    const { lab, time } = await classOf(1)
    const lost = lab.participant('Ada', 'ZZZZZZ')
    await time.run(2_000)
    expect(lost.getSnapshot().room).toMatchObject({ state: 'refused', reason: expect.stringContaining('no room') })
  })
})

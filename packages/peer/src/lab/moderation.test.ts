// What a teacher does about who is in the room, and by which mark each is known, in virtual time.
import { describe, expect, it } from 'vitest'
import { classOf, isRunning, participantOf, smallSettings } from '../testing/virtual-lab'
import { lightOf } from './lobby'
import { replayOfResult } from './recorded-replay'
import { frameOf } from './replay'

const slow = { ...smallSettings, serverUploadBytesPerSecond: 15_000 }

describe('a mark', () => {
  it('is the same on the wall and on the student’s page, in the lobby, in the run and after reloads', async () => {
    const { lab, code, host, participants, time } = await classOf(2, ['Ada', 'Bob'], slow)
    const marks = Object.fromEntries(lab.shown.lobby.map(({ name, mark }) => [name, mark]))
    expect(new Set(Object.values(marks))).toEqual(new Set([1, 2, 3, 4]))
    expect(participants.map((one) => one.getSnapshot().seat)).toEqual([
      { name: 'Ada', mark: marks.Ada },
      { name: 'Bob', mark: marks.Bob },
    ])
    participants[0]?.close()
    await time.run(1_000)
    void host.run()
    await time.run(60_000, () => isRunning(lab))
    // Ada is away: the run's places have moved, and no mark has.
    const inRun = lab.shown.run?.frame.peers.map(({ name, mark }) => [name, mark])
    expect(Object.fromEntries(inRun ?? [])).toEqual({
      Server: 0,
      'Peer 1': marks['Peer 1'],
      'Peer 2': marks['Peer 2'],
      Bob: marks.Bob,
    })
    expect(await lab.untilOver()).toBe(true)
    const [result] = lab.results.all
    const replay = result && replayOfResult(result)
    expect(replay && frameOf(replay, 0).peers.map(({ name, mark }) => [name, mark])).toEqual(inRun)
    const again = lab.participant('Ada', code)
    await lab.reloadTeacher()
    await time.run(2_000)
    expect(again.getSnapshot().seat).toEqual({ name: 'Ada', mark: marks.Ada })
    expect(Object.fromEntries(lab.shown.lobby.map(({ name, mark }) => [name, mark]))).toEqual(marks)
  })
})

describe('a student', () => {
  it('[ROOM-8] who is renamed has that name on both pages, and keeps it over a reload', async () => {
    const { lab, code, host, participants, time } = await classOf(1, ['rude'])
    host.rename(1, '  Robert\tB. ')
    await time.run(500)
    expect(lab.shown.participants).toMatchObject([{ name: 'Robert B.' }])
    expect(participants[0]?.getSnapshot().seat).toMatchObject({ name: 'Robert B.' })
    participants[0]?.close()
    lab.participant('rude', code)
    await time.run(2_000)
    expect(lab.shown.participants).toMatchObject([{ name: 'Robert B.', present: true }])
    host.rename(1, ' \n ')
    await time.run(500)
    expect(lab.shown.participants).toMatchObject([{ name: 'Robert B.' }])
  })

  it('[ROOM-8] who is removed in a run leaves it at once, is not waited for, and does not come back by a reload or a new tab', async () => {
    const { lab, code, host, participants, time } = await classOf(2, ['Ada', 'Bob'], slow)
    void host.run()
    await time.run(60_000, () => isRunning(lab))
    host.remove(1)
    await time.run(1_000)
    const [ada] = participants
    expect(ada?.getSnapshot()).toMatchObject({ room: { state: 'removed' }, run: undefined })
    expect(participantOf(lab, 'Ada')?.stage).toBe('missing')
    expect([lab.shown.participants.length, lab.shown.removed]).toMatchObject([1, [{ name: 'Ada' }]])
    ada?.close()
    const reloaded = lab.participant('Ada', code)
    const newTab = lab.participant('Ada', code, undefined, { isNewTab: true })
    await time.run(2_000)
    expect([reloaded, newTab].map((tab) => tab.getSnapshot().room.state)).toEqual(['removed', 'removed'])
    lab.world.tracker.restart()
    await time.run(10_000)
    expect([reloaded, newTab].map((tab) => tab.getSnapshot().room.state)).toEqual(['removed', 'removed'])
    expect(await lab.untilOver()).toBe(true)
    expect(lab.shown.phase).toBe('done')
    expect(lab.results.all[0]?.names).toEqual(['Bob', 'Peer 1', 'Peer 2'])

    host.letBackIn(1)
    await time.run(500)
    reloaded.askAgain()
    await time.run(1_000)
    expect(reloaded.getSnapshot().room).toEqual({ state: 'in', teacherPresent: true })
    expect([lab.shown.participants.length, lab.shown.removed]).toEqual([2, []])
  })

  it('[ROOM-8] who comes to a locked room is told so, and those who were in it come back, also at a tracker that was restarted', async () => {
    const { lab, code, host, participants, time } = await classOf(1, ['Ada'])
    host.setLocked(true)
    await time.run(500)
    expect(lab.shown.isLocked).toBe(true)
    participants[0]?.close()
    lab.world.tracker.restart()
    await time.run(10_000)
    const [late, again] = [lab.participant('Late', code), lab.participant('Ada', code)]
    await time.run(5_000)
    expect(late.getSnapshot().room).toMatchObject({ state: 'refused', reason: expect.stringContaining('locked') })
    expect(again.getSnapshot().room.state).toBe('in')
    await lab.reloadTeacher()
    expect(lab.shown.isLocked).toBe(true)
    lab.host.setLocked(false)
    await time.run(500)
    lab.participant('Late', code)
    await time.run(2_000)
    expect(lab.shown.participants).toMatchObject([{ name: 'Ada' }, { name: 'Late' }])
  })

  it('who hides the page, connects or is away is seen by the light, and one who comes back into sight too', async () => {
    const { lab, code, host, participants, time } = await classOf(1, ['Ada', 'Bob'], slow)
    const lights = () => {
      const stages = new Map(lab.shown.run?.participants.map(({ id, stage }) => [id, stage]))
      return lab.shown.lobby.map((participant) => `${participant.name} ${lightOf(participant, stages)}`)
    }
    participants[0]?.setInSight(false)
    await time.run(500)
    expect(lights()).toEqual(['Ada hidden', 'Bob ready', 'Peer 1 ready'])
    lab.world.tracker.setReachable('Ada', false)
    await time.run(500)
    expect(lights()[0]).toBe('Ada away')
    lab.world.tracker.setReachable('Ada', true)
    await time.run(3_000)
    expect(lights()[0]).toBe('Ada hidden')
    participants[0]?.setInSight(true)
    await time.run(500)
    participants[1]?.close()
    lab.participant('Bob', code)
    await time.run(2_000)
    expect(lights()).toEqual(['Ada ready', 'Bob ready', 'Peer 1 ready'])
    lab.world.links.blocked.add('Bob')
    void host.run()
    expect(await time.run(20_000, () => lights().includes('Bob connecting'))).toBe(true)
    expect(await lab.untilOver()).toBe(true)
  })
})

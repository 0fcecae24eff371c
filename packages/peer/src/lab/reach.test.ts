// A teacher finds out who reaches whom, in virtual time: real lines and signals, links that a network lets through.
import { describe, expect, it } from 'vitest'
import { classOf, isRunning, type VirtualLab } from '../testing/virtual-lab'
import { lightOf } from './lobby'
import type { ReachView } from './reach-board'

/** "Ada–Bob direct": each pair once. */
const pairs = (view: ReachView | undefined) =>
  view?.ways.flatMap((row, a) =>
    row.slice(0, a).map((way, b) => `${view.participants[b]?.name}–${view.participants[a]?.name} ${way ?? 'none'}`),
  ) ?? []

const honest = new WeakMap<VirtualLab, VirtualLab['world']['tracker']['answer']>()

/** What participants report passes through these hands. */
function onReports(lab: VirtualLab, take: (owner: string, pass: () => void) => unknown): void {
  const { tracker } = lab.world
  const answer = honest.get(lab) ?? tracker.answer.bind(tracker)
  honest.set(lab, answer)
  tracker.answer = async (line, event, request) => {
    if (event !== 'lab-send' || !String(request.body).includes('"reached"')) return answer(line, event, request)
    take(line.owner, () => void answer(line, event, request))
    return {}
  }
}

const lightsOf = (lab: VirtualLab) => lab.shown.lobby.map((one) => `${one.name} ${lightOf(one, new Map())}`)
const statesOf = (view: ReachView | undefined) => view?.participants.map(({ name, state }) => `${name} ${state}`)

describe('a teacher who checks the connections of a class', () => {
  it('sees within seconds that everybody reaches everybody, and nothing is left open', async () => {
    const { lab, host, time, participants } = await classOf(2, ['Ada', 'Bob', 'Cem'])
    const lines = lab.world.tracker.lines.size
    host.checkConnections()
    const beganAt = time.now()
    await time.run(1)
    expect(lab.shown.reach?.phase).toBe('running')
    expect(await time.run(10_000, () => lab.shown.reach?.phase === 'done')).toBe(true)
    expect(time.now() - beganAt).toBeLessThan(3_000)
    expect(pairs(lab.shown.reach)).toEqual([
      'Teacher–Ada direct',
      'Teacher–Bob direct',
      'Ada–Bob direct',
      'Teacher–Cem direct',
      'Ada–Cem direct',
      'Bob–Cem direct',
    ])
    await time.run(1_000)
    expect([lab.world.tracker.lines.size, lab.world.links.all.size]).toEqual([lines, 0])
    expect(participants.map((participant) => participant.getSnapshot().isChecking)).toEqual([false, false, false])
  })

  it('sees within 10 s whom nobody reaches, and students see that it is going on', async () => {
    const { lab, code, host, time, participants } = await classOf(0, ['Ada', 'Bob', 'Cem'])
    lab.world.links.blocked.add('Bob')
    host.checkConnections()
    await time.run(5_000)
    expect(lab.shown.reach?.phase).toBe('running')
    expect(participants[0]?.getSnapshot().isChecking).toBe(true)
    await time.run(5_000)
    expect(lab.shown.reach?.phase).toBe('done')
    expect(pairs(lab.shown.reach)).toEqual([
      'Teacher–Ada direct',
      'Teacher–Bob none',
      'Ada–Bob none',
      'Teacher–Cem direct',
      'Ada–Cem direct',
      'Bob–Cem none',
    ])
    expect(statesOf(lab.shown.reach)).toEqual(['Teacher answers', 'Ada answers', 'Bob answers', 'Cem answers'])
    await time.run(20_000)
    expect(lab.world.links.all.size).toBe(0)
    // Before a run, it is seen by the light, until Bob is back, perhaps on another network.
    expect(lightsOf(lab)).toEqual(['Ada ready', 'Bob cut-off', 'Cem ready'])
    participants[1]?.close()
    lab.participant('Bob', code)
    await time.run(2_000)
    expect(lightsOf(lab)).toEqual(['Ada ready', 'Bob ready', 'Cem ready'])
  })

  it('sees who is reached through the server alone, where it carries frames', async () => {
    const { lab, host, time } = await classOf(0, ['Ada', 'Bob', 'Cem'])
    lab.world.tracker.server.isOn = true
    lab.world.links.blocked.add('Bob')
    host.checkConnections()
    await time.run(10_000)
    expect(lab.shown.reach?.phase).toBe('done')
    expect(pairs(lab.shown.reach)).toEqual([
      'Teacher–Ada direct',
      'Teacher–Bob server',
      'Ada–Bob server',
      'Teacher–Cem direct',
      'Ada–Cem direct',
      'Bob–Cem server',
    ])
    await time.run(1_000)
    expect(lab.world.tracker.server.size).toBe(0)
    expect(lightsOf(lab)).toEqual(['Ada ready', 'Bob slow', 'Cem ready'])
  })

  it('sees who left, and whose page says nothing', async () => {
    const { lab, host, time, participants } = await classOf(0, ['Ada', 'Bob', 'Cem'])
    // Bob's page is of a version that knows nothing of this.
    onReports(lab, (owner, pass) => owner !== 'Bob' && pass())
    host.checkConnections()
    await time.run(100)
    participants[0]?.close()
    await time.run(10_000)
    expect(statesOf(lab.shown.reach)).toEqual(['Teacher answers', 'Ada left', 'Bob silent', 'Cem answers'])
    expect(pairs(lab.shown.reach)).toContain('Teacher–Cem direct')
  })

  // Eight hundred connections take a while on a busy machine.
  it('asks 40 of a larger class, chosen at random, and says how many were left out', { timeout: 90_000 }, async () => {
    // One letter each: devices of this world draw by the sum of their name's letters, and no two shall draw alike.
    const names = Array.from({ length: 45 }, (_, i) => String.fromCharCode(0x100 + i))
    const { lab, host, time } = await classOf(0, names)
    host.checkConnections()
    expect(await time.run(5_000, () => lab.shown.reach?.phase === 'done')).toBe(true)
    const view = lab.shown.reach
    expect(view?.participants).toHaveLength(41)
    expect(view?.leftOut).toBe(5)
    expect(pairs(view).filter((pair) => !pair.endsWith(' direct'))).toEqual([])
  })

  it('begins again when asked again, and a late word of the first counts for nothing', async () => {
    const { lab, host, time } = await classOf(0, ['Ada', 'Bob'])
    lab.world.links.blocked.add('Ada')
    const late: (() => void)[] = []
    onReports(lab, (owner, pass) => (owner === 'Bob' ? late.push(pass) : pass()))
    host.checkConnections()
    await time.run(4_000)
    lab.world.links.blocked.clear()
    onReports(lab, (owner, pass) => owner !== 'Bob' && pass())
    host.checkConnections()
    for (const pass of late) pass()
    await time.run(10_000)
    expect(late.length).toBeGreaterThan(0)
    expect(statesOf(lab.shown.reach)).toEqual(['Teacher answers', 'Ada answers', 'Bob silent'])
    expect(pairs(lab.shown.reach)).toEqual(['Teacher–Ada direct', 'Teacher–Bob none', 'Ada–Bob none'])
  })

  it('begins a run in the midst of it: the check ends, and the run is as any', async () => {
    const { lab, host, time, participants } = await classOf(1, ['Ada'])
    lab.world.links.blocked.add('nobody')
    host.checkConnections()
    await time.run(50)
    expect(lab.shown.reach?.phase).toBe('running')
    void host.run()
    await time.run(60_000, () => isRunning(lab))
    expect(lab.shown.reach).toBeUndefined()
    expect(participants[0]?.getSnapshot().isChecking).toBe(false)
    host.checkConnections()
    expect(lab.shown.reach).toBeUndefined()
    expect(await lab.untilOver()).toBe(true)
    expect(lab.shown.phase).toBe('done')
  })

  it('is closed in the midst of it: students’ pages end their part by themselves', async () => {
    const { lab, host, time, participants } = await classOf(0, ['Ada', 'Bob'])
    lab.world.links.blocked.add('Ada')
    host.checkConnections()
    await time.run(1_000)
    lab.world.tracker.setReachable('teacher', false)
    host.close()
    await time.run(12_000)
    expect(participants.map((participant) => participant.getSnapshot().isChecking)).toEqual([false, false])
  })
})

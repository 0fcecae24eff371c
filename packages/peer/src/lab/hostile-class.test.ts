// A hostile or clumsy class in virtual time: what its pages say, how they go, and what its teacher presses.
import { describe, expect, it } from 'vitest'
import { RoomLine } from '../line/room-line'
import { TrackerLine } from '../line/tracker-line'
import { classOf, isRunning, participantOf, smallSettings, type VirtualLab } from '../testing/virtual-lab'
import { Board } from './board'
import { rememberedHost } from './host-memory'
import { FromHost, read, statusMessage } from './messages'
import { Recorder } from './recorder'
import { readRecording, recordingAsText } from './recording'

/** A guest in the room by a line of its own, who says what the test wants. */
async function guestIn(lab: VirtualLab, code: string, name: string) {
  const { ports } = lab.world.device(name)
  const line = new RoomLine(new TrackerLine(ports.newLine(), ports.time), ports.time)
  const heard: FromHost[] = []
  const delivered = (body: string) => {
    const message = read(FromHost, body)
    if (message) heard.push(message)
  }
  line.start({ up: () => {}, lost: () => {}, delivered: (one) => one.type === 'message' && delivered(one.body) })
  await lab.time.run(100)
  void line.join(code, name, undefined)
  await lab.time.run(100)
  const run = () => heard.findLast((message) => message.type === 'open')?.run ?? ''
  return { line, heard, run }
}

const everything = {
  ids: [],
  held: Uint8Array.of(0xff, 0xc0),
  uploadedBytes: 0,
  downloadedBytes: 0,
  limitedMs: 0,
  neighbours: [],
}

describe('a student', () => {
  it('who greets without end is answered once a second, and the run goes on', async () => {
    const { lab, code, host, time } = await classOf(2)
    const eve = await guestIn(lab, code, 'Eve')
    void host.run()
    await time.run(10_000, () => eve.run() !== '')
    eve.heard.length = 0
    for (let i = 0; i < 200; i++) {
      eve.line.send({ type: 'hello' })
      await time.run(50)
    }
    const answers = eve.heard.filter(({ type }) => type === 'open' || type === 'seat')
    expect(answers.length).toBeLessThanOrEqual(2 * 11)
    expect(answers.length).toBeGreaterThan(0)
    expect(await lab.untilOver()).toBe(true)
    expect(lab.shown.phase).toBe('done')
  })

  it('who reloads twice in a second and is gone stays gone', async () => {
    const slow = { ...smallSettings, serverUploadBytesPerSecond: 15_000 }
    const { lab, code, host, participants, time } = await classOf(2, ['Ada'], slow)
    void host.run()
    expect(await time.run(60_000, () => isRunning(lab))).toBe(true)
    participants[0]?.close()
    for (const aliveMs of [400, 300]) {
      const reloaded = lab.participant('Ada', code)
      await time.run(aliveMs)
      reloaded.close()
    }
    await time.run(100)
    const stage = participantOf(lab, 'Ada')?.stage
    await time.run(1_500)
    expect([stage, participantOf(lab, 'Ada')?.stage]).toEqual(['lost', 'lost'])
  })

  it('who greets twice in a second and is hidden by then is shown as hidden', async () => {
    const { lab, code, time } = await classOf(1)
    const eve = await guestIn(lab, code, 'Eve')
    eve.line.send({ type: 'hello' })
    await time.run(400)
    eve.line.send({ type: 'hello' })
    eve.line.send({ type: 'in-sight', inSight: false })
    await time.run(2_000)
    expect(lab.shown.lobby.find(({ name }) => name === 'Eve')?.inSight).toBe(false)
  })

  it.each([
    ['is in the run by then is not asked in once more', (run: string) => statusMessage(run, everything, undefined)],
    [
      'cannot be in the run is not asked again',
      (run: string) => ({ type: 'unable' as const, run, reason: 'No room.' }),
    ],
  ])('who greets twice in a second and %s', async (_how, message) => {
    const { lab, code, host, time } = await classOf(2)
    const eve = await guestIn(lab, code, 'Eve')
    void host.run()
    await time.run(10_000, () => eve.run() !== '')
    // She had the file before; her page was reloaded since.
    eve.line.send(statusMessage(eve.run(), { ...everything, ids: ['eve'] }, undefined))
    await time.run(20_000, () => isRunning(lab))
    eve.line.send(statusMessage(eve.run(), { ...everything, ids: ['eve'] }, 1))
    await time.run(1_100)
    eve.line.send({ type: 'hello' })
    await time.run(400)
    eve.line.send({ type: 'hello' })
    await time.run(200)
    const run = eve.run()
    eve.heard.length = 0
    eve.line.send(message(run))
    await time.run(2_000)
    expect(eve.heard.filter(({ type }) => type === 'open')).toEqual([])
  })

  it('who shows and hides the page without end moves the teacher’s page four times a second, and the last word holds', async () => {
    const { lab, code, host, time } = await classOf(1)
    const eve = await guestIn(lab, code, 'Eve')
    let changes = 0
    host.subscribe(() => changes++)
    for (let i = 0; i < 1_000; i++) eve.line.send({ type: 'in-sight', inSight: i % 2 === 1 })
    eve.line.send({ type: 'in-sight', inSight: false })
    await time.run(1_000)
    expect(changes).toBeLessThanOrEqual(6)
    expect(lab.shown.lobby.find(({ name }) => name === 'Eve')?.inSight).toBe(false)
  })

  it.each([
    ['without the chunks', { ...everything, held: Uint8Array.of(0, 0) }, 1],
    ['in the far future', everything, Number.MAX_SAFE_INTEGER],
  ])('who says to be done %s changes no result', async (_how, status, afterMs) => {
    const { lab, code, host, time } = await classOf(2)
    const eve = await guestIn(lab, code, 'Eve')
    void host.run()
    await time.run(10_000, () => eve.run() !== '')
    const neighbour = { uploadRate: 0, uploadedBytes: 0, amChoking: true, optimistic: false, complete: true }
    const neighbours = ['server', 'one', 'two'].map((id) => ({ ...neighbour, id }) as never)
    eve.line.send(
      statusMessage(eve.run(), { ...everything, ids: ['eve'], held: new Uint8Array(2), neighbours }, undefined),
    )
    await time.run(20_000, () => isRunning(lab))
    await time.run(2_000)
    eve.line.send(statusMessage(eve.run(), status, afterMs))
    await time.run(500)
    const shown = lab.shown.run
    const said = shown?.participants.find(({ name }) => name === 'Eve')?.completedAfterMs
    if (status.held[0] === 0) expect(said).toBeUndefined()
    else expect(said).toBeLessThanOrEqual(1_000 * (shown?.seconds ?? 0))
  })

  it('whose numbers are no numbers is not heard', () => {
    const words = (uploadedBytes: unknown) =>
      JSON.stringify({ ...statusMessage('a run', everything, undefined), uploadedBytes })
    expect(read(FromHost, words(1))).toBeUndefined()
    for (const amount of [-1, 1e300, null, '5']) expect(read(FromHost, words(amount))).toBeUndefined()
  })

  it('who turns the direction of what comes after the name is called without that', async () => {
    const { lab, code, time } = await classOf(0)
    await guestIn(lab, code, '\u202Eeve\u2066')
    await guestIn(lab, code, '\u202E')
    // Letters of any direction, and pictures, are names.
    await guestIn(lab, code, 'نور 👩🏽‍🚀')
    await time.run(500)
    expect(lab.shown.participants.map(({ name }) => name)).toEqual(['eve', '?', 'نور 👩🏽‍🚀'])
  })

  it('who closes the tab in the countdown is waited for as any, and noted', async () => {
    const { lab, host, participants, time } = await classOf(2, ['Ada', 'Bob'])
    void host.run({ countdown: true })
    expect(await time.run(60_000, () => (lab.shown.run?.startsInSeconds ?? 0) > 0)).toBe(true)
    participants[0]?.close()
    expect(await lab.untilOver()).toBe(true)
    expect(lab.shown.phase).toBe('done')
    expect(lab.results.all[0]?.notes).toEqual(['Lost for 20 s and no longer waited for: Ada.'])
  })

  it('who reloads in the countdown begins with all others', async () => {
    const { lab, code, host, participants, time } = await classOf(2, ['Ada', 'Bob'])
    void host.run({ countdown: true })
    expect(await time.run(60_000, () => (lab.shown.run?.startsInSeconds ?? 0) > 0)).toBe(true)
    participants[0]?.close()
    lab.participant('Ada', code)
    expect(await lab.untilOver()).toBe(true)
    expect([lab.shown.phase, lab.results.all[0]?.notes]).toEqual(['done', []])
    expect(lab.results.all[0]?.measured.peers).toHaveLength(4)
  })
})

describe('a teacher', () => {
  it('who locks the room in a run keeps its class, reloads included, and lets nobody new in', async () => {
    const { lab, code, host, participants, time } = await classOf(2, ['Ada'])
    void host.run()
    await time.run(60_000, () => isRunning(lab))
    host.setLocked(true)
    await time.run(200)
    participants[0]?.close()
    const ada = lab.participant('Ada', code)
    const eve = lab.participant('Eve', code)
    expect(await lab.untilOver()).toBe(true)
    expect([lab.shown.phase, lab.results.all[0]?.notes]).toEqual(['done', []])
    expect(lab.results.all[0]?.names).toEqual(['Ada', 'Peer 1', 'Peer 2'])
    expect([ada, eve].map((one) => one.getSnapshot().room.state)).toEqual(['in', 'refused'])
  })

  it('who reloads in the countdown and starts again has a run as any', async () => {
    const { lab, host, time } = await classOf(2, ['Ada', 'Ada'])
    void host.run({ countdown: true })
    expect(await time.run(60_000, () => (lab.shown.run?.startsInSeconds ?? 0) > 0)).toBe(true)
    await lab.reloadTeacher()
    await time.run(2_000)
    void lab.host.run()
    expect(await lab.untilOver()).toBe(true)
    expect([lab.shown.phase, lab.results.all.map(({ names }) => names?.length)]).toEqual(['done', [4]])
  })

  it('who presses Start twice, or twice at once with a sweep, makes the first alone', async () => {
    const { lab, host } = await classOf(2)
    void host.run()
    void host.run()
    void host.sweep()
    expect(await lab.untilOver()).toBe(true)
    expect(lab.results.all).toHaveLength(1)
  })

  it.each([
    [0, 1],
    [100, 30],
    [2.4, 2],
    [Number.NaN, 1],
    [-3, 1],
  ])('who wants %d repeats gets %d', async (wanted, repeats) => {
    const { lab, host } = await classOf(1)
    host.repeat(wanted)
    expect(lab.shown.repeats).toBe(repeats)
    host.addPeers(Number.NaN)
    expect(lab.shown.pagePeers).toBe(1)
  })

  it('has the room again though the settings that were kept are of another version', async () => {
    const { lab, code } = await classOf(1)
    const memory = lab.teacher.memory('host')
    const kept = JSON.parse(memory.read() ?? '{}')
    memory.write(JSON.stringify({ ...kept, settings: { ...kept.settings, mode: 'by satellite' } }))
    expect(rememberedHost(memory)?.settings.name).toBe('First try')
    await lab.reloadTeacher()
    expect(lab.shown.room).toEqual({ state: 'open', code })
    memory.write('{')
    expect(rememberedHost(memory)).toBeUndefined()
  })
})

it('a recording in which everybody sends to everybody all the time is kept small enough to be read', () => {
  const count = 101
  const ids = Array.from({ length: count }, (_, i) => `peer ${i}`)
  const participants = ids.map(
    (id, i) => ({ id, name: id, mark: i, behaviour: i === 0 ? 'server' : 'normal' }) as const,
  )
  const board = new Board(participants, 64)
  const recorder = new Recorder(board, ids, 250)
  for (let at = 0; at < 15; at += 0.25) {
    for (const id of ids) {
      const neighbours = ids.map((to) => ({
        id: to,
        uploadRate: 0,
        uploadedBytes: 10_000 * at,
        amChoking: true,
        optimistic: false,
        complete: false,
      }))
      board.take(id, { ids: [id], held: new Uint8Array(8), uploadedBytes: 0, downloadedBytes: 0, neighbours }, at)
    }
    recorder.sample(at)
  }
  const text = recordingAsText(
    recorder.end(
      15,
      ids.map((_, i) => i),
    ),
  )
  expect(text.length).toBeLessThan(3_000_000)
  expect(readRecording(text)?.names).toHaveLength(count)
})

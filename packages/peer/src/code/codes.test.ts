// A sender's page and its visitors, with a tracker that does as it should.
import { describe, expect, it } from 'vitest'
import { LINK, VirtualCodes } from '../testing/virtual-codes'
import { VirtualTracker } from '../testing/virtual-tracker'

const usedUp = { problem: 'used-up' }
const wrongCode = { problem: 'wrong-code' }
const nobody = { problem: 'nobody' }

const opened = (seed?: number) => new VirtualCodes(seed).open()

describe('a code', () => {
  it('[CODE-10] gives the link to who has it, and again to the next', async () => {
    const codes = await opened()
    expect(codes.offer.getSnapshot()).toMatchObject({ state: 'open', code: expect.stringMatching(/^1-[a-z]+-[a-z]+$/) })
    const { code } = codes
    for (let i = 0; i < 3; i++) expect(await codes.visit(code)).toEqual({ link: LINK })
    expect(codes.offer.getSnapshot()).toMatchObject({ state: 'open', wrongTries: 0 })
  })

  it('[CODE-10] serves thirty at once', async () => {
    const codes = await opened()
    const visits = Array.from({ length: 30 }, () => codes.begin())
    await codes.world.time.run(10_000)
    expect(await Promise.all(visits)).toEqual(visits.map(() => ({ link: LINK })))
  })

  it('[CODE-10] that is wrong is told so; five wrong tries use it up, and another is drawn', async () => {
    const codes = await opened()
    const { code, wrongCode: wrong } = codes
    expect(await codes.guessWrong(4)).toEqual([wrongCode, wrongCode, wrongCode, wrongCode])
    expect(codes.offer.getSnapshot()).toMatchObject({ wrongTries: 4 })
    expect(codes.code).toEqual(code)
    expect(await codes.visit(wrong)).toEqual(usedUp)
    const snapshot = codes.offer.getSnapshot()
    expect(snapshot).toMatchObject({ state: 'open', changed: 'used-up', wrongTries: 0 })
    expect(codes.code.nameplate).not.toBe(code.nameplate)
    expect(codes.code.words).not.toBe(code.words)
    // Who comes late with the old one hears what to do, and has no guess at the new one.
    expect(await codes.visit(code)).toEqual(usedUp)
    expect(codes.offer.getSnapshot()).toEqual(snapshot)
    expect(await codes.visit()).toEqual({ link: LINK })
  })

  it('[CODE-10] has no guess left for those who come with the fifth', async () => {
    const codes = await opened()
    const { code, wrongCode: wrong } = codes
    const visits = [...Array.from({ length: 8 }, () => codes.begin(wrong)), codes.begin(code)]
    await codes.world.time.run(10_000)
    const outcomes = await Promise.all(visits)
    expect(outcomes.filter((outcome) => 'problem' in outcome && outcome.problem === 'wrong-code')).toHaveLength(4)
    expect(outcomes.at(-1)).toEqual(usedUp)
  })

  it('[CODE-10] is not used up by who leaves without a guess', async () => {
    const codes = await opened()
    for (let i = 0; i < 20; i++) {
      const device = codes.world.device(`curious ${i}`)
      const line = device.ports.newLine()
      line.open({ up: () => {}, lost: () => {}, heard: () => {} })
      await codes.world.time.run(1_000)
      line.tell('code-knock', { nameplate: codes.code.nameplate, body: JSON.stringify({ nonce: 'A'.repeat(22) }) })
      await codes.world.time.run(1_000)
      line.close()
    }
    expect(codes.offer.getSnapshot()).toMatchObject({ wrongTries: 0 })
    expect(await codes.visit()).toEqual({ link: LINK })
  })

  it('[CODE-10] is drawn no more after twenty wrong tries, until the sender says so', async () => {
    const codes = await opened()
    await codes.guessWrong(19)
    expect(codes.offer.getSnapshot()).toMatchObject({ state: 'open' })
    const last = codes.code
    await codes.guessWrong(1)
    expect(codes.offer.getSnapshot()).toMatchObject({ state: 'stopped', code: undefined })
    expect(await codes.visit(last)).toEqual(usedUp)
    codes.world.tracker.restart(1_000)
    await codes.world.time.run(10_000)
    expect(codes.offer.getSnapshot()).toMatchObject({ state: 'stopped' })
    expect(await codes.visit(last)).toEqual(usedUp)
    codes.offer.drawAnother()
    await codes.world.time.run(1_000)
    expect(await codes.visit()).toEqual({ link: LINK })
  })

  it('[CODE-11] is the same when the line comes back, with a tracker that knows it or one that was started again', async () => {
    const codes = await opened()
    const { code } = codes
    await codes.guessWrong(2)
    codes.world.tracker.setReachable('sender', false)
    await codes.world.time.run(1_000)
    expect(codes.offer.getSnapshot()).toMatchObject({ state: 'lost' })
    expect(await codes.visit(code)).toEqual(nobody)
    codes.world.tracker.setReachable('sender', true)
    await codes.world.time.run(5_000)
    expect(await codes.visit(code)).toEqual({ link: LINK })
    codes.world.tracker.restart(2_000)
    await codes.world.time.run(10_000)
    expect(codes.offer.getSnapshot()).toMatchObject({ state: 'open', wrongTries: 2 })
    expect(await codes.visit(code)).toEqual({ link: LINK })
  })

  it('[CODE-11] is another where somebody else has its number meanwhile', async () => {
    const codes = await opened()
    const { code } = codes
    codes.world.tracker.setReachable('sender', false)
    await codes.world.time.run(1_000)
    const thief = codes.world.device('thief').ports.newLine()
    thief.open({ up: () => {}, lost: () => {}, heard: () => {} })
    await codes.world.time.run(1_000)
    thief.tell('code-open', { token: 'x'.repeat(22), nameplate: code.nameplate })
    codes.world.tracker.setReachable('sender', true)
    await codes.world.time.run(5_000)
    expect(codes.offer.getSnapshot()).toMatchObject({ state: 'open', changed: 'taken' })
    expect(codes.code.nameplate).not.toBe(code.nameplate)
    expect(await codes.visit()).toEqual({ link: LINK })
    expect(await codes.visit(code)).toEqual({ problem: 'silent' })
  })

  it('[CODE-11] rests while the page is put away, and is the same when it is brought back', async () => {
    const codes = await opened()
    const { code } = codes
    codes.offer.leave()
    expect(codes.world.tracker.mailboxes.size).toBe(0)
    expect(codes.offer.getSnapshot()).toMatchObject({ state: 'lost' })
    expect(await codes.visit(code)).toEqual(nobody)
    codes.offer.comeBack()
    await codes.world.time.run(1_000)
    expect(codes.offer.getSnapshot()).toMatchObject({ state: 'open' })
    expect(await codes.visit(code)).toEqual({ link: LINK })
  })

  it('[CODE-9] is gone with the sender’s page', async () => {
    const codes = await opened()
    const { code } = codes
    codes.offer.close()
    expect(codes.world.tracker.mailboxes.size).toBe(0)
    expect(await codes.visit(code)).toEqual(nobody)
  })

  it('[CODE-12] is nobody’s where the number is wrong', async () => {
    const codes = await opened()
    expect(await codes.visit({ ...codes.code, nameplate: 99 })).toEqual(nobody)
  })

  it('[CODE-12] cannot be asked for where the server is away, or says nothing', async () => {
    const codes = await opened()
    const { code } = codes
    codes.world.tracker.hangs = true
    expect(await codes.visit(code)).toEqual({ problem: 'no-server' })
    codes.world.tracker.hangs = false
    codes.world.tracker.isDown = true
    expect(await codes.visit(code)).toEqual({ problem: 'no-server' })
  })

  it('[CODE-12] is told of within 27 s, whatever happens', async () => {
    const codes = await opened()
    codes.world.tracker.mailboxes.carry = () => []
    const outcome = codes.begin()
    await codes.world.time.run(27_000)
    expect(await outcome).toEqual({ problem: 'silent' })
  })

  it('[CODE-12] is waited for no longer where the line is lost on the way, or the sender leaves', async () => {
    for (const [owner, problem] of [
      ['visitor 1', 'no-server'],
      ['sender', 'nobody'],
    ] as const) {
      const codes = await opened()
      codes.world.tracker.mailboxes.carry = () => []
      const outcome = codes.begin()
      await codes.world.time.run(1_000)
      codes.world.tracker.setReachable(owner, false)
      await codes.world.time.run(1_000)
      expect(await outcome).toEqual({ problem })
    }
  })

  it('[CODE-11] comes when the server does, asked for again and again', async () => {
    const codes = new VirtualCodes()
    codes.world.tracker.isDown = true
    await codes.open()
    expect(codes.offer.getSnapshot()).toMatchObject({ state: 'waiting', code: undefined })
    codes.world.tracker.isDown = false
    await codes.world.time.run(5_000)
    expect(codes.offer.getSnapshot()).toMatchObject({ state: 'open' })
  })

  it('[CODE-11] comes where the tracker refuses at first, as many ask', async () => {
    const codes = new VirtualCodes()
    const { tracker, time } = codes.world
    const { answer } = VirtualTracker.prototype
    let refusals = 0
    tracker.answer = async (line, event, request) => {
      if (event === 'code-open' && refusals < 3) return { refused: refusals++ === 0 ? 'codes-full' : 'rate-limited' }
      return answer.call(tracker, line, event, request)
    }
    await codes.open()
    await time.run(60_000)
    expect(codes.offer.getSnapshot()).toMatchObject({ state: 'open' })
    expect(refusals).toBe(3)
  })
})

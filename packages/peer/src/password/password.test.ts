// A password besides a link, with an honest tracker and with one that is not, in virtual time.

import { AskingPeer, OfferingPeer, PasswordWord } from '@swarmdrop/core/password'
import { deriveSwarmKeys, Sealer } from '@swarmdrop/core/signaling'
import { beforeAll, describe, expect, it } from 'vitest'
import { keepsOriginal, phaseOf, receiveAt, senderAt, sendFrom, type TestShare, testShare } from '../testing/test-share'
import { type VirtualDevice, VirtualWorld } from '../testing/virtual-device'
import { PasswordGate } from './password-gate'

let share: TestShare
beforeAll(async () => {
  share = await testShare({ chunks: 12 })
})

const right = Uint8Array.from({ length: 32 }, (_, at) => at)
const wrong = Uint8Array.from(right).reverse()
const gate = ({ ports }: VirtualDevice, key: Uint8Array = right) => new PasswordGate(ports, key)

function protectedShare(world = new VirtualWorld()) {
  const home = world.device('home')
  return { world, time: world.time, home, sender: sendFrom(home, share, undefined, gate(home)) }
}

const receiverAt = (device: VirtualDevice, key?: Uint8Array) => receiveAt(device, share, key && gate(device, key))
const passwordOf = (transfer: Awaited<ReturnType<typeof receiveAt>>) => transfer.inspect().password

describe('[PASS-1] who has the password', () => {
  it('gets the file from the sender and from each other, as without one', async () => {
    const { world, time, sender } = protectedShare()
    const devices = ['a', 'b', 'c'].map((name) => world.device(name))
    const receivers = await Promise.all(devices.map((device) => receiverAt(device, right)))
    expect(await time.run(10_000, () => receivers.every((one) => phaseOf(one) === 'ready'))).toBe(true)
    for (const { side } of receivers) side.download()
    expect(await time.run(60_000, () => receivers.every((one) => phaseOf(one) === 'complete'))).toBe(true)
    expect(devices.map((device) => keepsOriginal(device, share))).toEqual([true, true, true])
    expect(sender.inspect()).toMatchObject({ password: 'set' })
    for (const receiver of receivers) expect(receiver.inspect()).toMatchObject({ password: 'set' })
    expect(receivers.some((one) => one.inspect().neighbours.length > 1)).toBe(true)
  })

  it('comes back after the tracker has started again, under other ids', async () => {
    const { world, time } = protectedShare()
    const receiver = await receiverAt(world.device('a'), right)
    await time.run(10_000, () => phaseOf(receiver) === 'ready')
    world.tracker.restart(2_000)
    await time.run(5_000)
    const late = await receiverAt(world.device('b'), right)
    expect(await time.run(10_000, () => phaseOf(late) === 'ready')).toBe(true)
  })

  it('is ten at once, and none of them waits', async () => {
    const { world, time } = protectedShare()
    const receivers = await Promise.all(
      Array.from({ length: 10 }, (_, at) => receiverAt(world.device(`r${at}`), right)),
    )
    expect(await time.run(10_000, () => receivers.every((one) => phaseOf(one) === 'ready'))).toBe(true)
  })
})

describe('[PASS-2] who has not', () => {
  it('is told that one is needed, connects to nobody, and goes on with it', async () => {
    const { world, time, sender } = protectedShare()
    const device = world.device('a')
    const receiver = await receiverAt(device)
    expect(await time.run(5_000, () => passwordOf(receiver) === 'needed')).toBe(true)
    await time.run(20_000)
    expect(sender.inspect().neighbours).toEqual([])
    expect(world.links.acceptedBy('home')).toBe(0)
    expect(world.links.acceptedBy('a')).toBe(0)
    receiver.setGate(gate(device))
    expect(await time.run(10_000, () => phaseOf(receiver) === 'ready')).toBe(true)
    expect(passwordOf(receiver)).toBe('set')
  })

  it('is told that his is wrong, and so he is not that nobody is there', async () => {
    const { world, time, sender } = protectedShare()
    const device = world.device('a')
    const receiver = await receiverAt(device, wrong)
    expect(await time.run(5_000, () => passwordOf(receiver) === 'wrong')).toBe(true)
    expect(sender.inspect().neighbours).toEqual([])
    receiver.setGate(gate(device))
    expect(await time.run(10_000, () => phaseOf(receiver) === 'ready')).toBe(true)
    const alone = await receiverAt(new VirtualWorld(2).device('nobody'), wrong)
    expect(passwordOf(alone)).toBe('set')
  })

  it('meets those who let everybody in, and hears that they ask for none', async () => {
    const world = new VirtualWorld()
    sendFrom(world.device('home'), share)
    const device = world.device('a')
    const receiver = await receiverAt(device, right)
    expect(await world.time.run(5_000, () => passwordOf(receiver) === 'none')).toBe(true)
    expect(world.links.acceptedBy('home')).toBe(0)
    receiver.setGate(undefined)
    expect(await world.time.run(10_000, () => phaseOf(receiver) === 'ready')).toBe(true)
  })

  it('makes no sender believe that its link has a password, or that its own is wrong', async () => {
    for (const ownKey of [undefined, right]) {
      const world = new VirtualWorld()
      const home = world.device('home')
      const sender = sendFrom(home, share, undefined, ownKey && gate(home, ownKey))
      const device = world.device('a')
      const receiver = await receiverAt(device, wrong)
      const refused = ownKey ? 'wrong' : 'none'
      expect(await world.time.run(5_000, () => passwordOf(receiver) === refused)).toBe(true)
      await world.time.run(60_000)
      expect(sender.inspect().password).toBe(ownKey && 'set')
    }
  })

  it('is gone when the password is set, and those who have it come in', async () => {
    const world = new VirtualWorld()
    const home = world.device('home')
    const sender = sendFrom(home, share)
    const [a, b] = [world.device('a'), world.device('b')]
    const receivers = [await receiverAt(a), await receiverAt(b)] as const
    await world.time.run(10_000, () => receivers.every((one) => phaseOf(one) === 'ready'))
    sender.setGate(gate(home))
    receivers[1].setGate(gate(b))
    expect(await world.time.run(10_000, () => sender.inspect().neighbours.length === 1)).toBe(true)
    await world.time.run(30_000)
    expect(sender.inspect().neighbours).toHaveLength(1)
    expect(receivers[1].inspect().neighbours).toHaveLength(1)
    expect(receivers[0].inspect()).toMatchObject({ neighbours: [], password: 'needed' })
  })
})

describe('[PASS-2] a gate', () => {
  it.each([
    [['set', 'leave', 'comeBack']],
    [['leave', 'set', 'comeBack']],
    [['leave', 'comeBack', 'set']],
    [['set', 'set']],
    [['set', 'reconnect']],
  ])('holds whenever it is set: %j', async (steps) => {
    const world = new VirtualWorld()
    const home = world.device('home')
    const sender = sendFrom(home, share)
    const inside = await receiverAt(world.device('inside'))
    await world.time.run(10_000, () => phaseOf(inside) === 'ready')
    const actions: Record<string, () => void> = {
      set: () => sender.setGate(gate(home)),
      leave: () => sender.leave(),
      comeBack: () => sender.comeBack(),
      reconnect: () => sender.setRelayOnly(true),
    }
    for (const step of steps) actions[step]?.()
    const late = await receiverAt(world.device('late'))
    await world.time.run(60_000)
    expect(sender.inspect()).toMatchObject({ neighbours: [], password: 'set' })
    expect(late.inspect().neighbours.length).toBeLessThanOrEqual(1)
  })

  it('holds where it is set before the swarm is entered', async () => {
    const world = new VirtualWorld()
    const home = world.device('home')
    const sender = senderAt(home, share)
    sender.setGate(gate(home))
    sender.start()
    const receiver = await receiverAt(world.device('a'))
    await world.time.run(20_000)
    expect(passwordOf(receiver)).toBe('needed')
    expect(sender.inspect().neighbours).toEqual([])
  })
})

describe('[PASS-2] what was fetched with a password', () => {
  it('is known as such in the next visit, until the person takes the password off', async () => {
    for (const isTakenOff of [false, true]) {
      const { world, time } = protectedShare()
      const device = world.device('a')
      const receiver = await receiverAt(device, right)
      await time.run(10_000, () => phaseOf(receiver) === 'ready')
      receiver.side.download()
      await time.run(60_000, () => phaseOf(receiver) === 'complete')
      if (isTakenOff) receiver.setGate(undefined)
      await time.run(1_000)
      receiver.close()
      await time.run(1_000)
      const kept = await device.disk.library().reopen(share.content.id, () => {})
      expect(kept?.held.isComplete).toBe(true)
      expect(kept?.locked).toBe(isTakenOff ? undefined : true)
    }
  })
})

describe('[PASS-3] guesses', () => {
  /** One who has the link, and tries one key after another, each under another of the tracker's ids. */
  async function guesses(count: number, everyMs: number) {
    const { world, time, sender } = protectedShare()
    const device = world.device('thief')
    const said = { wrong: 0, busy: 0 }
    const thief = await receiverAt(device, wrong)
    for (let i = 0; i < count; i++) {
      const verdict = () => passwordOf(thief)
      await time.run(everyMs, () => verdict() === 'wrong' || verdict() === 'busy')
      if (verdict() === 'wrong' || verdict() === 'busy') said[verdict() as 'wrong' | 'busy'] += 1
      const key = right.map((byte) => byte ^ (i + 1))
      thief.setGate(gate(device, key))
    }
    thief.close()
    return { world, time, sender, said }
  }

  it('are forty, and then one in twenty seconds, no matter who makes them', async () => {
    const { said, time, world, sender } = await guesses(60, 1_000)
    expect(said.wrong).toBeGreaterThanOrEqual(40)
    expect(said.busy).toBeGreaterThan(0)
    expect(said.wrong).toBeLessThanOrEqual(40 + 1 + Math.ceil(time.now() / 20_000))
    expect(sender.inspect().neighbours).toEqual([])
    // The one who has it waits for a turn, and is let in then.
    const receiver = await receiverAt(world.device('a'), right)
    expect(await time.run(60_000, () => phaseOf(receiver) === 'ready')).toBe(true)
  })

  it('at what a visitor has typed are forty as well, though all who answer him are one', async () => {
    const world = new VirtualWorld()
    const { tracker, time } = world
    const { swarmId, key } = deriveSwarmKeys(share.content.id)
    const random = (length: number) => crypto.getRandomValues(new Uint8Array(length))
    let heard = 0
    // Sixty who have the link answer, and guess at the password.
    for (let i = 0; i < 60; i++) {
      const line = tracker.newLine('thief')
      let sealer: Sealer | undefined
      let own = ''
      let end: OfferingPeer | undefined
      const hear = ({ from, sealed }: { from: string; sealed: string }) => {
        const opened = sealer?.open(from, sealed)
        if (!sealer || !opened?.ok) return
        const word = PasswordWord.parse((opened.message as { password: unknown }).password)
        if (word.say === 'guess') {
          heard += 1
          expect(end?.guessed(word)).toBeUndefined()
        }
        if (word.say !== 'knock') return
        end = new OfferingPeer(wrong, { offering: own, asking: from }, word, random)
        const said = sealer.seal(from, { password: end.answer })
        void line.ask('signal', { swarmId, to: from, sealed: said })
      }
      line.open({
        up: async () => {
          own = ((await line.ask('join', { swarmId })) as { id: string }).id
          sealer = new Sealer(key, own, random)
        },
        lost: () => {},
        heard: (_event, signal) => hear(signal as { from: string; sealed: string }),
      })
    }
    await time.run(1_000)
    const receiver = await receiverAt(world.device('b'), right)
    await time.run(60_000)
    expect(heard).toBeGreaterThan(20)
    expect(heard).toBeLessThanOrEqual(40 + 3)
    expect(receiver.inspect().neighbours).toEqual([])
  })
})

describe('[PASS-4] a tracker that has the link', () => {
  it('opens nothing that is signalled, and is believed nothing', async () => {
    const { world, time, sender } = protectedShare()
    const { swarmId, key } = deriveSwarmKeys(share.content.id)
    const receiver = await receiverAt(world.device('a'), right)
    await time.run(10_000, () => phaseOf(receiver) === 'ready')
    const readable = world.tracker.heard.flatMap(({ from, to, sealed }) => {
      const opened = new Sealer(key, to, (length) => new Uint8Array(length)).open(from, sealed)
      return opened.ok ? [opened.message as Record<string, unknown>] : []
    })
    const unread = world.tracker.heard.length - readable.length
    expect(unread, 'offer, answer and candidates').toBeGreaterThan(1)
    for (const message of readable) expect(Object.keys(message)).toEqual(['password'])

    // It offers a link of its own, sealed with the link's key, in the name of the receiver.
    const [home = '', visitor = ''] = world.tracker.membersOf(swarmId)
    const accepted = world.links.acceptedBy('home')
    const forger = new Sealer(key, visitor, (length) => crypto.getRandomValues(new Uint8Array(length)))
    const offer = { attempt: 'A'.repeat(22), tab: 'A'.repeat(43), signal: { type: 'offer', sdp: 'mine' } }
    world.tracker.deliverSignal({ swarmId, from: visitor, to: home, sealed: forger.seal(home, offer) })
    await time.run(5_000)
    expect(world.links.acceptedBy('home')).toBe(accepted)
    expect(sender.inspect().neighbours).toHaveLength(1)
  })

  it('gains nothing by words that it changes, repeats or makes up', async () => {
    const { world, time, sender } = protectedShare()
    const earlier = await receiverAt(world.device('early'), right)
    await time.run(10_000, () => phaseOf(earlier) === 'ready')
    earlier.close()
    await time.run(2_000)
    const heard = [...world.tracker.heard]
    const { key, swarmId } = deriveSwarmKeys(share.content.id)
    const [home = ''] = world.tracker.membersOf(swarmId)
    // What was said in an earlier meeting, sealed again with the link's key under an id of now.
    const thief = world.device('thief')
    const stranger = await receiverAt(thief)
    await time.run(3_000)
    const [, own = ''] = world.tracker.membersOf(swarmId)
    const sealer = new Sealer(key, own, (length) => crypto.getRandomValues(new Uint8Array(length)))
    for (const { from, to, sealed } of heard) {
      const opened = new Sealer(key, to, (length) => new Uint8Array(length)).open(from, sealed)
      if (!opened.ok) continue
      world.tracker.deliverSignal({ swarmId, from: own, to: home, sealed: sealer.seal(home, opened.message) })
    }
    for (const say of ['knock', 'answer', 'guess', 'welcome', 'needed', 'none', 'x'])
      for (const more of [{}, { run: 'A'.repeat(22) }, { run: 'A'.repeat(22), proof: 'A'.repeat(86) }])
        world.tracker.deliverSignal({
          swarmId,
          from: own,
          to: home,
          sealed: sealer.seal(home, { password: { say, ...more } }),
        })
    await time.run(10_000)
    expect(sender.inspect().neighbours).toEqual([])
    expect(stranger.inspect().neighbours).toEqual([])
    const newcomer = await receiverAt(world.device('late'), right)
    expect(await time.run(60_000, () => phaseOf(newcomer) === 'ready')).toBe(true)
  })
})

describe('[PASS-5] two who ask each other at once', () => {
  it('understand each other, whichever key either uses', () => {
    const random = (length: number) => crypto.getRandomValues(new Uint8Array(length))
    const pair = { offering: 'x', asking: 'y' }
    const asking = new AskingPeer(right, pair, random)
    const knock = PasswordWord.parse(asking.knock)
    if (knock.say !== 'knock') throw new Error('no knock')
    const offering = new OfferingPeer(right, pair, knock, random)
    const answer = PasswordWord.parse(offering.answer)
    const guess = PasswordWord.parse(answer.say === 'answer' && asking.guess(answer))
    const agreed = guess.say === 'guess' ? offering.guessed(guess) : undefined
    const welcome = PasswordWord.parse(agreed?.welcome)
    expect(welcome.say === 'welcome' && asking.welcomed(welcome)).toEqual(agreed?.key)
    // Once.
    expect(welcome.say === 'welcome' && asking.welcomed(welcome)).toBeUndefined()
  })
})

// A tracker that tampers with sealed signals lets nobody in, and learns nothing. Each attack stands next to its
// control: anyone who comes when the tracker is honest again is connected. What counts is whose word for where to
// connect is ever taken.
import { deriveSwarmKeys, drawAttemptId, Sealer, TabKey } from '@swarmdrop/core/signaling'
import { beforeAll, describe, expect, it } from 'vitest'
import { phaseOf, receiveAt, sendFrom, type TestShare, testShare } from '../testing/test-share'
import { type VirtualDevice, VirtualWorld } from '../testing/virtual-device'
import type { RelayedSignal, VirtualTracker } from '../testing/virtual-tracker'

let share: TestShare
beforeAll(async () => {
  share = await testShare({ chunks: 2 })
})
const swarmId = () => deriveSwarmKeys(share.content.id).swarmId

/** A sender, and a receiver that has come and gone, so that there is something to misuse. */
async function afterAMeeting() {
  const world = new VirtualWorld()
  const sender = sendFrom(world.device('home'), share)
  const early = await receiveAt(world.device('early'), share)
  await world.time.run(10_000, () => phaseOf(early) === 'ready')
  early.close()
  await world.time.run(2_000)
  expect(sender.inspect().neighbours).toEqual([])
  return { world, sender, tracker: world.tracker, time: world.time }
}

const accepted = ({ world, name }: VirtualDevice) => world.links.acceptedBy(name)

/** One character in the middle of what is sealed is another. */
function withOneCharacterChanged(text: string): string {
  const at = Math.floor(text.length / 2)
  return `${text.slice(0, at)}${text[at] === 'A' ? 'B' : 'A'}${text.slice(at + 1)}`
}

const others = (tracker: VirtualTracker, { from, to }: RelayedSignal) =>
  [...tracker.membersOf(swarmId()), ...tracker.fakePeers].filter((id) => id !== from && id !== to)

const attacks: [string, (tracker: VirtualTracker) => VirtualTracker['relay']][] = [
  [
    'changes a character of every signal',
    () => (signal) => [{ ...signal, sealed: withOneCharacterChanged(signal.sealed) }],
  ],
  [
    'hands every signal to somebody for whom it is not',
    (tracker) => (signal) => others(tracker, signal).map((to) => ({ ...signal, to })),
  ],
  [
    'says that every signal is from somebody else',
    (tracker) => (signal) => others(tracker, signal).map((from) => ({ ...signal, from })),
  ],
  ['sends every signal back to whom it came from', () => (signal) => [{ ...signal, from: signal.to, to: signal.from }]],
  [
    'gives everybody the signals of an earlier meeting',
    (tracker) => {
      const earlier = [...tracker.heard]
      return ({ from, to }) => earlier.map(({ sealed }) => ({ swarmId: swarmId(), from, to, sealed }))
    },
  ],
]

describe('a tracker', () => {
  it.each(attacks)('that %s lets nobody in', async (_what, attack) => {
    const { world, sender, tracker, time } = await afterAMeeting()
    const before = world.links.acceptedBy('home')
    tracker.fakePeers.push(tracker.drawId('f'))
    tracker.relay = attack(tracker)
    const devices = ['a', 'b'].map((name) => world.device(name))
    const victims = await Promise.all(devices.map((device) => receiveAt(device, share)))
    const heardBefore = tracker.heard.length
    await time.run(15_000)
    expect(tracker.heard.length - heardBefore, 'the attack has had something to work on').toBeGreaterThan(1)
    expect(victims.map((victim) => victim.inspect().neighbours)).toEqual([[], []])
    expect([...devices.map(accepted), world.links.acceptedBy('home')]).toEqual([0, 0, before])

    tracker.relay = (signal) => [signal]
    const newcomer = await receiveAt(world.device('c'), share)
    expect(await time.run(10_000, () => phaseOf(newcomer) === 'ready')).toBe(true)
    expect(await time.run(60_000, () => victims.every((victim) => victim.inspect().neighbours.length > 0))).toBe(true)
    expect(sender.inspect().neighbours.length).toBeGreaterThan(0)
  })

  it('that plays the signals of a peer that has gone again calls nobody back', async () => {
    const { world, sender, tracker, time } = await afterAMeeting()
    const before = world.links.acceptedBy('home')
    const [home] = tracker.membersOf(swarmId())
    const replayed = tracker.heard.filter(({ to }) => to === home)
    expect(replayed.length).toBeGreaterThan(0)
    for (const signal of [...replayed, ...replayed.toReversed()]) tracker.deliverSignal(signal)
    await time.run(5_000)
    expect(world.links.acceptedBy('home')).toBe(before)
    expect(sender.inspect().neighbours).toEqual([])
  })

  it('that knows the swarm but not the link is not answered; with the link’s key the same offer is', async () => {
    const { tracker, time, world } = await afterAMeeting()
    const { key } = deriveSwarmKeys(share.content.id)
    const { random } = world.device('outsider').ports
    const draw = (length: number) => random.bytes(length)
    const [home = ''] = tracker.membersOf(swarmId())
    const before = world.links.acceptedBy('home')
    const offerSealedWith = (anyKey: Uint8Array): RelayedSignal => {
      const from = tracker.drawId('o')
      const meeting = { from, to: home, attempt: drawAttemptId(draw) }
      const message = new TabKey(draw).message(meeting, { type: 'offer', sdp: 'x' })
      return { swarmId: swarmId(), from, to: home, sealed: new Sealer(anyKey, from, draw).seal(home, message) }
    }
    const forged = offerSealedWith(draw(32))
    tracker.deliverSignal(forged)
    const unsealed = Buffer.from(JSON.stringify({ type: 'offer', sdp: 'x' })).toString('base64url')
    tracker.deliverSignal({ ...forged, sealed: unsealed })
    await time.run(1_000)
    expect(world.links.acceptedBy('home')).toBe(before)
    tracker.deliverSignal(offerSealedWith(key))
    await time.run(1_000)
    expect(world.links.acceptedBy('home')).toBe(before + 1)
  })
})

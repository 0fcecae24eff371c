// One who has the link, and says that it is somebody else: nobody is banned, or refused as connected already, for what
// was done under a name that another cannot prove.
import {
  deriveSwarmKeys,
  drawAttemptId,
  JoinReply,
  Sealer,
  type Signal,
  SignalMessage,
  TabKey,
} from '@swarmdrop/core/signaling'
import { beforeAll, describe, expect, it } from 'vitest'
import { SwarmLine } from '../line/swarm-line'
import { TrackerLine } from '../line/tracker-line'
import { phaseOf, receiveAt, sendFrom, type TestShare, testShare } from '../testing/test-share'
import { VirtualWorld } from '../testing/virtual-device'

let share: TestShare
beforeAll(async () => {
  share = await testShare({ chunks: 12 })
})

/** A member of the swarm that speaks signals of its own making. */
async function impostor(world: VirtualWorld) {
  const { ports } = world.device('impostor')
  const { swarmId, key } = deriveSwarmKeys(share.content.id)
  const draw = (length: number) => ports.random.bytes(length)
  const heard: { from: string; message: SignalMessage }[] = []
  let joined: JoinReply | undefined
  let sealer = new Sealer(key, '', draw)
  const line = new SwarmLine(new TrackerLine(ports.newLine(), ports.time), ports, swarmId, {
    joined: (reply) => {
      joined = reply
      sealer = new Sealer(key, reply.id, draw)
    },
    signal: ({ from, sealed }) => {
      const opened = sealer.open(from, sealed)
      if (opened.ok) heard.push({ from, message: SignalMessage.parse(opened.message) })
    },
    heard: () => {},
    lost: () => {},
    stateChanged: () => {},
  })
  line.start()
  await world.time.run(1_000)
  const { id: own, peers } = JoinReply.parse(joined)
  const say = async (to: string, message: SignalMessage) => {
    void line.signal(to, sealer.seal(to, message))
    await world.time.run(500)
  }
  return { draw, heard, own, peers, say, tabKey: new TabKey(draw) }
}

type Disguise = (genuine: SignalMessage, seen: SignalMessage) => SignalMessage

const disguises: [string, Disguise][] = [
  ['without a proof', ({ proof: _, ...message }, { tab }) => ({ ...message, tab })],
  ['with a proof by its own key', (message, { tab }) => ({ ...message, tab })],
  [
    'with a proof that the other once gave',
    (message, { tab, proof }) => ({ ...message, tab, ...(proof && { proof }) }),
  ],
  [
    'with all that the other once said, the attempt as well',
    (_message, { attempt, tab, proof, signal }) => ({ attempt, tab, signal, ...(proof && { proof }) }),
  ],
]

describe('one that names itself as the sender', () => {
  it.each(disguises)(
    '[SIGNAL-3] [SIGNAL-4] %s, is not answered, and the sender stays a neighbour',
    async (_, disguise) => {
      const world = new VirtualWorld()
      sendFrom(world.device('home'), share)
      await world.time.run(1_000)
      const bad = await impostor(world)
      const [home = ''] = bad.peers
      const meeting = (to: string) => ({ from: bad.own, to, attempt: drawAttemptId(bad.draw) })
      // It learns the sender's name as anybody does who connects to it.
      const offer: Signal = { type: 'offer', sdp: 'impostor' }
      await bad.say(home, bad.tabKey.message(meeting(home), offer))
      const seen = bad.heard.find(({ message }) => message.signal.type === 'answer')?.message
      if (!seen) throw new Error('the sender did not answer')

      const laptop = world.device('laptop')
      const receiver = await receiveAt(laptop, share)
      await world.time.run(5_000, () => phaseOf(receiver) === 'ready')
      const dialled = bad.heard.find(({ message, from }) => message.signal.type === 'offer' && from !== home)
      const victim = dialled?.from ?? ''
      const before = world.links.acceptedBy('laptop')
      await bad.say(victim, disguise(bad.tabKey.message(meeting(victim), { ...offer, sdp: 'made up' }), seen))
      // As the answer to the victim's own offer, too.
      const attempt = dialled?.message.attempt ?? ''
      const answer = bad.tabKey.message({ from: bad.own, to: victim, attempt }, { type: 'answer', sdp: 'made up' })
      await bad.say(victim, { ...disguise(answer, seen), attempt })
      expect(world.links.acceptedBy('laptop')).toBe(before)

      receiver.side.download()
      expect(await world.time.run(30_000, () => phaseOf(receiver) === 'complete')).toBe(true)
      expect(receiver.inspect().neighbours).toHaveLength(1)
      expect(laptop.log).toEqual([])
    },
  )

  it('[SIGNAL-3] is answered under its own name', async () => {
    const world = new VirtualWorld()
    sendFrom(world.device('home'), share)
    await world.time.run(1_000)
    const bad = await impostor(world)
    const [home = ''] = bad.peers
    const before = world.links.acceptedBy('home')
    const meeting = { from: bad.own, to: home, attempt: drawAttemptId(bad.draw) }
    await bad.say(home, bad.tabKey.message(meeting, { type: 'offer', sdp: 'x' }))
    expect(world.links.acceptedBy('home')).toBe(before + 1)
  })
})

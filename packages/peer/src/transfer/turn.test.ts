// What a transfer tells of the TURN servers that the tracker names, in virtual time.
import { beforeAll, describe, expect, it } from 'vitest'
import type { TurnOutcome } from '../ports'
import { phaseOf, receiveAt, sendFrom, type TestShare, testShare } from '../testing/test-share'
import { VirtualWorld } from '../testing/virtual-device'

let share: TestShare
beforeAll(async () => {
  share = await testShare({ chunks: 4 })
})

/** A receiver who hides its address, and the server's answer. */
async function hidden(answer: TurnOutcome | undefined, iceServers = [{ urls: ['turn:turn.test'] }]) {
  const world = new VirtualWorld()
  world.tracker.iceServers = iceServers
  world.links.turnAnswer = answer
  sendFrom(world.device('home'), share)
  const laptop = world.device('laptop')
  laptop.ports.relay.chooseRelayOnly(true)
  return { world, time: world.time, receiver: await receiveAt(laptop, share) }
}

describe('a transfer', () => {
  it('tells that a TURN server has given an address', async () => {
    const { time, receiver } = await hidden('given')
    expect(await time.run(5_000, () => phaseOf(receiver) === 'ready')).toBe(true)
    expect(receiver.inspect().turn).toBe('given')
  })

  it('tells that it refuses, at once and as long as it does', async () => {
    const { world, time, receiver } = await hidden('refused')
    await time.run(1_000)
    expect([receiver.inspect().turn, phaseOf(receiver)]).toEqual(['refused', 'connecting'])
    await time.run(60_000)
    expect(receiver.getSnapshot().turn).toBe('refused')
    // Somebody has set it right.
    world.links.turnAnswer = 'given'
    expect(await time.run(60_000, () => phaseOf(receiver) === 'ready')).toBe(true)
    expect(receiver.inspect().turn).toBe('given')
  })

  it('takes a silence of 5 s for an answer: browsers wait much longer', async () => {
    const { time, receiver } = await hidden(undefined)
    await time.run(4_900)
    expect(receiver.inspect()).not.toHaveProperty('turn')
    await time.run(500)
    expect(receiver.inspect().turn).toBe('unreachable')
  })

  it('says nothing of it where none is named, or nobody has asked', async () => {
    const none = await hidden('given', [{ urls: ['stun:stun.test'] }])
    await none.time.run(30_000)
    expect(none.receiver.inspect()).not.toHaveProperty('turn')
  })
})

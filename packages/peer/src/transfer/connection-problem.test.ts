// What both sides are told when somebody is there and no way leads there.
import { beforeAll, describe, expect, it } from 'vitest'
import { phaseOf, receiveAt, sendFrom, type TestShare, testShare } from '../testing/test-share'
import { VirtualWorld } from '../testing/virtual-device'
import { connectionProblem } from './connection-problem'

let share: TestShare
beforeAll(async () => {
  share = await testShare({ chunks: 2 })
})

describe('somebody is there, and no way leads there', () => {
  it('both sides say so within 10 s, and how many are there; and say it no more once there is a way', async () => {
    const world = new VirtualWorld()
    const { time, links } = world
    links.blocked.add('school')
    const sender = sendFrom(world.device('home'), share)
    await time.run(30_000)
    expect([sender.inspect().connectionProblem, sender.inspect().swarmSize]).toEqual([undefined, 1])
    const receiver = await receiveAt(world.device('school'), share)
    const saysSo = () => [sender, receiver].every((one) => one.inspect().connectionProblem !== undefined)
    expect(await time.run(10_000, saysSo)).toBe(true)
    for (const one of [sender, receiver]) {
      expect(one.inspect().connectionProblem).toMatch(
        /^Somebody is there, but you cannot be connected: .* Try another network/,
      )
      expect(one.inspect().swarmSize).toBe(2)
    }
    links.blocked.clear()
    expect(await time.run(90_000, () => phaseOf(receiver) === 'ready')).toBe(true)
    expect([sender, receiver].map((one) => one.inspect().connectionProblem)).toEqual([undefined, undefined])
  })

  it('says that they do not answer, where they do not', async () => {
    const world = new VirtualWorld()
    world.tracker.fakePeers.push(...Array.from({ length: 5 }, () => world.tracker.drawId('f')))
    const receiver = await receiveAt(world.device('laptop'), share)
    expect(await world.time.run(10_000, () => receiver.inspect().connectionProblem !== undefined)).toBe(true)
    expect(receiver.inspect().connectionProblem).toMatch(/^5 people are there, but none answers/)
  })

  it('says nothing where nobody is there, or the server is away', async () => {
    const world = new VirtualWorld()
    const receiver = await receiveAt(world.device('laptop'), share)
    await world.time.run(30_000)
    expect(receiver.inspect().connectionProblem).toBeUndefined()
    world.links.isBlocked = true
    sendFrom(world.device('home'), share)
    expect(await world.time.run(10_000, () => receiver.inspect().connectionProblem !== undefined)).toBe(true)
    world.tracker.restart(60_000)
    await world.time.run(1_000)
    expect(receiver.inspect().connectionProblem).toBeUndefined()
  })

  it.each([
    ['refused', true, /the relay that hides your address refuses/],
    ['unreachable', true, /the relay that hides your address does not answer/],
    ['refused', false, /blocks it, and the relay refuses/],
    ['unreachable', false, /blocks it, and the relay does not answer/],
    ['given', false, /blocks it, and this server relays nothing/],
  ] as const)('says of a TURN server that has %s what it does', (turn, hidesAddress, words) =>
    expect(connectionProblem({ failures: ['no-way'], server: 'none', turn, hidesAddress })).toMatch(words),
  )

  it('tells that the relay refuses, on the page of anyone who hides behind it, within 10 s', async () => {
    const world = new VirtualWorld()
    world.tracker.iceServers = [{ urls: ['turn:relay.example'] }]
    world.links.turnAnswer = 'refused'
    sendFrom(world.device('home'), share)
    const hidden = world.device('hidden')
    hidden.ports.relay.chooseRelayOnly(true)
    const receiver = await receiveAt(hidden, share)
    expect(await world.time.run(10_000, () => receiver.inspect().connectionProblem !== undefined)).toBe(true)
    expect(receiver.inspect().connectionProblem).toMatch(/the relay that hides your address refuses/)
  })

  it('names what can be done about it', () => {
    const failures = ['no-way' as const]
    expect(connectionProblem({ failures, server: 'none', hidesAddress: true })).toMatch(/Show your address/)
    expect(connectionProblem({ failures, server: 'full', hidesAddress: false })).toMatch(/relays as much as it may/)
    expect(connectionProblem({ failures, server: 'carries', hidesAddress: true })).toMatch(
      /not even through the server/,
    )
    expect(connectionProblem({ failures: ['no-answer', 'timed-out'], server: 'none', hidesAddress: false })).toMatch(
      /^2 people are there, but you cannot be connected/,
    )
  })
})

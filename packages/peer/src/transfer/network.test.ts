// Transfers whose people come and go, and whose network fails, in virtual time.
import { beforeAll, describe, expect, it } from 'vitest'
import {
  chunksOf,
  keepsOriginal,
  phaseOf,
  receiveAt,
  sendFrom,
  type TestShare,
  testShare,
  underWay,
} from '../testing/test-share'
import { VirtualWorld } from '../testing/virtual-device'

let share: TestShare
beforeAll(async () => {
  share = await testShare()
})

describe('people', () => {
  it('who open a link whose sender is away wait, and it opens by itself when the same file is shared again', async () => {
    const world = new VirtualWorld()
    const early = await receiveAt(world.device('laptop'), share)
    await world.time.run(20_000)
    expect(early.inspect()).toMatchObject({ phase: 'connecting', neighbours: [], swarmSize: 1 })
    sendFrom(world.device('home'), share)
    expect(await world.time.run(60_000, () => phaseOf(early) === 'ready')).toBe(true)
  })

  it('whose only sender leaves half-way go on by themselves when it is back', async () => {
    const { home, laptop, sender, receiver, time } = await underWay(share, { bytesPerSecond: 200_000 })
    await time.run(10_000, () => chunksOf(receiver) >= 10)
    sender.close()
    await time.run(10_000)
    const before = chunksOf(receiver)
    await time.run(10_000)
    expect([chunksOf(receiver), phaseOf(receiver)]).toEqual([before, 'downloading'])
    sendFrom(home, share)
    expect(await time.run(60_000, () => phaseOf(receiver) === 'complete')).toBe(true)
    expect(keepsOriginal(laptop, share)).toBe(true)
  })

  it('all complete when the sender leaves as soon as the others have everything between them', async () => {
    const world = new VirtualWorld(3, { bytesPerSecond: 300_000 })
    const sender = sendFrom(world.device('home'), share)
    const receivers = await Promise.all(['a', 'b', 'c'].map((name) => receiveAt(world.device(name), share)))
    await world.time.run(10_000, () => receivers.every((one) => phaseOf(one) === 'ready'))
    for (const { side } of receivers) side.download()
    const isSafe = () => {
      const { copies = [] } = sender.chunkMap() ?? {}
      return copies.length > 0 && Array.from(copies).every((count) => count > 0)
    }
    expect(await world.time.run(60_000, isSafe)).toBe(true)
    expect(receivers.some((one) => phaseOf(one) !== 'complete')).toBe(true)
    sender.close()
    expect(await world.time.run(60_000, () => receivers.every((one) => phaseOf(one) === 'complete'))).toBe(true)
  })

  it('come late and leave half-way, and all others complete', async () => {
    const world = new VirtualWorld(5, { bytesPerSecond: 100_000 })
    sendFrom(world.device('home'), share)
    const join = async (name: string) => {
      const one = await receiveAt(world.device(name), share)
      await world.time.run(10_000, () => phaseOf(one) === 'ready')
      one.side.download()
      return one
    }
    const [a, leaver, b] = [await join('a'), await join('leaver'), await join('b')]
    await world.time.run(2_000)
    leaver.close()
    const late = await join('late')
    expect(await world.time.run(90_000, () => [a, b, late].every((one) => phaseOf(one) === 'complete'))).toBe(true)
  })
})

describe('when the network fails', () => {
  it('pauses and resumes across a loss, and fetches no chunk twice', async () => {
    const { laptop, receiver, time } = await underWay(share, { bytesPerSecond: 200_000 })
    await time.run(10_000, () => chunksOf(receiver) >= 10)
    receiver.pause()
    laptop.goOffline()
    await time.run(60_000)
    expect([phaseOf(receiver), receiver.inspect().tracker, receiver.inspect().neighbours]).toEqual([
      'paused',
      'offline',
      [],
    ])
    const kept = chunksOf(receiver)
    laptop.goOnline()
    await time.run(5_000)
    expect([phaseOf(receiver), chunksOf(receiver)]).toEqual(['paused', kept])
    receiver.resume()
    expect(await time.run(60_000, () => phaseOf(receiver) === 'complete')).toBe(true)
    expect(keepsOriginal(laptop, share)).toBe(true)
    const { downloadedBytes, bytes } = receiver.inspect()
    expect(downloadedBytes).toBeLessThan(bytes * 1.1)
  })

  it('goes on without a word to anybody after a minute without a network', async () => {
    const { laptop, receiver, time } = await underWay(share, { bytesPerSecond: 200_000 })
    await time.run(10_000, () => chunksOf(receiver) >= 10)
    laptop.goOffline()
    await time.run(60_000)
    laptop.goOnline()
    const back = time.now()
    expect(await time.run(60_000, () => phaseOf(receiver) === 'complete')).toBe(true)
    expect(time.now() - back).toBeLessThan(10_000)
  })

  it('keeps its neighbours when the tracker restarts with new ids, and connects to none of them twice', async () => {
    const { world, receiver, sender, time } = await underWay(share, { bytesPerSecond: 50_000 })
    await time.run(2_000)
    const { opened } = world.links
    const [before] = receiver.inspect().neighbours
    world.tracker.restart(3_000)
    await time.run(500)
    expect(receiver.inspect().tracker).toBe('offline')
    const during = chunksOf(receiver)
    await time.run(10_000)
    expect(receiver.inspect().tracker).toBe('online')
    expect(chunksOf(receiver)).toBeGreaterThan(during)
    expect(receiver.inspect().neighbours.map(({ id: own }) => own)).toEqual([before?.id])
    expect(sender.inspect().neighbours).toHaveLength(1)
    // Each may have offered once under the new names, and was told that they are connected already.
    expect(world.links.opened - opened).toBeLessThanOrEqual(2)
    expect(world.links.countOf('laptop')).toBe(1)
  })

  it('tries a new line when the tracker hangs: it accepts, and answers nothing', async () => {
    const world = new VirtualWorld()
    sendFrom(world.device('home'), share)
    await world.time.run(1_000)
    world.tracker.hangs = true
    const receiver = await receiveAt(world.device('laptop'), share)
    await world.time.run(15_000)
    expect(receiver.inspect()).toMatchObject({ tracker: 'offline', phase: 'connecting' })
    world.tracker.hangs = false
    expect(await world.time.run(20_000, () => phaseOf(receiver) === 'ready')).toBe(true)
  })

  it('is in the swarm again when its page comes back from where the browser had put it away', async () => {
    const { laptop, sender, receiver, time } = await underWay(share, { bytesPerSecond: 200_000 })
    await time.run(10_000, () => chunksOf(receiver) >= 10)
    receiver.leave()
    sender.leave()
    await time.run(30_000)
    const before = chunksOf(receiver)
    expect([receiver.inspect().neighbours, sender.inspect().neighbours, phaseOf(receiver)]).toEqual([
      [],
      [],
      'downloading',
    ])
    receiver.comeBack()
    receiver.comeBack()
    sender.comeBack()
    expect(await time.run(60_000, () => phaseOf(receiver) === 'complete')).toBe(true)
    expect(before).toBeGreaterThanOrEqual(10)
    expect(keepsOriginal(laptop, share)).toBe(true)
    expect(receiver.inspect().neighbours).toHaveLength(1)
  })

  it('gives up a link that does not open in 20 s, and finds another way when there is one', async () => {
    const world = new VirtualWorld()
    world.links.isBlocked = true
    sendFrom(world.device('home'), share)
    const receiver = await receiveAt(world.device('laptop'), share)
    await world.time.run(19_000)
    expect(world.links.all.size).toBeGreaterThan(0)
    expect(receiver.inspect().neighbours).toEqual([])
    world.links.isBlocked = false
    expect(await world.time.run(40_000, () => phaseOf(receiver) === 'ready')).toBe(true)
  })

  it('looks for a lost neighbour within seconds, and not at the next round of all', async () => {
    const { world, receiver, time } = await underWay(share, { bytesPerSecond: 50_000 })
    await time.run(1_000)
    world.links.cut('laptop')
    await time.run(100)
    expect(receiver.inspect().neighbours).toEqual([])
    expect(await time.run(3_000, () => receiver.inspect().neighbours.length === 1)).toBe(true)
  })

  it('shows no address for want of a relay, and connects again when that is lifted', async () => {
    const { receiver, time } = await underWay(share, { bytesPerSecond: 50_000 })
    await time.run(1_000)
    receiver.setRelayOnly(true)
    await time.run(30_000)
    expect(receiver.inspect()).toMatchObject({ relay: 'only', neighbours: [] })
    receiver.setRelayOnly(false)
    expect(await time.run(30_000, () => receiver.inspect().neighbours.length === 1)).toBe(true)
  })
})

describe('when a neighbour lies', () => {
  it('bans one whose chunk is wrong, for good, and fetches it from an honest one', async () => {
    const world = new VirtualWorld()
    const liar = await receiveAt(world.device('liar'), share)
    const honest = sendFrom(world.device('home'), share)
    await world.time.run(10_000, () => phaseOf(liar) === 'ready')
    liar.side.download()
    await world.time.run(30_000, () => phaseOf(liar) === 'complete')
    // Blocks are the largest frames: from now on one byte of each is another.
    world.links.tamper = (frame, from) => (from === 'liar' && frame.length > 4_096 ? frame.with(4_000, 1) : frame)
    honest.setLimits({ upload: 20_000, download: undefined })
    const laptop = world.device('laptop')
    const receiver = await receiveAt(laptop, share)
    await world.time.run(10_000, () => phaseOf(receiver) === 'ready' && receiver.inspect().neighbours.length === 2)
    receiver.side.download()
    expect(await world.time.run(20_000, () => laptop.log.length > 0)).toBe(true)
    expect(laptop.log[0]).toContain('no longer talks to peer')
    honest.setLimits({ upload: undefined, download: undefined })
    expect(await world.time.run(60_000, () => phaseOf(receiver) === 'complete')).toBe(true)
    expect(keepsOriginal(laptop, share)).toBe(true)
    expect(receiver.inspect().neighbours).toHaveLength(1)
  })
})

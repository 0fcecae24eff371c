// Whole transfers in virtual time: real machines, real sealing, real frames; tracker, network and disks of the test's
// own.
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

describe('a transfer', () => {
  it('goes from looking to complete, every byte as it was, and stays a source for others', async () => {
    const { world, laptop, receiver, sender, time } = await underWay(share)
    expect(await time.run(60_000, () => phaseOf(receiver) === 'complete')).toBe(true)
    // The end is shown at once, and nothing is left to wait for.
    await time.run(1)
    expect(receiver.getSnapshot().phase).toBe('complete')
    expect(receiver.getSnapshot()).not.toHaveProperty('secondsLeft')
    expect(keepsOriginal(laptop, share)).toBe(true)
    const { name, chunksHeld, neighbours } = receiver.inspect()
    expect([name, chunksHeld, neighbours.length]).toEqual(['a.bin', share.content.layout.chunkCount, 1])
    sender.close()
    const third = await receiveAt(world.device('phone'), share)
    await time.run(20_000, () => phaseOf(third) === 'ready')
    third.side.download()
    expect(await time.run(60_000, () => phaseOf(third) === 'complete')).toBe(true)
  })

  it('fetches nothing before it is told to', async () => {
    const world = new VirtualWorld()
    sendFrom(world.device('home'), share)
    const laptop = world.device('laptop')
    const receiver = await receiveAt(laptop, share)
    await world.time.run(30_000)
    expect([phaseOf(receiver), chunksOf(receiver), laptop.disk.contents.size]).toEqual(['ready', 0, 0])
  })

  it('asks for the first chunks while a slow disk makes their place, and stores each once it is there', async () => {
    const world = new VirtualWorld()
    const sender = sendFrom(world.device('home'), share)
    const laptop = world.device('laptop')
    laptop.disk.opensInMs = 5_000
    const receiver = await receiveAt(laptop, share)
    await world.time.run(10_000, () => phaseOf(receiver) === 'ready')
    receiver.side.download()
    await world.time.run(4_000)
    expect([sender.inspect().uploadedBytes > 0, laptop.disk.contents.size]).toEqual([true, 0])
    expect(await world.time.run(60_000, () => phaseOf(receiver) === 'complete')).toBe(true)
    expect(keepsOriginal(laptop, share)).toBe(true)
    expect(receiver.inspect().downloadedBytes).toBeLessThan(share.bytes.length * 1.1)
  })

  it('shows changes at most twice a second, and at once what a person waits for', async () => {
    const { receiver, time } = await underWay(share, { bytesPerSecond: 100_000 })
    const shownAt: number[] = []
    receiver.subscribe(() => shownAt.push(time.now()))
    await time.run(3_000)
    const gaps = shownAt.slice(2).map((at, i) => at - (shownAt[i + 1] ?? 0))
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(499)
    const before = time.now()
    receiver.pause()
    await time.run(1)
    expect(receiver.getSnapshot().phase).toBe('paused')
    expect((shownAt.at(-1) ?? 0) - before).toBeLessThanOrEqual(1)
  })

  it('says nothing, and leaves no alarm, after it was closed', async () => {
    const { receiver, sender, time } = await underWay(share, { bytesPerSecond: 100_000 })
    await time.run(500)
    let shown = 0
    let ended = 0
    receiver.subscribe(() => shown++)
    receiver.onClosed(() => ended++)
    receiver.close()
    receiver.close()
    sender.close()
    await time.run(60_000)
    receiver.pause()
    receiver.setLimits({ upload: 1, download: 1 })
    const { rung } = time
    await time.run(3_600_000)
    expect([time.rung, shown, ended]).toEqual([rung, 0, 1])
    // What comes too late to hear it ends at once.
    receiver.onClosed(() => ended++)
    expect(ended).toBe(2)
  })
})

describe('a side', () => {
  it('has its own commands alone: a sender downloads and saves nothing', async () => {
    const world = new VirtualWorld()
    const sender = sendFrom(world.device('home'), share)
    for (const command of ['download', 'saved', 'place', 'want']) expect(command in sender.side).toBe(false)
    const receiver = await receiveAt(world.device('laptop'), share)
    await expect(receiver.side.place()).rejects.toThrow('Nothing has been downloaded yet.')
  })

  it('sends nothing while it is paused, and goes on after', async () => {
    const { sender, receiver, time } = await underWay(share, { bytesPerSecond: 100_000 })
    await time.run(1_000)
    sender.pause()
    await time.run(5_000)
    const before = chunksOf(receiver)
    await time.run(10_000)
    expect(chunksOf(receiver)).toBe(before)
    sender.resume()
    expect(await time.run(60_000, () => phaseOf(receiver) === 'complete')).toBe(true)
  })

  it('only receives where its person wishes that, complete or not, and passes on again', async () => {
    const { world, receiver, time } = await underWay(share, { bytesPerSecond: 100_000 })
    receiver.side.setReceiveOnly(true)
    expect(receiver.inspect().receiveOnly).toBe(true)
    const other = await receiveAt(world.device('phone'), share)
    await time.run(10_000, () => phaseOf(other) === 'ready')
    other.side.download()
    expect(await time.run(120_000, () => phaseOf(receiver) === 'complete')).toBe(true)
    await time.run(10_000)
    expect(receiver.inspect().uploadedBytes).toBe(0)
    receiver.pause()
    receiver.resume()
    const third = await receiveAt(world.device('tablet'), share)
    await time.run(10_000, () => phaseOf(third) === 'ready')
    third.side.download()
    receiver.side.setReceiveOnly(false)
    await time.run(120_000, () => phaseOf(third) === 'complete')
    expect(receiver.inspect().uploadedBytes).toBeGreaterThan(0)
    expect(receiver.inspect()).not.toHaveProperty('receiveOnly')
  })

  it('passes nothing on and fetches nothing while it is paused, and others go on', async () => {
    const { world, receiver, time } = await underWay(share, { bytesPerSecond: 100_000 })
    const other = await receiveAt(world.device('phone'), share)
    await time.run(10_000, () => phaseOf(other) === 'ready')
    other.side.download()
    await time.run(2_000)
    receiver.pause()
    await time.run(2_000)
    const { uploadedBytes, downloadedBytes } = receiver.inspect()
    expect(await time.run(60_000, () => phaseOf(other) === 'complete')).toBe(true)
    expect(receiver.inspect()).toMatchObject({ phase: 'paused', uploadedBytes, downloadedBytes })
    receiver.resume()
    expect(await time.run(60_000, () => phaseOf(receiver) === 'complete')).toBe(true)
  })

  it('keeps to a download limit over seconds, and lifting it frees the rest', async () => {
    const { receiver, time } = await underWay(share, { bytesPerSecond: 1_000_000 })
    receiver.setLimits({ upload: undefined, download: 30_000 })
    expect(receiver.inspect().downloadLimit).toBe(30_000)
    await time.run(2_000)
    const before = receiver.inspect().downloadedBytes
    await time.run(8_000)
    const perSecond = (receiver.inspect().downloadedBytes - before) / 8
    expect(perSecond).toBeGreaterThan(15_000)
    expect(perSecond).toBeLessThan(45_000)
    receiver.setLimits({ upload: undefined, download: undefined })
    expect(await time.run(5_000, () => phaseOf(receiver) === 'complete')).toBe(true)
  })

  it('keeps to its limits', async () => {
    const { sender, receiver, time } = await underWay(share, { bytesPerSecond: 1_000_000 })
    sender.setLimits({ upload: 50_000, download: undefined })
    const [startMs, startBytes] = [time.now(), sender.inspect().uploadedBytes]
    await time.run(6_000)
    const perSecond = ((sender.inspect().uploadedBytes - startBytes) / (time.now() - startMs)) * 1000
    expect(perSecond).toBeLessThan(75_000)
    expect(sender.inspect().uploadLimit).toBe(50_000)
    expect(receiver.inspect().secondsLeft).toBeGreaterThan(0)
  })
})

// Whole transfers in virtual time: real machines, real sealing, real frames; tracker, network and disks of the test's own.
import { formatLinkId } from '@swarmdrop/core'
import { beforeAll, describe, expect, it } from 'vitest'
import {
  keepsOriginal,
  phaseOf,
  receiveAt,
  ServingStore,
  sendFrom,
  type TestShare,
  testShare,
} from '../testing/test-share'
import { VirtualWorld } from '../testing/virtual-device'

let share: TestShare
beforeAll(async () => {
  share = await testShare()
})
const id = () => formatLinkId(share.content.id)

/** A sender and a receiver, who has pressed Download. */
async function underWay(quality: { bytesPerSecond?: number } = {}) {
  const world = new VirtualWorld(1, quality)
  const [home, laptop] = [world.device('home'), world.device('laptop')]
  const sender = sendFrom(home, share)
  const receiver = await receiveAt(laptop, share)
  await world.time.run(10_000, () => phaseOf(receiver) === 'ready')
  receiver.side.download()
  return { world, home, laptop, sender, receiver, time: world.time }
}

const held = (transfer: { inspect(): { chunksHeld: number } }) => transfer.inspect().chunksHeld

describe('a transfer', () => {
  it('goes from looking to complete, every byte as it was, and stays a source for others', async () => {
    const { world, laptop, receiver, sender, time } = await underWay()
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
    expect([phaseOf(receiver), held(receiver), laptop.disk.contents.size]).toEqual(['ready', 0, 0])
  })

  it('shows changes at most twice a second, and at once what a person waits for', async () => {
    const { receiver, time } = await underWay({ bytesPerSecond: 100_000 })
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
    const { receiver, sender, time } = await underWay({ bytesPerSecond: 100_000 })
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
  })
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
    const { home, laptop, sender, receiver, time } = await underWay({ bytesPerSecond: 200_000 })
    await time.run(10_000, () => held(receiver) >= 10)
    sender.close()
    await time.run(10_000)
    const before = held(receiver)
    await time.run(10_000)
    expect([held(receiver), phaseOf(receiver)]).toEqual([before, 'downloading'])
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
    const { laptop, receiver, time } = await underWay({ bytesPerSecond: 200_000 })
    await time.run(10_000, () => held(receiver) >= 10)
    receiver.pause()
    laptop.goOffline()
    await time.run(60_000)
    expect([phaseOf(receiver), receiver.inspect().tracker, receiver.inspect().neighbours]).toEqual([
      'paused',
      'offline',
      [],
    ])
    const kept = held(receiver)
    laptop.goOnline()
    await time.run(5_000)
    expect([phaseOf(receiver), held(receiver)]).toEqual(['paused', kept])
    receiver.resume()
    expect(await time.run(60_000, () => phaseOf(receiver) === 'complete')).toBe(true)
    expect(keepsOriginal(laptop, share)).toBe(true)
    const { downloadedBytes, bytes } = receiver.inspect()
    expect(downloadedBytes).toBeLessThan(bytes * 1.1)
  })

  it('goes on without a word to anybody after a minute without a network', async () => {
    const { laptop, receiver, time } = await underWay({ bytesPerSecond: 200_000 })
    await time.run(10_000, () => held(receiver) >= 10)
    laptop.goOffline()
    await time.run(60_000)
    laptop.goOnline()
    const back = time.now()
    expect(await time.run(60_000, () => phaseOf(receiver) === 'complete')).toBe(true)
    expect(time.now() - back).toBeLessThan(10_000)
  })

  it('keeps its neighbours when the tracker restarts with new ids, and connects to none of them twice', async () => {
    const { world, receiver, sender, time } = await underWay({ bytesPerSecond: 50_000 })
    await time.run(2_000)
    const { opened } = world.links
    const [before] = receiver.inspect().neighbours
    world.tracker.restart(3_000)
    await time.run(500)
    expect(receiver.inspect().tracker).toBe('offline')
    const during = held(receiver)
    await time.run(10_000)
    expect(receiver.inspect().tracker).toBe('online')
    expect(held(receiver)).toBeGreaterThan(during)
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
    const { laptop, sender, receiver, time } = await underWay({ bytesPerSecond: 200_000 })
    await time.run(10_000, () => held(receiver) >= 10)
    receiver.leave()
    sender.leave()
    await time.run(30_000)
    const before = held(receiver)
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
    const { world, receiver, time } = await underWay({ bytesPerSecond: 50_000 })
    await time.run(1_000)
    world.links.cut('laptop')
    await time.run(100)
    expect(receiver.inspect().neighbours).toEqual([])
    expect(await time.run(3_000, () => receiver.inspect().neighbours.length === 1)).toBe(true)
  })

  it('shows no address for want of a relay, and connects again when that is lifted', async () => {
    const { receiver, time } = await underWay({ bytesPerSecond: 50_000 })
    await time.run(1_000)
    receiver.setRelayOnly(true)
    await time.run(30_000)
    expect(receiver.inspect()).toMatchObject({ relay: 'only', neighbours: [] })
    receiver.setRelayOnly(false)
    expect(await time.run(30_000, () => receiver.inspect().neighbours.length === 1)).toBe(true)
  })
})

describe('when a store fails', () => {
  it('pauses on a full disk with what is held, says so, and goes on when there is room', async () => {
    const { laptop, receiver, time } = await underWay()
    laptop.disk.room = 12
    expect(await time.run(30_000, () => phaseOf(receiver) === 'paused')).toBe(true)
    expect(receiver.inspect().problem).toContain('no space left on this device')
    expect(held(receiver)).toBe(12)
    await time.run(30_000)
    expect([phaseOf(receiver), held(receiver)]).toEqual(['paused', 12])
    laptop.disk.room = Number.POSITIVE_INFINITY
    receiver.resume()
    expect(await time.run(60_000, () => phaseOf(receiver) === 'complete')).toBe(true)
    expect(receiver.inspect().problem).toBeUndefined()
    expect(keepsOriginal(laptop, share)).toBe(true)
  })

  it('fails in words before the first chunk where nothing of it fits, and asks for nothing', async () => {
    const world = new VirtualWorld()
    const sender = sendFrom(world.device('home'), share)
    const laptop = world.device('laptop')
    laptop.disk.room = 0
    const receiver = await receiveAt(laptop, share)
    await world.time.run(10_000, () => phaseOf(receiver) === 'ready')
    receiver.side.download()
    await world.time.run(5_000)
    expect(receiver.inspect()).toMatchObject({ phase: 'failed', problem: 'There is not enough space on this device.' })
    expect(sender.inspect().uploadedBytes).toBe(0)
    expect(laptop.disk.claimed.size).toBe(0)
  })

  it('ends a share whose files changed: the sender leaves, and says which', async () => {
    const world = new VirtualWorld(1, { bytesPerSecond: 100_000 })
    const store = new ServingStore(share)
    const sender = sendFrom(world.device('home'), share, store)
    const receiver = await receiveAt(world.device('laptop'), share)
    await world.time.run(10_000, () => phaseOf(receiver) === 'ready')
    receiver.side.download()
    await world.time.run(1_000)
    store.failure = new Error('“a.bin” changed on disk after it was shared.')
    await world.time.run(5_000)
    expect(sender.inspect()).toMatchObject({ phase: 'failed', problem: expect.stringContaining('changed on disk') })
    expect([sender.inspect().neighbours.length, receiver.inspect().neighbours.length]).toEqual([0, 0])
    sender.close()
    expect(store.closed).toBe(true)
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

describe('what is kept', () => {
  it('goes on by itself after a reload in the middle, from every chunk that is proved', async () => {
    const { world, laptop, receiver, time } = await underWay({ bytesPerSecond: 200_000 })
    await time.run(10_000, () => held(receiver) >= 15)
    receiver.close()
    await time.run(1_000)
    const chunks = laptop.disk.contents.get(id())
    const kept = chunks?.size ?? 0
    // One of them is torn meanwhile.
    const [torn] = chunks?.keys() ?? []
    chunks?.set(torn ?? 0, new Uint8Array(16_384))
    const again = await receiveAt(laptop, share)
    await time.run(10)
    expect(again.inspect()).toMatchObject({ phase: 'downloading', keeping: 'kept', chunksRestored: kept - 1 })
    expect(await time.run(60_000, () => phaseOf(again) === 'complete')).toBe(true)
    expect(keepsOriginal(laptop, share)).toBe(true)
    expect(world.links.countOf('laptop')).toBe(1)
  })

  it('stays paused after a reload where it was paused', async () => {
    const { laptop, receiver, time } = await underWay({ bytesPerSecond: 200_000 })
    await time.run(10_000, () => held(receiver) >= 5)
    receiver.pause()
    await time.run(2_000)
    receiver.close()
    const again = await receiveAt(laptop, share)
    await time.run(10_000)
    expect(phaseOf(again)).toBe('paused')
    again.resume()
    expect(await time.run(60_000, () => phaseOf(again) === 'complete')).toBe(true)
  })

  it('is one tab’s: a second one on the link has a copy of its own, says so, and leaves the first one’s alone', async () => {
    const { world, laptop, receiver, time } = await underWay({ bytesPerSecond: 200_000 })
    await time.run(10_000, () => held(receiver) >= 5)
    const second = await receiveAt(laptop, share)
    await time.run(10_000, () => phaseOf(second) === 'ready')
    second.side.download()
    await time.run(1_000)
    expect(second.inspect().keeping).toBe('beside-another-tab')
    expect(receiver.inspect().keeping).toBe('kept')
    expect(await time.run(60_000, () => phaseOf(second) === 'complete' && phaseOf(receiver) === 'complete')).toBe(true)
    second.close()
    await time.run(1_000)
    expect(keepsOriginal(laptop, share)).toBe(true)
    expect(world.tracker.lines.size).toBe(2)
  })

  it('is taken up by a tab that was open beside it, once the other has let go', async () => {
    const { laptop, receiver, time } = await underWay({ bytesPerSecond: 200_000 })
    const second = await receiveAt(laptop, share)
    await time.run(10_000, () => phaseOf(second) === 'ready' && held(receiver) >= 10)
    receiver.close()
    await time.run(1_000)
    const left = laptop.disk.contents.get(id())?.size ?? 0
    second.side.download()
    await time.run(100)
    expect(second.inspect()).toMatchObject({ keeping: 'kept', chunksRestored: left })
    expect(await time.run(60_000, () => phaseOf(second) === 'complete')).toBe(true)
  })

  it('is gone when the person says so, and its claim with it', async () => {
    const { laptop, receiver, time } = await underWay()
    await time.run(60_000, () => phaseOf(receiver) === 'complete')
    await receiver.forget()
    await time.run(1_000)
    const { contents, claimed, transfers, bytes } = laptop.disk
    expect([contents.size, claimed.size, transfers.size, bytes.size]).toEqual([0, 0, 0, 0])
  })

  it('is noted as complete and saved, for the list and for what goes first', async () => {
    const { laptop, receiver, time } = await underWay()
    await time.run(60_000, () => phaseOf(receiver) === 'complete')
    const place = await receiver.side.place()
    expect([place.name, place.content.id]).toEqual(['a.bin', share.content.id])
    receiver.side.saved()
    await time.run(2_000)
    const [record] = await laptop.disk.library().all()
    expect(record).toMatchObject({ stage: 'complete', saved: true, heldBytes: share.bytes.length })
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
    const { sender, receiver, time } = await underWay({ bytesPerSecond: 100_000 })
    await time.run(1_000)
    sender.pause()
    await time.run(5_000)
    const before = held(receiver)
    await time.run(10_000)
    expect(held(receiver)).toBe(before)
    sender.resume()
    expect(await time.run(60_000, () => phaseOf(receiver) === 'complete')).toBe(true)
  })

  it('passes nothing on and fetches nothing while it is paused, and others go on', async () => {
    const { world, receiver, time } = await underWay({ bytesPerSecond: 100_000 })
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
    const { receiver, time } = await underWay({ bytesPerSecond: 1_000_000 })
    receiver.setLimits({ upload: undefined, download: 30_000 })
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
    const { sender, receiver, time } = await underWay({ bytesPerSecond: 1_000_000 })
    sender.setLimits({ upload: 50_000, download: undefined })
    const [startMs, startBytes] = [time.now(), sender.inspect().uploadedBytes]
    await time.run(6_000)
    const perSecond = ((sender.inspect().uploadedBytes - startBytes) / (time.now() - startMs)) * 1000
    expect(perSecond).toBeLessThan(75_000)
    expect(sender.inspect().uploadLimit).toBe(50_000)
    expect(receiver.inspect().secondsLeft).toBeGreaterThan(0)
  })
})

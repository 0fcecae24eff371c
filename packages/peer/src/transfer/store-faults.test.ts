// What a transfer does when its store fails, is emptied or does not answer, in virtual time.
import { beforeAll, describe, expect, it } from 'vitest'
import { keptVanished } from '../stores/store-errors'
import {
  chunksOf,
  keepsOriginal,
  phaseOf,
  receiveAt,
  ServingStore,
  sendFrom,
  type TestReceiver,
  type TestShare,
  testShare,
  underWay,
} from '../testing/test-share'
import { VirtualWorld } from '../testing/virtual-device'

let share: TestShare
beforeAll(async () => {
  share = await testShare()
})

describe('when a store fails', () => {
  it('pauses on a full disk with what is held, says so, and goes on when there is room', async () => {
    const { laptop, receiver, time } = await underWay(share)
    laptop.disk.room = 12
    expect(await time.run(30_000, () => phaseOf(receiver) === 'paused')).toBe(true)
    expect(receiver.inspect().problem).toContain('no space left on this device')
    expect(chunksOf(receiver)).toBe(12)
    await time.run(30_000)
    expect([phaseOf(receiver), chunksOf(receiver)]).toEqual(['paused', 12])
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

describe('when the browser deletes what is kept', () => {
  const everything = (receiver: TestReceiver) => {
    const { phase, fault, problem, chunksHeld, keeping } = receiver.inspect()
    return { phase, fault, problem, chunksHeld, keeping }
  }
  const DELETED = {
    phase: 'paused',
    fault: 'vanished',
    problem: 'The browser has deleted what was kept here. Fetch it again.',
    chunksHeld: 0,
    keeping: undefined,
  }

  it('in mid-download, says so, and goes on from nothing on the same page when the person says so', async () => {
    const { laptop, receiver, sender, time } = await underWay(share, { bytesPerSecond: 200_000 })
    receiver.setLimits({ upload: 7_000_000, download: undefined })
    await time.run(10_000, () => chunksOf(receiver) >= 10)
    laptop.disk.vanish()
    expect(await time.run(5_000, () => phaseOf(receiver) === 'paused')).toBe(true)
    expect(everything(receiver)).toEqual(DELETED)
    await time.run(20_000)
    // It claims no chunk any more, and asks for none.
    expect(sender.inspect().neighbours).toMatchObject([{ chunksHeld: 0, peerInterested: false }])
    expect(everything(receiver)).toEqual(DELETED)

    const before = receiver.inspect().downloadedBytes
    receiver.resume()
    expect(await time.run(60_000, () => phaseOf(receiver) === 'complete')).toBe(true)
    const { downloadedBytes, bytes, uploadLimit } = receiver.inspect()
    expect(everything(receiver)).toMatchObject({ fault: undefined, problem: undefined, keeping: 'kept' })
    await time.run(1)
    expect(receiver.getSnapshot()).not.toHaveProperty('problem')
    expect([keepsOriginal(laptop, share), uploadLimit]).toEqual([true, 7_000_000])
    expect(downloadedBytes).toBeGreaterThanOrEqual(before + bytes)
    // All of it, and what proves it, is there for a later visit.
    receiver.close()
    await time.run(1_000)
    const again = await receiveAt(laptop, share)
    await time.run(10)
    expect(again.inspect()).toMatchObject({ phase: 'complete', chunksRestored: 40 })
  })

  it('once it is complete, hears it from the first to read it, a neighbour or who saves it', async () => {
    const { world, laptop, receiver, sender, time } = await underWay(share)
    await time.run(60_000, () => phaseOf(receiver) === 'complete')
    sender.close()
    laptop.disk.vanish()
    const phone = await receiveAt(world.device('phone'), share)
    await time.run(20_000, () => phaseOf(phone) === 'ready')
    phone.side.download()
    expect(await time.run(5_000, () => phaseOf(receiver) === 'paused')).toBe(true)
    expect(everything(receiver)).toEqual(DELETED)

    sendFrom(world.device('office'), share)
    receiver.resume()
    expect(await time.run(60_000, () => phaseOf(receiver) === 'complete')).toBe(true)
    const { store } = await receiver.side.place()
    laptop.disk.vanish()
    const found = await store.read(0, 0, 1).catch((error) => error)
    await receiver.side.foundFault(store, found)
    expect(everything(receiver)).toEqual(DELETED)
    // News of a place that is no longer the present one changes nothing.
    receiver.resume()
    expect(await time.run(60_000, () => phaseOf(receiver) === 'complete')).toBe(true)
    await receiver.side.foundFault(store, found)
    expect(phaseOf(receiver)).toBe('complete')
  })

  it('waits for somebody who has it, where nobody is there any more', async () => {
    const { world, laptop, receiver, sender, time } = await underWay(share)
    await time.run(60_000, () => phaseOf(receiver) === 'complete')
    sender.close()
    laptop.disk.vanish()
    const { store } = await receiver.side.place()
    await receiver.side.foundFault(store, keptVanished())
    receiver.resume()
    await time.run(30_000)
    expect([phaseOf(receiver), chunksOf(receiver)]).toEqual(['downloading', 0])
    sendFrom(world.device('office'), share)
    expect(await time.run(60_000, () => phaseOf(receiver) === 'complete')).toBe(true)
    expect(keepsOriginal(laptop, share)).toBe(true)
  })
})

describe('when the storage does not answer', () => {
  const SILENT = { phase: 'paused', fault: 'silent', problem: expect.stringContaining('storage does not answer') }

  /** Half of it is here, and no write is answered any more. */
  async function halfWay() {
    const all = await underWay(share, { bytesPerSecond: 200_000 })
    const { laptop, receiver, time } = all
    await time.run(10_000, () => chunksOf(receiver) >= 10)
    laptop.disk.silent.add('write')
    expect(await time.run(15_000, () => phaseOf(receiver) !== 'downloading')).toBe(false)
    expect(await time.run(10_000, () => phaseOf(receiver) === 'paused')).toBe(true)
    expect(receiver.inspect()).toMatchObject(SILENT)
    return all
  }

  it('in mid-download, says so after 20 s, and goes on from what was kept once it answers', async () => {
    const { laptop, receiver, time } = await halfWay()
    laptop.disk.speak()
    await time.run(1_000)
    expect(receiver.inspect()).toMatchObject(SILENT)
    receiver.resume()
    await time.run(1_000)
    expect(receiver.inspect()).toMatchObject({ keeping: 'kept' })
    expect(receiver.inspect().chunksRestored).toBeGreaterThanOrEqual(10)
    expect(await time.run(60_000, () => phaseOf(receiver) === 'complete')).toBe(true)
    expect(keepsOriginal(laptop, share)).toBe(true)
  })

  it('and still does not, goes on in memory, and says why', async () => {
    const { laptop, receiver, time } = await halfWay()
    for (const call of ['get', 'put', 'open'] as const) laptop.disk.silent.add(call)
    receiver.resume()
    expect(await time.run(60_000, () => phaseOf(receiver) === 'complete')).toBe(true)
    expect(receiver.inspect()).toMatchObject({ keeping: 'while-open', notKept: 'silent' })
    expect(receiver.inspect()).not.toHaveProperty('problem')
  })

  it('says before the first click that nothing can be kept', async () => {
    const world = new VirtualWorld()
    sendFrom(world.device('home'), share)
    const laptop = world.device('laptop')
    laptop.disk.silent.add('table')
    let receiver: TestReceiver | undefined
    void receiveAt(laptop, share).then((opened) => (receiver = opened))
    expect(await world.time.run(10_000, () => receiver !== undefined && phaseOf(receiver) === 'ready')).toBe(true)
    expect(receiver?.inspect()).toMatchObject({ notKept: 'silent' })
    receiver?.side.download()
    expect(await world.time.run(60_000, () => receiver !== undefined && phaseOf(receiver) === 'complete')).toBe(true)
  })

  it('reads nothing for a neighbour, says so, and claims to hold nothing', async () => {
    const { world, laptop, receiver, sender, time } = await underWay(share)
    await time.run(60_000, () => phaseOf(receiver) === 'complete')
    sender.close()
    laptop.disk.silent.add('read')
    const phone = await receiveAt(world.device('phone'), share)
    await time.run(20_000, () => phaseOf(phone) === 'ready')
    phone.side.download()
    expect(await time.run(40_000, () => phaseOf(receiver) === 'paused')).toBe(true)
    expect(receiver.inspect()).toMatchObject(SILENT)
    laptop.disk.speak()
    receiver.resume()
    expect(await time.run(60_000, () => phaseOf(phone) === 'complete')).toBe(true)
    expect(receiver.inspect()).toMatchObject({ phase: 'complete', chunksRestored: 40 })
  })
})

describe('a share', () => {
  it('whose files do not answer says so, does not end, and goes on when they do', async () => {
    const world = new VirtualWorld(1, { bytesPerSecond: 100_000 })
    const store = new ServingStore(share)
    const sender = sendFrom(world.device('home'), share, store)
    const receiver = await receiveAt(world.device('laptop'), share)
    await world.time.run(10_000, () => phaseOf(receiver) === 'ready')
    receiver.side.download()
    await world.time.run(2_000)
    const read = store.read.bind(store)
    store.read = () => new Promise(() => {})
    const saysSo = () => sender.inspect().fault === 'silent'
    expect(await world.time.run(60_000, saysSo)).toBe(true)
    expect(sender.inspect()).toMatchObject({
      phase: 'complete',
      problem: expect.stringMatching(/^The files do not answer/),
    })
    store.read = read
    expect(await world.time.run(90_000, () => phaseOf(receiver) === 'complete')).toBe(true)
    await world.time.run(2_000)
    expect(sender.getSnapshot()).not.toHaveProperty('problem')
  })

  it('whose parts fail one after the other tells of the first', async () => {
    const world = new VirtualWorld(1)
    const store = new ServingStore(share)
    let failures = 0
    const sender = sendFrom(world.device('home'), share, store)
    const receivers = await Promise.all(
      ['laptop', 'phone', 'tablet'].map((name) => receiveAt(world.device(name), share)),
    )
    await world.time.run(10_000, () => receivers.every((receiver) => phaseOf(receiver) === 'ready'))
    store.read = async () => {
      await new Promise((resolve) => world.time.after(100, () => resolve(undefined)))
      throw new Error(`“${++failures}.bin” changed on disk after it was shared.`)
    }
    for (const receiver of receivers) receiver.side.download()
    await world.time.run(5_000)
    expect(failures).toBeGreaterThan(1)
    expect(sender.inspect().problem).toContain('“1.bin”')
  })
})

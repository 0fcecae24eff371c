// What a transfer keeps, and what it does when its store fails, in virtual time.
import { formatLinkId } from '@swarmdrop/core'
import { beforeAll, describe, expect, it } from 'vitest'
import { Records } from '../library/records'
import { TransferLog } from '../library/transfer-log'
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
const id = () => formatLinkId(share.content.id)

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

  it('once it is complete, hears it from whoever reads it first, a neighbour or who saves it', async () => {
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

describe('what is kept', () => {
  it('is noted as paused where it was paused while its place was opened', async () => {
    const world = new VirtualWorld(1, { bytesPerSecond: 200_000 })
    sendFrom(world.device('home'), share)
    const laptop = world.device('laptop')
    laptop.disk.opensInMs = 2_000
    const receiver = await receiveAt(laptop, share)
    await world.time.run(10_000, () => phaseOf(receiver) === 'ready')
    receiver.side.download()
    await world.time.run(500)
    receiver.pause()
    await world.time.run(5_000)
    const [record] = await laptop.disk.library().all()
    expect(record).toMatchObject({ stage: 'paused' })
    expect(phaseOf(receiver)).toBe('paused')
  })

  it('is written down no more once it was let go of, or forgotten', async () => {
    const { laptop, receiver, time } = await underWay(share)
    await time.run(60_000, () => phaseOf(receiver) === 'complete')
    const [record] = await laptop.disk.library().all()
    if (record?.role !== 'receiver') throw new Error('nothing is kept')
    receiver.close()
    const { table } = laptop.disk
    for (const end of ['close', 'forget'] as const) {
      const log = new TransferLog(new Records(table), record, time)
      await log[end]()
      const before = [structuredClone([...laptop.disk.transfers]), laptop.disk.bytes.size]
      log.note({ stage: 'paused' })
      log.note({ heldBytes: 1 })
      log.page(7, new Uint8Array(1))
      await time.run(5_000)
      expect([[...laptop.disk.transfers], laptop.disk.bytes.size], end).toEqual(before)
    }
  })

  it('goes on by itself after a reload in the middle, from every chunk that is proved', async () => {
    const { world, laptop, receiver, time } = await underWay(share, { bytesPerSecond: 200_000 })
    await time.run(10_000, () => chunksOf(receiver) >= 15)
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
    const { laptop, receiver, time } = await underWay(share, { bytesPerSecond: 200_000 })
    await time.run(10_000, () => chunksOf(receiver) >= 5)
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
    const { world, laptop, receiver, time } = await underWay(share, { bytesPerSecond: 200_000 })
    await time.run(10_000, () => chunksOf(receiver) >= 5)
    const second = await receiveAt(laptop, share)
    await time.run(10_000, () => phaseOf(second) === 'ready')
    second.side.download()
    await time.run(1_000)
    expect(second.inspect().keeping).toBe('beside-another-tab')
    expect(receiver.inspect().keeping).toBe('kept')
    expect(await time.run(60_000, () => phaseOf(second) === 'complete' && phaseOf(receiver) === 'complete')).toBe(true)
    laptop.disk.room = 0
    second.close()
    await time.run(1_000)
    // Its copy goes with it.
    expect(laptop.disk.room).toBe(share.content.layout.chunkCount)
    expect(keepsOriginal(laptop, share)).toBe(true)
    expect(world.tracker.lines.size).toBe(2)
  })

  it('is taken up by a tab that was open beside it, once the other has let go', async () => {
    const { laptop, receiver, time } = await underWay(share, { bytesPerSecond: 200_000 })
    const second = await receiveAt(laptop, share)
    await time.run(10_000, () => phaseOf(second) === 'ready' && chunksOf(receiver) >= 10)
    receiver.close()
    await time.run(1_000)
    const left = laptop.disk.contents.get(id())?.size ?? 0
    second.side.download()
    await time.run(100)
    expect(second.inspect()).toMatchObject({ keeping: 'kept', chunksRestored: left })
    expect(await time.run(60_000, () => phaseOf(second) === 'complete')).toBe(true)
  })

  it('is gone when the person says so, and its claim with it', async () => {
    const { laptop, receiver, time } = await underWay(share)
    await time.run(60_000, () => phaseOf(receiver) === 'complete')
    await receiver.forget()
    await time.run(1_000)
    const { contents, claimed, transfers, bytes } = laptop.disk
    expect([contents.size, claimed.size, transfers.size, bytes.size]).toEqual([0, 0, 0, 0])
  })

  it('is noted as complete, and as handed over or saved, for the list and for what goes first', async () => {
    const { laptop, receiver, time } = await underWay(share)
    await time.run(60_000, () => phaseOf(receiver) === 'complete')
    const place = await receiver.side.place()
    expect([place.name, place.content.id]).toEqual(['a.bin', share.content.id])
    expect(receiver.inspect()).not.toHaveProperty('saved')
    const noted = async () => {
      await time.run(2_000)
      const [record] = await laptop.disk.library().all()
      return record?.role === 'receiver' && [record.stage, record.heldBytes, record.handedOver, record.saved]
    }
    receiver.side.handedOver()
    expect(receiver.inspect().saved).toBe('handed-over')
    expect(await noted()).toEqual(['complete', share.bytes.length, true, false])
    receiver.close()
    await time.run(1_000)
    const again = await receiveAt(laptop, share)
    expect(again.inspect().saved).toBe('handed-over')
    again.side.saved()
    expect(again.inspect().saved).toBe('saved')
    expect(await noted()).toEqual(['complete', share.bytes.length, true, true])
    // Handed over once more, it is still saved.
    again.side.handedOver()
    expect(again.inspect().saved).toBe('saved')
  })

  it('and was handed to the browser makes room for another only if the person agrees', async () => {
    const other = await testShare({ chunks: 3, seed: 11 })
    const { world, laptop, receiver, time } = await underWay(share)
    await time.run(60_000, () => phaseOf(receiver) === 'complete')
    receiver.side.handedOver()
    receiver.close()
    laptop.disk.room = 0
    sendFrom(world.device('office'), other)
    const second = await receiveAt(laptop, other)
    await time.run(10_000, () => phaseOf(second) === 'ready')
    await second.side.makeRoom()
    second.side.download()
    await time.run(10_000)
    const asked = () => {
      const { phase, fault, couldGo } = second.inspect()
      return { phase, fault, couldGo }
    }
    const couldGo = [{ name: 'a.bin', bytes: share.bytes.length }]
    expect(asked()).toEqual({ phase: 'failed', fault: 'no-space', couldGo })
    expect(keepsOriginal(laptop, share)).toBe(true)
    void second.side.makeRoom()
    expect(await time.run(60_000, () => phaseOf(second) === 'complete')).toBe(true)
    expect([keepsOriginal(laptop, share), keepsOriginal(laptop, other)]).toEqual([false, true])
    expect(second.inspect()).not.toHaveProperty('couldGo')
  })

  it('and was handed to the browser makes room for another that has filled the disk half-way, likewise', async () => {
    const other = await testShare({ chunks: 20, seed: 12 })
    const { world, laptop, receiver, time } = await underWay(share)
    await time.run(60_000, () => phaseOf(receiver) === 'complete')
    receiver.side.handedOver()
    laptop.disk.room = 7
    sendFrom(world.device('office'), other)
    const second = await receiveAt(laptop, other)
    await time.run(10_000, () => phaseOf(second) === 'ready')
    second.side.download()
    expect(await time.run(10_000, () => second.inspect().couldGo !== undefined)).toBe(true)
    expect([phaseOf(second), chunksOf(second), keepsOriginal(laptop, share)]).toEqual(['paused', 7, true])
    // It is open in another tab.
    await second.side.makeRoom()
    expect(second.inspect()).toMatchObject({ phase: 'paused', problem: expect.stringContaining('open in another tab') })
    receiver.close()
    second.resume()
    expect(await time.run(10_000, () => second.inspect().couldGo !== undefined)).toBe(true)
    void second.side.makeRoom()
    expect(await time.run(60_000, () => phaseOf(second) === 'complete')).toBe(true)
    expect([keepsOriginal(laptop, share), keepsOriginal(laptop, other)]).toEqual([false, true])
  })
})

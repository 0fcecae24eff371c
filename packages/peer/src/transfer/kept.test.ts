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
    problem: 'What was kept here has been deleted by the browser. Fetch it again.',
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

describe('a share', () => {
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

  it('is noted as complete and saved, for the list and for what goes first', async () => {
    const { laptop, receiver, time } = await underWay(share)
    await time.run(60_000, () => phaseOf(receiver) === 'complete')
    const place = await receiver.side.place()
    expect([place.name, place.content.id]).toEqual(['a.bin', share.content.id])
    receiver.side.saved()
    await time.run(2_000)
    const [record] = await laptop.disk.library().all()
    expect(record).toMatchObject({ stage: 'complete', saved: true, heldBytes: share.bytes.length })
  })
})

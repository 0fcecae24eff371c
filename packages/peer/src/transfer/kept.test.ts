// What a transfer keeps beyond its page, in virtual time.
import { formatLinkId } from '@swarmdrop/core'
import { beforeAll, describe, expect, it } from 'vitest'
import { Records } from '../library/records'
import { TransferLog } from '../library/transfer-log'
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
const id = () => formatLinkId(share.content.id)

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

  it('is taken up by a tab that was open next to it, once the other has let go', async () => {
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

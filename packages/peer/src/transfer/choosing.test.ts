// Who chooses files: what is fetched, what space it asks for, what a later visit finds, and what others see of it. In
// virtual time.
import { Bitfield, formatLinkId, StoreError } from '@swarmdrop/core'
import { beforeAll, describe, expect, it } from 'vitest'
import {
  chunksOf,
  keepsOriginal,
  phaseOf,
  receiveAt,
  sendFrom,
  type TestReceiver,
  type TestShare,
  testShare,
} from '../testing/test-share'
import { VirtualWorld } from '../testing/virtual-device'

const FILES = 100
const FIVE = [3, 20, 21, 70, 99]
let share: TestShare
beforeAll(async () => {
  share = await testShare({ chunks: 200, chunkBytes: 4_096, files: FILES })
})

const files = (...chosen: number[]): Bitfield => {
  const bits = new Bitfield(FILES)
  for (const file of chosen) bits.set(file)
  return bits
}
const wholeFiles = (receiver: TestReceiver): number[] =>
  Array.from({ length: FILES }, (_, file) => file).filter((file) => receiver.side.isWhole(file))
/** Files share chunks at their borders. */
const chunksOfFive = () => {
  const { layout, manifest } = share.content
  const needed = new Set<number>()
  let start = 0
  for (const [file, { bytes }] of manifest.files.entries()) {
    if (FIVE.includes(file))
      for (let at = start; at < start + bytes; at++) needed.add(Math.floor(at / layout.chunkBytes))
    start += bytes
  }
  return needed.size
}

/** A receiver at the link, before Download. */
async function atTheLink(quality: { bytesPerSecond?: number } = {}) {
  const world = new VirtualWorld(1, quality)
  const sender = sendFrom(world.device('home'), share)
  const laptop = world.device('laptop')
  const receiver = await receiveAt(laptop, share)
  await world.time.run(10_000, () => phaseOf(receiver) === 'ready')
  return { world, sender, laptop, receiver, time: world.time }
}

describe('choosing files', () => {
  it('fetches what is chosen before Download, and is complete with it', async () => {
    const { receiver, sender, laptop, time } = await atTheLink()
    expect(receiver.inspect()).toMatchObject({ filesChosen: FILES, chunksChosen: 200, bytesChosen: share.bytes.length })
    await receiver.side.choose(files(...FIVE))
    const chosen = chunksOfFive()
    expect(receiver.inspect()).toMatchObject({ phase: 'ready', filesChosen: 5, chunksChosen: chosen })
    receiver.side.download()
    expect(await time.run(60_000, () => phaseOf(receiver) === 'complete')).toBe(true)
    expect([chunksOf(receiver), sender.inspect().uploadedBytes]).toEqual([chosen, receiver.inspect().bytesChosen])
    expect(wholeFiles(receiver)).toEqual(expect.arrayContaining(FIVE))
    expect(wholeFiles(receiver).length).toBeLessThan(10)
    await time.run(1_000)
    // Others see it as done with what it wants, and not as stuck at a tenth.
    const [person] = sender.inspect().neighbours
    expect(person).toMatchObject({ complete: false, chunksHeld: chosen, chunksChosen: chosen, peerInterested: false })
    expect(sender.inspect().distribution).toMatchObject({ phase: 'waiting', count: 0 })
    expect(laptop.disk.contents.get(formatLinkId(share.content.id))?.size).toBe(chosen)
  })

  it('does not take for saved what was chosen while other files were written', async () => {
    const { receiver, time } = await atTheLink()
    await receiver.side.choose(files(3))
    receiver.side.download()
    await time.run(60_000, () => phaseOf(receiver) === 'complete')
    const { chosen } = await receiver.side.place()
    await receiver.side.choose(files(3, 50))
    await time.run(60_000, () => phaseOf(receiver) === 'complete')
    receiver.side.saved(chosen)
    receiver.side.handedOver(chosen)
    expect(receiver.inspect()).not.toHaveProperty('saved')
    receiver.side.handedOver((await receiver.side.place()).chosen)
    expect(receiver.inspect().saved).toBe('handed-over')
    await receiver.side.choose(Bitfield.full(FILES))
    await time.run(60_000, () => phaseOf(receiver) === 'complete')
    receiver.side.saved(files(3, 50))
    expect(receiver.inspect()).not.toHaveProperty('saved')
  })

  it('on a full disk, is complete and serves when no more is chosen than is here', async () => {
    const { receiver, time } = await atTheLink({ bytesPerSecond: 100_000 })
    receiver.side.download()
    await time.run(60_000, () => receiver.side.isWhole(0) && receiver.side.isWhole(1))
    receiver.side.storeFailed(new StoreError('no-space', 'full'))
    expect(receiver.inspect()).toMatchObject({ phase: 'paused', problem: 'full' })
    await receiver.side.choose(files(0))
    await time.run(1_000)
    expect(phaseOf(receiver)).toBe('complete')
    expect(receiver.inspect()).not.toHaveProperty('problem')
  })

  it('goes on with more, and with all, after it was complete, and what was saved before is no longer all', async () => {
    const { receiver, laptop, time } = await atTheLink()
    await receiver.side.choose(files(...FIVE))
    receiver.side.download()
    await time.run(60_000, () => phaseOf(receiver) === 'complete')
    receiver.side.saved()
    await receiver.side.choose(files(3, 20))
    expect(receiver.inspect()).toMatchObject({ phase: 'complete', saved: 'saved', filesChosen: 2 })
    await receiver.side.choose(files(3, 20, 50))
    expect(receiver.inspect()).toMatchObject({ phase: 'downloading', filesChosen: 3 })
    expect(receiver.inspect()).not.toHaveProperty('saved')
    expect(await time.run(60_000, () => phaseOf(receiver) === 'complete')).toBe(true)
    expect(receiver.side.isWhole(50)).toBe(true)
    await receiver.side.choose(Bitfield.full(FILES))
    expect(await time.run(60_000, () => phaseOf(receiver) === 'complete')).toBe(true)
    expect(keepsOriginal(laptop, share)).toBe(true)
    expect(receiver.inspect().distribution).toMatchObject({ phase: 'done', count: 1 })
  })

  it('lets one file be saved as soon as it is whole, while others come', async () => {
    const { receiver, time } = await atTheLink({ bytesPerSecond: 100_000 })
    receiver.side.download()
    expect(await time.run(60_000, () => wholeFiles(receiver).length >= 10)).toBe(true)
    expect(phaseOf(receiver)).toBe('downloading')
    const [file = 0] = wholeFiles(receiver)
    const { store, content } = await receiver.side.place()
    const start = content.manifest.files.slice(0, file).reduce((sum, { bytes }) => sum + bytes, 0)
    const { chunkBytes } = content.layout
    const chunk = Math.floor(start / chunkBytes)
    const read = await store.read(chunk, start % chunkBytes, 10)
    expect(read).toEqual(share.bytes.slice(start, start + read.length))
  })

  it('fetches no more of what is chosen no longer, in mid-download', async () => {
    const { receiver, time } = await atTheLink({ bytesPerSecond: 100_000 })
    receiver.side.download()
    await time.run(60_000, () => chunksOf(receiver) > 20)
    await receiver.side.choose(files(0))
    expect(await time.run(5_000, () => phaseOf(receiver) === 'complete')).toBe(true)
    const held = chunksOf(receiver)
    expect(held).toBeLessThan(40)
    await time.run(20_000)
    expect(receiver.inspect()).toMatchObject({ phase: 'complete', chunksHeld: held, chunksChosen: held })
    await receiver.side.choose(files())
    expect(receiver.inspect()).toMatchObject({ phase: 'complete', filesChosen: 1 })
  })

  it('asks for the space of what is chosen, and for more when more is: where there is none, all stays as it was', async () => {
    const { receiver, laptop, time } = await atTheLink()
    laptop.disk.roomBytes = 30 * 4_096
    await receiver.side.choose(files(...FIVE))
    receiver.side.download()
    expect(await time.run(60_000, () => phaseOf(receiver) === 'complete')).toBe(true)
    const [record] = await laptop.disk.library().all()
    expect(record).toMatchObject({ placed: { bytes: receiver.inspect().bytesChosen }, bytes: share.bytes.length })
    await receiver.side.choose(Bitfield.full(FILES))
    expect(receiver.inspect()).toMatchObject({
      phase: 'complete',
      filesChosen: 5,
      problem: 'There is not enough space on this device.',
    })
    await receiver.side.choose(files(...FIVE, 50))
    expect(receiver.inspect()).toMatchObject({ phase: 'downloading', filesChosen: 6 })
    expect(receiver.inspect()).not.toHaveProperty('problem')
    expect(await time.run(60_000, () => phaseOf(receiver) === 'complete')).toBe(true)
  })

  it('does not begin where nothing is chosen', async () => {
    const { receiver, time } = await atTheLink()
    await receiver.side.choose(files())
    receiver.side.download()
    await time.run(5_000)
    expect(receiver.inspect()).toMatchObject({ phase: 'ready', filesChosen: 0, chunksHeld: 0 })
    await receiver.side.choose(files(1))
    receiver.side.download()
    expect(await time.run(60_000, () => phaseOf(receiver) === 'complete')).toBe(true)
  })

  it('is kept over a reload, in the middle and when it is complete, and goes on with more', async () => {
    const { receiver, laptop, time } = await atTheLink({ bytesPerSecond: 20_000 })
    await receiver.side.choose(files(...FIVE))
    receiver.side.download()
    await time.run(60_000, () => chunksOf(receiver) >= 3)
    await receiver.side.choose(files(...FIVE, 50))
    receiver.close()
    await time.run(1_000)
    const again = await receiveAt(laptop, share)
    await time.run(10)
    expect(again.inspect()).toMatchObject({ phase: 'downloading', filesChosen: 6 })
    expect(again.inspect().chunksRestored).toBeGreaterThanOrEqual(3)
    expect(await time.run(60_000, () => phaseOf(again) === 'complete')).toBe(true)
    await time.run(2_000)
    expect((await laptop.disk.library().all())[0]).toMatchObject({ stage: 'complete' })
    again.close()
    await time.run(1_000)
    const third = await receiveAt(laptop, share)
    await time.run(1_000)
    expect(third.inspect()).toMatchObject({ phase: 'complete', filesChosen: 6 })
    expect([...(third.side.chosenFiles?.indices() ?? [])]).toEqual([3, 20, 21, 50, 70, 99])
    await third.side.choose(Bitfield.full(FILES))
    expect(await time.run(120_000, () => phaseOf(third) === 'complete')).toBe(true)
    expect(keepsOriginal(laptop, share)).toBe(true)
    await time.run(2_000)
    const [record] = await laptop.disk.library().all()
    expect(record).toMatchObject({ stage: 'complete', chosen: undefined, placed: { bytes: 200 * 4_096 } })
  })

  it('stays as it is when the browser has deleted what was kept', async () => {
    const { receiver, laptop, time } = await atTheLink({ bytesPerSecond: 20_000 })
    await receiver.side.choose(files(...FIVE))
    receiver.side.download()
    await time.run(60_000, () => chunksOf(receiver) >= 3)
    laptop.disk.vanish()
    expect(await time.run(20_000, () => phaseOf(receiver) === 'paused')).toBe(true)
    expect(receiver.inspect()).toMatchObject({ fault: 'vanished', filesChosen: 5, chunksHeld: 0 })
    receiver.resume()
    expect(await time.run(60_000, () => phaseOf(receiver) === 'complete')).toBe(true)
    expect(receiver.inspect()).toMatchObject({ filesChosen: 5, chunksHeld: chunksOfFive() })
  })

  it('takes the last of many quick choices, while its place is opened', async () => {
    const { receiver, laptop, time } = await atTheLink()
    laptop.disk.opensInMs = 1_000
    await receiver.side.choose(files(1))
    receiver.side.download()
    await time.run(100)
    for (let file = 2; file < 9; file++) void receiver.side.choose(files(1, file))
    expect(receiver.inspect()).toMatchObject({ filesChosen: 2 })
    expect(await time.run(60_000, () => receiver.side.isWhole(8) && phaseOf(receiver) === 'complete')).toBe(true)
    expect([...(receiver.side.chosenFiles?.indices() ?? [])]).toEqual([1, 8])
  })

  it('[DONE-3] 5 of 100 by one, all by another, the sender leaves once they hold all: both get theirs', async () => {
    const { world, receiver, sender, laptop, time } = await atTheLink({ bytesPerSecond: 100_000 })
    const phone = world.device('phone')
    const whole = await receiveAt(phone, share)
    await time.run(10_000, () => phaseOf(whole) === 'ready')
    await receiver.side.choose(files(...FIVE))
    receiver.side.download()
    whole.side.download()
    const held = () => {
      const maps = [receiver.chunkMap()?.state, whole.chunkMap()?.state]
      return Array.from({ length: 200 }, (_, chunk) => maps.some((map) => map?.[chunk] === 2)).every(Boolean)
    }
    expect(await time.run(120_000, held)).toBe(true)
    sender.close()
    expect(await time.run(60_000, () => phaseOf(whole) === 'complete' && phaseOf(receiver) === 'complete')).toBe(true)
    expect(keepsOriginal(phone, share)).toBe(true)
    expect(laptop.disk.contents.get(formatLinkId(share.content.id))?.size).toBe(chunksOfFive())
    expect(receiver.inspect().uploadedBytes).toBeGreaterThan(0)
  })
})

// What a later page finds marked, however this one ends; in virtual time.
import { beforeEach, describe, expect, it } from 'vitest'
import { FakeHandle } from '../testing/fake-handle'
import { VirtualTime } from '../testing/virtual-time'
import { HeldMarks } from './held-marks'

describe('marks of held chunks', () => {
  let disk: FakeHandle
  let time: VirtualTime
  beforeEach(() => {
    time = new VirtualTime()
    disk = new FakeHandle()
  })

  /** What a page finds that opens the file as it is now on the disk. */
  const found = (size = 100) => {
    const marks = new HeldMarks(disk.copy(), size, time)
    return Array.from({ length: size }, (_, chunk) => chunk).filter((chunk) => marks.has(chunk))
  }

  it('are on the disk 50 ms after the last one', () => {
    const marks = new HeldMarks(disk, 100, time)
    marks.set(3)
    marks.set(99)
    expect(found()).toEqual([])
    time.pass(50)
    expect(found()).toEqual([3, 99])
  })

  it('are on the disk at once after sixteen: 4 MiB are the most that a page can lose', () => {
    const marks = new HeldMarks(disk, 100, time)
    for (let chunk = 0; chunk < 20; chunk++) marks.set(chunk)
    expect(found()).toHaveLength(16)
    marks.close()
    expect(found()).toHaveLength(20)
  })

  it('go when their chunk turns out to be torn', () => {
    const marks = new HeldMarks(disk, 100, time)
    marks.set(3)
    marks.set(4)
    marks.clear(3)
    marks.close()
    expect(found()).toEqual([4])
  })

  it('are none where the file is of another length, or has bits behind the last chunk', () => {
    new HeldMarks(disk, 100, time).close()
    disk.bytes.fill(0xff)
    expect(found()).toEqual([])
    expect(found(8)).toEqual([])
  })

  it('are tried again with the next one where the disk refuses', () => {
    const marks = new HeldMarks(disk, 100, time)
    disk.refuse = new DOMException('No space.', 'QuotaExceededError')
    marks.set(3)
    time.pass(50)
    disk.refuse = undefined
    marks.set(4)
    time.pass(50)
    expect(found()).toEqual([3, 4])
  })
})

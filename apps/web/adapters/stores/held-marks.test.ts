// What a later page finds marked, however this one ends; in virtual time.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { HeldMarks } from './held-marks'
import { FakeHandle } from './testing/fake-handle'

describe('marks of held chunks', () => {
  let disk: FakeHandle
  beforeEach(() => {
    vi.useFakeTimers()
    disk = new FakeHandle()
  })
  afterEach(() => void vi.useRealTimers())

  /** What a page finds that opens the file as it is now on the disk. */
  const found = (size = 100) => {
    const marks = new HeldMarks(disk.copy(), size)
    return Array.from({ length: size }, (_, chunk) => chunk).filter((chunk) => marks.has(chunk))
  }

  it('are on the disk 50 ms after the last one', () => {
    const marks = new HeldMarks(disk, 100)
    marks.set(3)
    marks.set(99)
    expect(found()).toEqual([])
    vi.advanceTimersByTime(50)
    expect(found()).toEqual([3, 99])
  })

  it('are on the disk at once after sixteen: 4 MiB are the most that a page can lose', () => {
    const marks = new HeldMarks(disk, 100)
    for (let chunk = 0; chunk < 20; chunk++) marks.set(chunk)
    expect(found()).toHaveLength(16)
    marks.close()
    expect(found()).toHaveLength(20)
  })

  it('go when their chunk turns out to be torn', () => {
    const marks = new HeldMarks(disk, 100)
    marks.set(3)
    marks.set(4)
    marks.clear(3)
    marks.close()
    expect(found()).toEqual([4])
  })

  it('are none where the file is of another length, or has bits behind the last chunk', () => {
    new HeldMarks(disk, 100).close()
    disk.bytes.fill(0xff)
    expect(found()).toEqual([])
    expect(found(8)).toEqual([])
  })

  it('are tried again with the next one where the disk refuses', () => {
    const marks = new HeldMarks(disk, 100)
    disk.refuse = new DOMException('No space.', 'QuotaExceededError')
    marks.set(3)
    vi.advanceTimersByTime(50)
    disk.refuse = undefined
    marks.set(4)
    vi.advanceTimersByTime(50)
    expect(found()).toEqual([3, 4])
  })
})

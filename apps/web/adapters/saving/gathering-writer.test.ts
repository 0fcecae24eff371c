// Small pieces become few writes, and nothing is lost or misplaced.
import { describe, expect, it } from 'vitest'
import { GatheringWriter } from './gathering-writer'

const MIB = 1_048_576

/** A file in memory, which takes at most `capacity` bytes. */
function fileOf(capacity: number) {
  const file = { bytes: new Uint8Array(capacity), writes: 0 }
  const write = (from: Uint8Array, { at }: { at: number }) => {
    const fitting = from.subarray(0, Math.max(0, capacity - at))
    file.bytes.set(fitting, at)
    file.writes++
    return fitting.length
  }
  return { file, writer: new GatheringWriter({ write }) }
}

describe('a gathering writer', () => {
  it('writes ten thousand small pieces at once, in their order', () => {
    const { file, writer } = fileOf(40_000)
    for (let at = 0; at < 10_000; at++) writer.write(new Uint8Array(4).fill(at % 251))
    writer.flush()
    expect(file.bytes).toEqual(Uint8Array.from({ length: 40_000 }, (_, at) => Math.floor(at / 4) % 251))
    expect(file.writes).toBe(1)
  })

  it('keeps the order around a piece that is larger than what it gathers', () => {
    const { file, writer } = fileOf(2 * MIB + 2)
    writer.write(Uint8Array.of(1))
    writer.write(new Uint8Array(2 * MIB).fill(2))
    writer.write(Uint8Array.of(3))
    writer.flush()
    expect([file.bytes[0], file.bytes[1], file.bytes[2 * MIB], file.bytes[2 * MIB + 1]]).toEqual([1, 2, 2, 3])
  })

  it('says when there is no space left', () => {
    const { writer } = fileOf(10)
    writer.write(new Uint8Array(11))
    expect(() => writer.flush()).toThrow(/no space left/)
  })
})

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { MAX_CHUNKS, MAX_MANIFEST_BYTES } from '../content/index'
import { anyMessage } from '../testing/arbitraries'
import { sameBytes, seededRandom } from '../testing/test-content'
import { type Decoded, decodeMessage, encodedLength, encodeMessage, MAX_FRAME_BYTES } from './codec'
import { MAX_BLOCK_BYTES, MAX_REPORTED_MS, type Message } from './messages'

const numbers = (...values: number[]) => values.flatMap((n) => [n >>> 24, (n >>> 16) & 255, (n >>> 8) & 255, n & 255])
const frame = (tag: number, ...values: number[]) => Uint8Array.from([tag, ...numbers(...values)])

/** What of a message lies in the frame rather than in numbers. */
const viewsOf = (message: Message): Uint8Array[] =>
  'data' in message ? [message.data] : 'bits' in message ? [message.bits] : []

/** Decoded without throwing, and made of nothing but views of the frame; or refused with a reason. */
function expectSound(bytes: Uint8Array, decoded: Decoded): void {
  if (!decoded.ok) {
    expect(decoded.reason).not.toBe('')
    return
  }
  for (const view of viewsOf(decoded.message)) {
    expect(view.buffer).toBe(bytes.buffer)
    expect(view.byteOffset).toBeGreaterThanOrEqual(bytes.byteOffset)
    expect(view.byteOffset + view.length).toBeLessThanOrEqual(bytes.byteOffset + bytes.length)
  }
  expect(sameBytes(encodeMessage(decoded.message), bytes), 'one message has one frame').toBe(true)
}

describe('codec', () => {
  it('[WIRE-1] decodes what it encodes', () => {
    fc.assert(
      fc.property(anyMessage, (message) => {
        expect(decodeMessage(encodeMessage(message))).toEqual({ ok: true, message })
      }),
    )
  })

  it('[WIRE-1] knows the length of a frame without making it', () => {
    fc.assert(fc.property(anyMessage, (message) => encodedLength(message) === encodeMessage(message).length))
  })

  it('[WIRE-1] writes the tag, then numbers in big endian, then the rest', () => {
    const request = encodeMessage({ type: 'request', chunk: 1, offset: 65_536, length: 0x01020304 })
    expect([...request]).toEqual([7, 0, 0, 0, 1, 0, 1, 0, 0, 1, 2, 3, 4])
    const block = encodeMessage({ type: 'block', chunk: 2, offset: 3, data: Uint8Array.of(9, 8) })
    expect([...block]).toEqual([9, 0, 0, 0, 2, 0, 0, 0, 3, 9, 8])
    expect([...encodeMessage({ type: 'keep-alive' })]).toEqual([14])
  })

  it('[WIRE-2] never throws at random bytes, and takes nothing but views of them', () => {
    const anyTag = fc.integer({ min: 0, max: 255 })
    const anyLength = fc.oneof(fc.integer({ min: 0, max: 40 }), fc.integer({ min: 0, max: 300_000 }))
    fc.assert(
      fc.property(anyTag, anyLength, fc.integer(), (tag, length, fill) => {
        const bytes = new Uint8Array(length).fill(fill)
        if (length > 0) bytes[0] = tag
        expectSound(bytes, decodeMessage(bytes))
      }),
      { numRuns: 200 },
    )
    fc.assert(fc.property(fc.uint8Array({ maxLength: 64 }), (bytes) => expectSound(bytes, decodeMessage(bytes))))
  })

  it('[WIRE-2] decodes or refuses a frame with bytes changed, cut off or added', () => {
    fc.assert(
      fc.property(
        anyMessage,
        fc.nat(),
        fc.integer({ min: 0, max: 255 }),
        fc.nat(),
        fc.uint8Array({ maxLength: 8 }),
        (message, at, byte, cut, added) => {
          const whole = encodeMessage(message)
          const changed = whole.slice()
          changed[at % whole.length] = byte
          expectSound(changed, decodeMessage(changed))
          const short = whole.subarray(0, cut % whole.length)
          expectSound(short, decodeMessage(short))
          const long = Uint8Array.from([...whole, ...added])
          expectSound(long, decodeMessage(long))
        },
      ),
      { numRuns: 300 },
    )
  })

  it('[WIRE-2] reads a frame that lies within a larger buffer', () => {
    const buffer = Uint8Array.from([255, 255, ...encodeMessage({ type: 'have', chunk: 7 }), 255])
    expect(decodeMessage(buffer.subarray(2, 7))).toEqual({ ok: true, message: { type: 'have', chunk: 7 } })
  })

  it('[WIRE-3] takes the longest block and the longest bitfield, and nothing longer', () => {
    expect(decodeMessage(new Uint8Array(MAX_FRAME_BYTES).fill(9, 0, 1)).ok).toBe(true)
    expect(decodeMessage(new Uint8Array(MAX_FRAME_BYTES + 1).fill(9, 0, 1)).ok).toBe(false)
    const bits = new Uint8Array(MAX_CHUNKS / 8)
    const longest = encodeMessage({ type: 'bitfield', manifestBytes: MAX_MANIFEST_BYTES, chunkCount: MAX_CHUNKS, bits })
    expect(longest.length).toBe(MAX_FRAME_BYTES)
    expect(decodeMessage(longest).ok).toBe(true)
    expect(MAX_FRAME_BYTES).toBeLessThan(262_144)
  })

  it('[WIRE-3] takes or refuses frames of every length from 0 to 300,000, of random bytes and of every kind, without a throw', () => {
    const random = seededRandom(5)
    const bytes = Uint8Array.from({ length: 300_000 }, () => Math.floor(random() * 256))
    const wrong: number[] = []
    for (let length = 0; length <= bytes.length; length++) {
      bytes[0] = length % 20
      const decoded = decodeMessage(bytes.subarray(0, length))
      if (decoded.ok ? encodedLength(decoded.message) !== length || length > MAX_FRAME_BYTES : decoded.reason === '')
        wrong.push(length)
    }
    expect(wrong).toEqual([])
  })

  it.each([
    ['no bytes at all', new Uint8Array(0)],
    ['an unknown kind', frame(16)],
    ['a hello with a byte too many', Uint8Array.from([...frame(0, 1), 0])],
    ['a have cut off', frame(2, 1).subarray(0, 4)],
    ['an interested with a body', frame(3, 1)],
    ['a request of no bytes', frame(7, 0, 0, 0)],
    ['a request of more than a block', frame(7, 0, 0, MAX_BLOCK_BYTES + 1)],
    ['a metadata request of no bytes', frame(11, 0, 0, 0)],
    ['a metadata request of more than a block', frame(11, 0, 0, MAX_BLOCK_BYTES + 1)],
    ['a block without data', frame(9, 0, 0)],
    ['a metadata block without data', frame(12, 0, 0)],
    ['a bitfield of a manifest of no bytes', frame(1, 0, 0)],
    ['a bitfield of a manifest over 4 MiB', frame(1, MAX_MANIFEST_BYTES + 1, 0)],
    ['a bitfield shorter than its number of chunks', frame(1, 1, 33).subarray(0, 9)],
    ['a report cut off', frame(15, 0, 0, 0, 0, 0)],
    ['a report of an unknown stage', frame(15, 3, 0, 0, 0, 0, 0)],
    ['a report of more than seven days', frame(15, 1, MAX_REPORTED_MS + 1, 0, 0, 0, 0)],
    ['a report of a server that has started', frame(15, 0, 1, 0, 0, 0, 0)],
    ['a report of a time that it took before it is complete', frame(15, 1, 2, 1, 0, 0, 0)],
    ['a report that was complete before it began', frame(15, 2, 1, 2, 0, 0, 0)],
    ['a report with a fifth flag', frame(15, 0, 0, 0, 0, 0, 16)],
    ['a bitfield of more chunks than there may be', Uint8Array.from([...frame(1, 1, 0xffff_ffff), 0, 0])],
  ])('[WIRE-3] refuses %s', (_what, bytes) => {
    expect(decodeMessage(bytes)).toEqual({ ok: false, reason: expect.stringMatching(/^an? /) })
  })
})

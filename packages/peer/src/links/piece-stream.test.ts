import { describe, expect, it } from 'vitest'
import { FrameCutter, FrameJoiner } from './piece-stream'

const frames = [0, 1, 262_144, 5, 70_000, 3].map((length, at) => new Uint8Array(length).fill(at + 1))

function cut(): Uint8Array {
  const cutter = new FrameCutter()
  for (const frame of frames) cutter.put(frame)
  return cutter.take(cutter.waitingBytes)
}

function joined(bytes: Uint8Array, pieceBytes: number): Uint8Array[] {
  const joiner = new FrameJoiner()
  const whole: Uint8Array[] = []
  for (let at = 0; at < bytes.length; at += pieceBytes) {
    joiner.put(bytes.subarray(at, at + pieceBytes))
    for (let frame = joiner.next(); frame !== undefined; frame = joiner.next()) {
      if (frame === 'too-long') throw new Error('None is.')
      whole.push(frame)
    }
  }
  return whole
}

describe('frames in pieces', () => {
  it.each([7, 12_272, 300_000, 1_000_000])(
    '[RELAY-3] come whole and in order out of pieces of %i bytes',
    (pieceBytes) => {
      expect(joined(cut(), pieceBytes).map((frame) => Buffer.from(frame))).toEqual(
        frames.map((one) => Buffer.from(one)),
      )
    },
  )

  it('cost little where a neighbour sends them byte by byte', () => {
    const beganAt = performance.now()
    expect(joined(cut(), 1)).toHaveLength(frames.length)
    // It takes some 50 ms. Were all that has come copied for each byte, it would be tens of gigabytes.
    expect(performance.now() - beganAt).toBeLessThan(3_000)
  })

  it('[RELAY-3] are refused by their length, before anything is kept for them', () => {
    const joiner = new FrameJoiner()
    joiner.put(Uint8Array.of(0, 4, 0, 1))
    expect(joiner.next()).toBe('too-long')
  })
})

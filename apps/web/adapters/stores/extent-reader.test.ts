// Counts the slices that are cut off a Blob.
import { sameBytes } from '@swarmdrop/peer/stores'
import { describe, expect, it } from 'vitest'
import { sha256 } from '../hashing/digest'
import { ExtentReader } from './extent-reader'

const CHUNK = 262_144
const EXTENT = 1_048_576

class CountingBlob extends Blob {
  readonly slices: [number, number][] = []
  override slice(start = 0, end = this.size): Blob {
    this.slices.push([start, end])
    return super.slice(start, end)
  }
}

const bytes = new Uint8Array(2 * EXTENT + CHUNK + 100).map((_, index) => ((index * 31) >> 7) ^ (index >> 16))
const digestOf = (start: number, end: number) => sha256(bytes.slice(start, end))

function open() {
  const content = new CountingBlob([bytes])
  const reader = new ExtentReader(content)
  const read = async (start: number, end: number) => reader.readProved(start, end, await digestOf(start, end))
  return { content, reader, read }
}

describe('an extent reader', () => {
  it('cuts one slice for the chunks of an extent, also where they are asked for at once', async () => {
    const { content, read } = open()
    const starts = [2, 0, 3, 1].map((chunk) => chunk * CHUNK)
    const chunks = await Promise.all(starts.map((start) => read(start, start + CHUNK)))
    chunks.forEach((chunk, at) => {
      expect(sameBytes(chunk ?? new Uint8Array(), bytes.slice(starts[at], (starts[at] ?? 0) + CHUNK))).toBe(true)
    })
    expect(content.slices).toEqual([[0, EXTENT]])
  })

  it('gives each answer a buffer of its own, as it is given away', async () => {
    const { read } = open()
    const first = await read(0, CHUNK)
    first?.fill(0)
    expect(sameBytes((await read(0, CHUNK)) ?? new Uint8Array(), bytes.slice(0, CHUNK))).toBe(true)
  })

  it('reads the last extent to the end and no further, and what lies across two by itself', async () => {
    const { content, read } = open()
    const last = 2 * EXTENT + CHUNK
    expect(await read(last, bytes.length)).toEqual(bytes.slice(last))
    expect(await read(EXTENT - 10, EXTENT + 10)).toEqual(bytes.slice(EXTENT - 10, EXTENT + 10))
    expect(content.slices).toEqual([
      [2 * EXTENT, bytes.length],
      [EXTENT - 10, EXTENT + 10],
    ])
  })

  it('gives nothing that has another digest', async () => {
    const { reader } = open()
    expect(await reader.readProved(0, CHUNK, await digestOf(CHUNK, 2 * CHUNK))).toBeUndefined()
  })
})

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fileOffsets, filePieces, fileRange, totalBytesOf } from './file-ranges'

const filesOf = (sizes: number[]) => sizes.map((bytes, index) => ({ path: `file ${index}`, bytes }))

describe('files in the content', () => {
  it('[LAYOUT-3] lays files end to end', () => {
    const files = filesOf([3, 0, 5])
    expect(totalBytesOf(files)).toBe(8)
    expect(fileOffsets(files)).toEqual([0, 3, 3])
    expect(fileRange(files, fileOffsets(files), 0)).toEqual({ start: 0, end: 3 })
    expect(fileRange(files, fileOffsets(files), 1)).toEqual({ start: 3, end: 3 })
    expect(fileRange(files, fileOffsets(files), 2)).toEqual({ start: 3, end: 8 })
    expect(() => fileRange(files, fileOffsets(files), 3)).toThrow(RangeError)
  })

  it('[LAYOUT-3] finds the pieces of files that make up a range, passing over empty files', () => {
    const files = filesOf([0, 3, 0, 0, 5, 0])
    expect(filePieces(files, fileOffsets(files), { start: 2, end: 6 })).toEqual([
      { file: 1, start: 2, end: 3 },
      { file: 4, start: 0, end: 3 },
    ])
    expect(filePieces(files, fileOffsets(files), { start: 3, end: 3 })).toEqual([])
    expect(filePieces([], [], { start: 0, end: 0 })).toEqual([])
  })

  it('[LAYOUT-3] gives for any range exactly its bytes, in order', () => {
    const sizes = fc.array(fc.integer({ min: 0, max: 6 }), { maxLength: 12 })
    fc.assert(
      fc.property(sizes, fc.nat(80), fc.nat(80), (sizesOfFiles, from, length) => {
        const owners = sizesOfFiles.flatMap((bytes, file) => Array.from({ length: bytes }, (_, at) => ({ file, at })))
        const bytes = { start: Math.min(from, owners.length), end: Math.min(from + length, owners.length) }
        const files = filesOf(sizesOfFiles)
        const found = filePieces(files, fileOffsets(files), bytes).flatMap((piece) =>
          Array.from({ length: piece.end - piece.start }, (_, at) => ({ file: piece.file, at: piece.start + at })),
        )
        expect(found).toEqual(owners.slice(bytes.start, bytes.end))
      }),
    )
  })
})

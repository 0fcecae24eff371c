// What is said while files are found agrees with what is said of the whole list.
import { describe, expect, it } from 'vitest'
import { sharingProblem } from './content'
import { CHUNK_BYTES, MAX_CHUNKS } from './layout'
import { ShareLimits } from './share-limits'

/** How many files of such names pass, one found after the other. */
function passing(nameOf: (index: number) => string): number {
  const limits = new ShareLimits()
  for (let count = 0; ; count++) if (limits.addName(nameOf(count)) !== undefined) return count
}
const filesOf = (nameOf: (index: number) => string, count: number) =>
  Array.from({ length: count }, (_, index) => ({ path: nameOf(index), bytes: 0 }))

describe('limits told early', () => {
  it('[MANIFEST-6] end a search soon after the list is full, and never before', () => {
    const names = [
      (index: number) => `${index}`.padStart(100, '0'),
      (index: number) => `${index}`.padStart(60, 'ü'),
      // As macOS has them: two characters each, which are one in what is shared.
      (index: number) => `${index}`.padStart(90, 'u\u0308'),
    ]
    for (const nameOf of names) {
      const count = passing(nameOf)
      const normalized = (index: number) => nameOf(index).normalize('NFC')
      expect(sharingProblem(filesOf(normalized, Math.floor(count * 1.001) + 1))).toMatch(/too many files/)
      const limits = new ShareLimits()
      const fitting = filesOf(normalized, Math.floor(count * 0.998))
      expect(fitting.some(({ path }) => limits.addName(path) !== undefined)).toBe(false)
    }
  })

  it('[MANIFEST-6] say how many had been found by then', () => {
    const limits = new ShareLimits()
    let said: string | undefined
    for (let index = 0; said === undefined; index++) said = limits.addName(`${index}`.padStart(1_000, '0'))
    expect(said).toMatch(/^There are too many files for one link: the names of the first 4166 take more than 4 MiB\./)
  })

  it('[MANIFEST-6] count sizes as they are learnt', () => {
    const limits = new ShareLimits()
    expect(limits.addSize(MAX_CHUNKS * CHUNK_BYTES)).toBeUndefined()
    expect(limits.addSize(1)).toContain('at most 256 GiB')
  })
})

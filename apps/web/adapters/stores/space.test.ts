// What the person is told about space.
import { describe, expect, it } from 'vitest'
import { inWords, spaceProblem } from './space'

describe('the space that is left', () => {
  it('is told in plain words when the content does not fit', () => {
    const problem = spaceProblem(4.2e9, { usage: 6.9e9, quota: 10e9 })
    expect(problem).toMatchObject({ code: 'no-space', message: /needs 4\.2 GB, and the browser has 3\.1 GB free/ })
  })

  it('is no problem when the content just fits, or when the browser does not say', () => {
    expect(spaceProblem(100, { usage: 900, quota: 1000 })).toBeUndefined()
    expect(spaceProblem(1e15, {})).toBeUndefined()
  })

  it.each([
    [0, '0 bytes'],
    [999, '999 bytes'],
    [1000, '1.0 kB'],
    [999_950, '1.0 MB'],
    [262_144, '262 kB'],
    [2 ** 30, '1.1 GB'],
    [3e15, '3000 TB'],
  ])('is written by size: %d is %s', (bytes, words) => {
    expect(inWords(bytes)).toBe(words)
  })
})

import { describe, expect, it } from 'vitest'
import { seededRandom } from '../testing/test-content'
import { completionsOf, drawCodeWords, formatShareCode, readShareCode } from './share-code'
import { codeWords } from './words'

const code = { kind: 'code', code: { nameplate: 7, words: 'guitar-orbit' } }

describe('a code', () => {
  it('[CODE-2] is written as its number and two words', () => {
    expect(formatShareCode(code.code)).toBe('7-guitar-orbit')
    expect(readShareCode('7-guitar-orbit')).toEqual(code)
  })

  it.each([
    '7 guitar orbit',
    ' 7-Guitar-ORBIT. ',
    '7guitar orbit',
    '7 – guitar — orbit',
    '7_guitar_orbit',
    '“7, guitar, orbit”',
    '07-guitar-orbit',
    '７－ｇｕｉｔａｒ－ｏｒｂｉｔ',
    '7\u00a0guitar\norbit',
  ])('[CODE-2] is read as %s', (text) => {
    expect(readShareCode(text)).toEqual(code)
  })

  it.each(['7', '7-', '7-g', '7-guitar', '7-guitar-', '7-guitar-orbi'])('[CODE-2] is begun with %s', (text) => {
    expect(readShareCode(text)).toEqual({ kind: 'beginning' })
  })

  it.each([
    ['guitar-orbit', 'begins with a number'],
    ['-', 'begins with a number'],
    ['0-guitar-orbit', 'this number'],
    ['123456-guitar-orbit', 'this number'],
    ['7-gitar-orbit', 'No code has the word “gitar”. Did you mean “guitar”?'],
    ['7-guitar-orbti', 'Did you mean “orbit”?'],
    ['7-guitar-orbits', 'Did you mean “orbit”?'],
    ['7-xylophonist', 'No code has the word “xylophonist”.'],
    ['7-guitar-orbit-moon', 'a number and two words'],
  ])('[CODE-2] is not what “%s” is, and it is said why', (text, reason) => {
    const typed = readShareCode(text)
    expect(typed).toMatchObject({ kind: 'mistake', reason: expect.stringContaining(reason) })
  })

  it('[CODE-2] is completed as it is typed, in the signs that it is typed with', () => {
    expect(completionsOf('7-guit')).toEqual(['7-guitar'])
    expect(completionsOf('7 Guitar orb')).toEqual(['7 Guitar orbit'])
    expect(completionsOf('7-s')).toHaveLength(6)
    for (const text of ['', '7', '7-', '7-guitar', '7-guitr-o', '7-guitar-orbit-m', 'gui']) {
      expect(completionsOf(text), text).toEqual([])
    }
  })

  it('[CODE-3] has words that are drawn from all, evenly, by the bytes that it is given', () => {
    const draw = seededRandom(1)
    const counts = new Map<string, number>()
    const randomBytes = (length: number) => Uint8Array.from({ length }, () => Math.floor(draw() * 256))
    for (let at = 0; at < 51_200; at++)
      for (const word of drawCodeWords(randomBytes).split('-')) counts.set(word, (counts.get(word) ?? 0) + 1)
    expect(counts.size).toBe(codeWords.length)
    // 200 of each on average: six standard deviations are 85.
    for (const count of counts.values()) expect(Math.abs(count - 200)).toBeLessThan(85)
  })
})

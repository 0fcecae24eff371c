import { scryptSync } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { passwordKey, plainPassword } from './password'

describe('[PASS-1] a password', () => {
  it.each([
    ['typed on a phone that makes quotes of it', 'it’s “so”', 'it\'s "so"'],
    ['with a dash that a phone has made', 'river–stone—bank', 'river-stone-bank'],
    ['pasted with what was around it', '\u00A0river stone\n', 'river stone'],
    ['of composed letters and of others', 'cafe\u0301', 'café'],
  ])('is the same %s', (_, typed, plain) => expect(plainPassword(typed)).toBe(plain))

  it('gives the key that scrypt of another program gives', async () => {
    const contentId = new Uint8Array(32).fill(1)
    const cost = { N: 65_536, r: 8, p: 1, maxmem: 2 ** 27 }
    expect(Buffer.from(await passwordKey(' river stone\n', contentId))).toEqual(
      scryptSync('river stone', contentId, 32, cost),
    )
  })
})

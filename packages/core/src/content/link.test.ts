import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatLinkId, LINK_ID_CHARACTERS, parseLinkId } from './link'

const anyId = fc.uint8Array({ minLength: 32, maxLength: 32 })
const link = formatLinkId(new Uint8Array(32).fill(7))

const reasonOf = (text: string) => {
  const parsed = parseLinkId(text)
  return parsed.ok ? undefined : parsed.reason
}

describe('link', () => {
  it('[LINK-1] carries 32 bytes in 43 characters, read back with or without the #', () => {
    fc.assert(
      fc.property(anyId, (id) => {
        const text = formatLinkId(id)
        expect(text).toHaveLength(LINK_ID_CHARACTERS)
        expect(parseLinkId(text)).toEqual({ ok: true, id: new Uint8Array(id) })
        expect(parseLinkId(` #${text}\n`)).toEqual({ ok: true, id: new Uint8Array(id) })
      }),
    )
    expect(() => formatLinkId(new Uint8Array(31))).toThrow(RangeError)
  })

  it('[LINK-2] refuses a link that is cut off, and says by how much', () => {
    expect(reasonOf(link.slice(0, 40))).toContain('cut off: it has 40 of 43')
    expect(reasonOf('')).toContain('cut off')
    expect(reasonOf('#')).toContain('cut off')
  })

  it('[LINK-2] refuses a link that is too long', () => {
    expect(reasonOf(`${link}A`)).toContain('too long')
    expect(reasonOf('A'.repeat(100_000))).toContain('too long')
  })

  it('[LINK-2] refuses characters that no link has', () => {
    for (const wrong of ['+', '/', '=', '%', 'é', '\0']) {
      expect(reasonOf(wrong + link.slice(1))).toContain('no link has')
    }
    expect(reasonOf(`${link.slice(0, 20)} ${link.slice(21)}`)).toContain('no link has')
  })

  it('[LINK-2] refuses a last character that carries spare bits', () => {
    expect(reasonOf(`${'A'.repeat(42)}B`)).toContain('last character')
    expect(reasonOf(`${'A'.repeat(42)}E`)).toBeUndefined()
  })

  it('[LINK-2] tells the person what to do, whatever was pasted', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const reason = reasonOf(text)
        if (reason) expect(reason).toContain('Copy the whole link again')
      }),
    )
  })
})

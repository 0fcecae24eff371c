import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodeBase64url, encodeBase64url } from './base64url'

describe('base64url', () => {
  it('[LINK-1] writes what RFC 4648 says, without padding', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 70 }), (bytes) => {
        expect(encodeBase64url(bytes)).toBe(Buffer.from(bytes).toString('base64url'))
        expect(decodeBase64url(encodeBase64url(bytes))).toEqual(new Uint8Array(bytes))
      }),
    )
  })

  it('[LINK-1] reads no text but the one that it writes', () => {
    const texts = fc.oneof(fc.string({ maxLength: 12 }), fc.stringMatching(/^[A-Za-z0-9_-]{0,12}$/))
    fc.assert(
      fc.property(texts, (text) => {
        const bytes = decodeBase64url(text)
        if (bytes) expect(encodeBase64url(bytes)).toBe(text)
      }),
    )
    for (const text of ['A', 'AB', 'AAB', 'AA==', 'A+', 'A/', 'A A', '💧'])
      expect(decodeBase64url(text)).toBeUndefined()
  })
})

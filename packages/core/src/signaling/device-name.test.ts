import { describe, expect, it } from 'vitest'
import { deviceName } from './device-name'

describe('[NAME-2] a device’s name', () => {
  it.each([
    ['Chrome on Android', 'Chrome on Android'],
    ['  Anas  Rechner\n', 'Anas Rechner'],
    ['کامپیوتر', 'کامپیوتر'],
    ['cafe\u0301', 'café'],
    ['📱', '📱'],
  ])('that is fit stays: %j', (said, shown) => expect(deviceName(said)).toBe(shown))

  it.each([
    ['turns text round', 'evil\u202Egpj.exe\u2066', 'evilgpj.exe'],
    ['has controls', 'a\u0000b\u001Bc\u0085', 'abc'],
    ['has what is unseen', 'A\u200Bn\u00ADa\uFEFF', 'Ana'],
    ['is no text', 'a\uD800b', 'ab'],
    ['piles marks on a letter', `a${'\u0335'.repeat(100)}b`, `a${'\u0335'.repeat(3)}b`],
    ['breaks lines', 'a\u2028b\r\nc', 'a b c'],
  ])('that %s loses that', (_, said, shown) => expect(deviceName(said)).toBe(shown))

  it('has 40 characters at most, however long it comes', () => {
    expect(deviceName('x'.repeat(1_000_000))).toBe('x'.repeat(40))
    expect(deviceName('📱'.repeat(100))).toBe('📱'.repeat(40))
  })

  it.each(['', ' \t', '\u200B\u200B', '\u0301', '\u202E'])('is none where nothing would be seen: %j', (said) =>
    expect(deviceName(said)).toBeUndefined(),
  )
})

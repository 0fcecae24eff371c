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
    ['piles them with what is unseen between', `a${'\u0335\u0335\u0335\u200B'.repeat(9)}b`, `a${'\u0335'.repeat(3)}b`],
    ['has spaces with what is unseen between', 'a \u200B \u3164 \u2800 b', 'a b'],
    ['is composed when that is gone', 'cafe\u200B\u0301', 'café'],
    ['hides its end with characters that are none', 'a\uFFF0\u{E0100}\u034Fb', 'ab'],
    ['breaks lines', 'a\u2028b\r\nc', 'a b c'],
  ])('that %s loses that', (_, said, shown) => expect(deviceName(said)).toBe(shown))

  it('has 40 characters at most, however long it comes', () => {
    expect(deviceName('x'.repeat(1_000_000))).toBe('x'.repeat(40))
    expect(deviceName('📱'.repeat(100))).toBe('📱'.repeat(40))
  })

  it.each(['', ' \t', '\u200B\u200B', '\u0301', '\u202E', '\u3164\u115F\uFFA0', '\u2800\u2800', '\uFFFF'])(
    'is none where nothing would be seen: %j',
    (said) => expect(deviceName(said)).toBeUndefined(),
  )
})

// Bytes as base64url text without padding (RFC 4648, section 5). One text for the same bytes, and no other.

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
const values = new Map([...alphabet].map((character, value) => [character, value]))

export function encodeBase64url(bytes: Uint8Array): string {
  let text = ''
  let bits = 0
  let bitCount = 0
  for (const byte of bytes) {
    bits = ((bits << 8) | byte) & 0x3fff
    for (bitCount += 8; bitCount >= 6; bitCount -= 6) text += alphabet.charAt((bits >> (bitCount - 6)) & 63)
  }
  return bitCount > 0 ? text + alphabet.charAt((bits << (6 - bitCount)) & 63) : text
}

/** The bytes that `encodeBase64url` makes `text` of; undefined where there are none such. */
export function decodeBase64url(text: string): Uint8Array | undefined {
  if (text.length % 4 === 1) return undefined
  const bytes = new Uint8Array(Math.floor((text.length * 3) / 4))
  let bits = 0
  let bitCount = 0
  let length = 0
  for (const character of text) {
    const value = values.get(character)
    if (value === undefined) return undefined
    bits = ((bits << 6) | value) & 0x3fff
    bitCount += 6
    if (bitCount >= 8) {
      bitCount -= 8
      bytes[length] = bits >> bitCount
      length += 1
    }
  }
  const spareBits = bits & ((1 << bitCount) - 1)
  return spareBits === 0 ? bytes : undefined
}

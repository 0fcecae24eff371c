// Writes a WebSocket's text frame. Knows nothing of connections.

/** The first byte: final, text. */
const FINAL_TEXT = 0x81
/** What stands for a length that follows in two bytes, or in eight. */
const IN_TWO_BYTES = 126
const IN_EIGHT_BYTES = 127

/** RFC 6455, section 5.2: final, text, unmasked, and the length in one, three or nine bytes. */
export function textFrame(text: string): Buffer {
  const length = Buffer.byteLength(text)
  const start = length < IN_TWO_BYTES ? 2 : length < 2 ** 16 ? 4 : 10
  const frame = Buffer.allocUnsafe(start + length)
  frame[0] = FINAL_TEXT
  frame[1] = start === 2 ? length : start === 4 ? IN_TWO_BYTES : IN_EIGHT_BYTES
  if (start === 4) {
    frame[2] = length >> 8
    frame[3] = length & 0xff
  } else if (start === 10) frame.writeBigUInt64BE(BigInt(length), 2)
  frame.write(text, start)
  return frame
}

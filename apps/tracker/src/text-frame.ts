// Writes a WebSocket's text frame. Knows nothing of connections.

/** RFC 6455, section 5.2: final, text, unmasked, and the length in one, three or nine bytes. */
export function textFrame(text: string): Buffer {
  const length = Buffer.byteLength(text)
  const start = length < 126 ? 2 : length < 65_536 ? 4 : 10
  const frame = Buffer.allocUnsafe(start + length)
  frame[0] = 0x81
  frame[1] = start === 2 ? length : start === 4 ? 126 : 127
  if (start === 4) {
    frame[2] = length >> 8
    frame[3] = length & 0xff
  } else if (start === 10) frame.writeBigUInt64BE(BigInt(length), 2)
  frame.write(text, start)
  return frame
}

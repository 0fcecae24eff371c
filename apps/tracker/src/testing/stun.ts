// STUN messages as clients write and read them, for tests. Knows nothing of the server's own reading and writing.
import { crc32 } from 'node:zlib'

/** The transaction of the samples in RFC 5769. */
export const TRANSACTION = 'b7e7a701bc34d686fa87dfae'

const bytes = (hex: string) => Buffer.from(hex.replaceAll(/\s/g, ''), 'hex')

/** `attributes`: as they follow the header, padded. In hexadecimal, spaces as you like. */
export function bindingRequest(attributes = '', transaction = TRANSACTION): Buffer {
  const body = bytes(attributes)
  return Buffer.concat([bytes(`0001${body.length.toString(16).padStart(4, '0')}2112a442${transaction}`), body])
}

/** The same with a fingerprint at its end. */
export function fingerprinted(attributes = ''): Buffer {
  const whole = bindingRequest(`${attributes}8028000400000000`)
  whole.writeUInt32BE((crc32(whole.subarray(0, -8)) ^ 0x5354554e) >>> 0, whole.length - 4)
  return whole
}

/** The address in a success: `192.0.2.1:32853`, `[2001:db8:0:0:0:0:0:1]:32853`. */
export function mappedIn(answer: Buffer): string {
  const isSuccess = answer.readUInt16BE(0) === 0x0101 && answer.readUInt16BE(20) === 0x0020
  if (!isSuccess || answer.readUInt16BE(2) !== answer.length - 20) return answer.toString('hex')
  const port = answer.readUInt16BE(26) ^ 0x2112
  const address = Buffer.from(answer.subarray(28).map((byte, i) => byte ^ (answer[4 + i] ?? 0)))
  if (answer[25] === 1 && address.length === 4) return `${address.join('.')}:${port}`
  const groups = Array.from({ length: 8 }, (_, i) => address.readUInt16BE(2 * i).toString(16))
  return `[${groups.join(':')}]:${port}`
}

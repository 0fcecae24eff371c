// Reads a STUN Binding request and writes its answer (RFC 8489): the address that it came from. Knows no socket and no
// rate.
import { crc32 } from 'node:zlib'
import ipaddr from 'ipaddr.js'

const HEADER_BYTES = 20
const MAGIC_COOKIE = 0x2112a442
/** The longest request: it fits any IPv6 path; no client of ours sends more than 28 bytes. */
const MAX_REQUEST_BYTES = 1_280

const BINDING_REQUEST = 0x0001
const BINDING_SUCCESS = 0x0101
const BINDING_ERROR = 0x0111

const MESSAGE_INTEGRITY = 0x0008
const ERROR_CODE = 0x0009
const UNKNOWN_ATTRIBUTES = 0x000a
const MESSAGE_INTEGRITY_SHA256 = 0x001c
const XOR_MAPPED_ADDRESS = 0x0020
const FINGERPRINT = 0x8028
const FINGERPRINT_XOR = 0x5354554e

/**
 * The attributes that the standard itself defines (section 14) and a request without credentials does not need: passed
 * over.
 */
const understood = new Set([
  0x0001,
  0x0006,
  MESSAGE_INTEGRITY,
  ERROR_CODE,
  UNKNOWN_ATTRIBUTES,
  0x0014,
  0x0015,
  MESSAGE_INTEGRITY_SHA256,
  0x001d,
  0x001e,
  XOR_MAPPED_ADDRESS,
])
const isRequired = (type: number) => type < 0x8000

/** The address of a sender as the system names it: `192.0.2.7`, `2001:db8::7`, `fe80::1%eth0`, `::ffff:192.0.2.7`. */
export type Source = { address: string; port: number }

/**
 * The answer to a request; undefined for all that is no well-formed Binding request, or comes from port 0, to which
 * nothing can be sent. The shortest request is 20 bytes and its answer 32 (IPv4) or 44 (IPv6), the least that the
 * standard allows; an error that would be longer than its request is not sent.
 */
export function answerTo(request: Buffer, source: Source): Buffer | undefined {
  const unknown = unknownAttributes(request)
  if (unknown === undefined || source.port === 0) return undefined
  const transaction = request.subarray(4, HEADER_BYTES)
  if (unknown.length === 0) return message(BINDING_SUCCESS, transaction, mappedAddress(source, transaction))
  const error = message(BINDING_ERROR, transaction, unknownAttributeError(unknown))
  return error.length <= request.length ? error : undefined
}

/** Types of those that must be understood and are not. Undefined where it is no well-formed Binding request. */
function unknownAttributes(request: Buffer): number[] | undefined {
  if (request.length < HEADER_BYTES || request.length > MAX_REQUEST_BYTES) return undefined
  if (request.readUInt16BE(0) !== BINDING_REQUEST || request.readUInt32BE(4) !== MAGIC_COOKIE) return undefined
  if (request.length % 4 !== 0 || request.readUInt16BE(2) !== request.length - HEADER_BYTES) return undefined

  const unknown = new Set<number>()
  let isSealed = false
  for (let at = HEADER_BYTES; at < request.length; ) {
    const type = request.readUInt16BE(at)
    const length = request.readUInt16BE(at + 2)
    const end = at + 4 + length + padding(length)
    if (end > request.length) return undefined
    if (type === FINGERPRINT)
      return end === request.length && isRightFingerprint(request, at) ? [...unknown] : undefined
    // What comes after the seal of a request is to be passed over.
    if (!isSealed && isRequired(type) && !understood.has(type)) unknown.add(type)
    isSealed ||= type === MESSAGE_INTEGRITY || type === MESSAGE_INTEGRITY_SHA256
    at = end
  }
  return [...unknown]
}

/** The bytes that are missing to a multiple of four. */
const padding = (length: number) => -length & 3

function isRightFingerprint(request: Buffer, at: number): boolean {
  if (request.readUInt16BE(at + 2) !== 4) return false
  return request.readUInt32BE(at + 4) === (crc32(request.subarray(0, at)) ^ FINGERPRINT_XOR) >>> 0
}

/** `transaction`: the magic cookie and the transaction's id, as they stand in the request. */
function message(type: number, transaction: Buffer, attribute: Buffer): Buffer {
  const header = Buffer.alloc(4)
  header.writeUInt16BE(type, 0)
  header.writeUInt16BE(attribute.length, 2)
  return Buffer.concat([header, transaction, attribute])
}

/** The address is hidden from routers that rewrite addresses wherever they see them. */
function mappedAddress({ address, port }: Source, transaction: Buffer): Buffer {
  const bytes = bytesOf(address)
  const attribute = Buffer.alloc(8 + bytes.length)
  attribute.writeUInt16BE(XOR_MAPPED_ADDRESS, 0)
  attribute.writeUInt16BE(4 + bytes.length, 2)
  attribute.writeUInt8(bytes.length === 4 ? 1 : 2, 5)
  attribute.writeUInt16BE(port ^ (MAGIC_COOKIE >>> 16), 6)
  for (const [i, byte] of bytes.entries()) attribute.writeUInt8(byte ^ (transaction[i] ?? 0), 8 + i)
  return attribute
}

function bytesOf(address: string): number[] {
  // `process` takes IPv4 out of IPv6, where one socket serves both.
  return ipaddr.process(address.replace(/%.*$/, '')).toByteArray()
}

/** 420, without a phrase: it may be empty, and the answer must be short. */
function unknownAttributeError(types: readonly number[]): Buffer {
  const length = 2 * types.length
  const attributes = Buffer.alloc(8 + 4 + length + padding(length))
  attributes.writeUInt16BE(ERROR_CODE, 0)
  attributes.writeUInt16BE(4, 2)
  attributes.writeUInt8(4, 6)
  attributes.writeUInt8(20, 7)
  attributes.writeUInt16BE(UNKNOWN_ATTRIBUTES, 8)
  attributes.writeUInt16BE(length, 10)
  for (const [i, type] of types.entries()) attributes.writeUInt16BE(type, 12 + 2 * i)
  return attributes
}

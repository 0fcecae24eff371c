// Turns messages into frames and frames into messages, or refuses them. Knows no state: order is checked in swarm/.
import { MAX_CHUNKS, MAX_MANIFEST_BYTES } from '../content/index'
import { MAX_BLOCK_BYTES, type Message } from './messages'
import { encodeReport, REPORT_BYTES, readReport } from './report-frame'

/** The longest frame there is: a bitfield of MAX_CHUNKS, or a block of MAX_BLOCK_BYTES with its header. */
export const MAX_FRAME_BYTES = 9 + MAX_BLOCK_BYTES

/** First byte of each frame. New messages take new numbers; an unknown number is refused. */
const tags = {
  hello: 0,
  bitfield: 1,
  have: 2,
  interested: 3,
  'not-interested': 4,
  choke: 5,
  unchoke: 6,
  request: 7,
  cancel: 8,
  block: 9,
  reject: 10,
  'metadata-request': 11,
  'metadata-block': 12,
  'metadata-reject': 13,
  'keep-alive': 14,
  report: 15,
  choice: 16,
} as const satisfies Record<Message['type'], number>

const typeOfTag = Object.keys(tags) as Message['type'][]

/** Length of a message's frame in bytes, tag included: what a network charges for it. */
export function encodedLength(message: Message): number {
  switch (message.type) {
    case 'hello':
      return 5
    case 'bitfield':
      return 9 + message.bits.length
    case 'have':
    case 'choice':
      return 5
    case 'request':
    case 'metadata-request':
      return 13
    case 'cancel':
    case 'reject':
    case 'metadata-reject':
      return 9
    case 'block':
    case 'metadata-block':
      return 9 + message.data.length
    case 'report':
      return 1 + REPORT_BYTES
    default:
      return 1
  }
}

/**
 * One frame: a tag byte, then unsigned 32-bit big-endian numbers, then the rest as it is. The data is copied, to the start of
 * `into` where that is given: MAX_FRAME_BYTES hold any frame.
 */
export function encodeMessage(
  message: Message,
  into = new Uint8Array(encodedLength(message)),
): Uint8Array<ArrayBuffer> {
  const frame = into.subarray(0, encodedLength(message))
  const view = new DataView(frame.buffer, frame.byteOffset)
  frame[0] = tags[message.type]
  switch (message.type) {
    case 'hello':
      view.setUint32(1, message.version)
      break
    case 'bitfield':
      view.setUint32(1, message.manifestBytes)
      view.setUint32(5, message.chunkCount)
      frame.set(message.bits, 9)
      break
    case 'have':
      view.setUint32(1, message.chunk)
      break
    case 'choice':
      view.setUint32(1, message.chunks)
      break
    case 'request':
      view.setUint32(1, message.chunk)
      view.setUint32(5, message.offset)
      view.setUint32(9, message.length)
      break
    case 'cancel':
    case 'reject':
      view.setUint32(1, message.chunk)
      view.setUint32(5, message.offset)
      break
    case 'block':
      view.setUint32(1, message.chunk)
      view.setUint32(5, message.offset)
      frame.set(message.data, 9)
      break
    case 'metadata-request':
      view.setUint32(1, message.part)
      view.setUint32(5, message.offset)
      view.setUint32(9, message.length)
      break
    case 'metadata-reject':
      view.setUint32(1, message.part)
      view.setUint32(5, message.offset)
      break
    case 'metadata-block':
      view.setUint32(1, message.part)
      view.setUint32(5, message.offset)
      frame.set(message.data, 9)
      break
    case 'report':
      encodeReport(message, view)
      break
  }
  return frame
}

export type Decoded = { ok: true; message: Message } | { ok: false; reason: string }

const refuse = (reason: string): Decoded => ({ ok: false, reason })
const accept = (message: Message): Decoded => ({ ok: true, message })

/**
 * The message in a frame. Never throws, and allocates nothing of the sender's choosing: data and bits are views of the
 * frame. Whether an index lies inside the content is for swarm/ to say; here only what no content could hold is refused.
 */
export function decodeMessage(frame: Uint8Array): Decoded {
  const type = typeOfTag[frame[0] ?? -1]
  if (type === undefined) return refuse(frame.length === 0 ? 'an empty frame' : `a frame of unknown kind ${frame[0]}`)
  if (frame.length > MAX_FRAME_BYTES) return refuse(`a frame of ${frame.length} bytes`)
  const view = new DataView(frame.buffer, frame.byteOffset, frame.byteLength)
  const wrongLength = () => refuse(`a ${type} of ${frame.length} bytes`)
  switch (type) {
    case 'hello':
      return frame.length === 5 ? accept({ type, version: view.getUint32(1) }) : wrongLength()
    case 'have':
      return frame.length === 5 ? accept({ type, chunk: view.getUint32(1) }) : wrongLength()
    case 'choice':
      return frame.length === 5 ? accept({ type, chunks: view.getUint32(1) }) : wrongLength()
    case 'bitfield': {
      if (frame.length < 9) return wrongLength()
      const manifestBytes = view.getUint32(1)
      const chunkCount = view.getUint32(5)
      if (manifestBytes < 1 || manifestBytes > MAX_MANIFEST_BYTES)
        return refuse('a bitfield with an impossible manifest')
      if (chunkCount > MAX_CHUNKS || frame.length !== 9 + Math.ceil(chunkCount / 8)) return wrongLength()
      return accept({ type, manifestBytes, chunkCount, bits: frame.subarray(9) })
    }
    case 'request': {
      if (frame.length !== 13) return wrongLength()
      const length = view.getUint32(9)
      if (length < 1 || length > MAX_BLOCK_BYTES) return refuse(`a request of ${length} bytes`)
      return accept({ type, chunk: view.getUint32(1), offset: view.getUint32(5), length })
    }
    case 'metadata-request': {
      if (frame.length !== 13) return wrongLength()
      const length = view.getUint32(9)
      if (length < 1 || length > MAX_BLOCK_BYTES) return refuse(`a metadata request of ${length} bytes`)
      return accept({ type, part: view.getUint32(1), offset: view.getUint32(5), length })
    }
    case 'cancel':
    case 'reject':
      return frame.length === 9 ? accept({ type, chunk: view.getUint32(1), offset: view.getUint32(5) }) : wrongLength()
    case 'metadata-reject':
      return frame.length === 9 ? accept({ type, part: view.getUint32(1), offset: view.getUint32(5) }) : wrongLength()
    case 'block':
      return frame.length > 9
        ? accept({ type, chunk: view.getUint32(1), offset: view.getUint32(5), data: frame.subarray(9) })
        : wrongLength()
    case 'metadata-block':
      return frame.length > 9
        ? accept({ type, part: view.getUint32(1), offset: view.getUint32(5), data: frame.subarray(9) })
        : wrongLength()
    case 'report': {
      if (frame.length !== 1 + REPORT_BYTES) return wrongLength()
      const report = readReport(view)
      return report ? accept(report) : refuse('a report that cannot be')
    }
    default:
      return frame.length === 1 ? accept({ type }) : wrongLength()
  }
}

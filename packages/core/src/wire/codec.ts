// Turns messages into frames and frames into messages, or refuses them. Knows no state: order is checked in swarm/.
import { MAX_CHUNKS, MAX_MANIFEST_BYTES } from '../content/index'
import { MAX_BLOCK_BYTES, type Message } from './messages'
import { encodeReport, REPORT_BYTES, readReport } from './report-frame'

const TAG_BYTES = 1
const NUMBER_BYTES = 4

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

type Type = Message['type']
const typeOfTag = Object.keys(tags) as Type[]

/**
 * The unsigned 32-bit numbers of each message, in their order. Those that are not here are a tag alone, or a report.
 */
const numbersOf: { readonly [T in Type]?: readonly (keyof Extract<Message, { type: T }>)[] } = {
  hello: ['version'],
  bitfield: ['manifestBytes', 'chunkCount'],
  have: ['chunk'],
  choice: ['chunks'],
  request: ['chunk', 'offset', 'length'],
  cancel: ['chunk', 'offset'],
  reject: ['chunk', 'offset'],
  block: ['chunk', 'offset'],
  'metadata-request': ['part', 'offset', 'length'],
  'metadata-reject': ['part', 'offset'],
  'metadata-block': ['part', 'offset'],
}
/** The bytes that come after the numbers, as they are. */
const restOf: { readonly [T in Type]?: keyof Extract<Message, { type: T }> } = {
  bitfield: 'bits',
  block: 'data',
  'metadata-block': 'data',
}

type Layout = { type: Type; tag: number; numbers: readonly string[]; rest: string | undefined; headerBytes: number }
const layouts = Object.fromEntries(
  typeOfTag.map((type): [Type, Layout] => {
    const numbers: readonly string[] = numbersOf[type] ?? []
    return [
      type,
      { type, tag: tags[type], numbers, rest: restOf[type], headerBytes: TAG_BYTES + NUMBER_BYTES * numbers.length },
    ]
  }),
) as Record<Type, Layout>

/** The fields of a message besides its type; its layout says which there are. */
type Fields = Record<string, number> & Record<string, Uint8Array>

/** Length of a message's frame in bytes, tag included: what a network charges for it. */
export function encodedLength(message: Message): number {
  const { headerBytes } = layouts[message.type]
  if (message.type === 'block' || message.type === 'metadata-block') return headerBytes + message.data.length
  if (message.type === 'bitfield') return headerBytes + message.bits.length
  return message.type === 'report' ? TAG_BYTES + REPORT_BYTES : headerBytes
}

/**
 * One frame: a tag byte, then unsigned 32-bit big-endian numbers, then the rest as it is. The data is copied, to the
 * start of `into` where that is given: MAX_FRAME_BYTES hold any frame.
 */
export function encodeMessage(
  message: Message,
  into = new Uint8Array(encodedLength(message)),
): Uint8Array<ArrayBuffer> {
  const { tag, numbers, rest, headerBytes } = layouts[message.type]
  const frame = into.subarray(0, encodedLength(message))
  const view = new DataView(frame.buffer, frame.byteOffset)
  frame[0] = tag
  if (message.type === 'report') encodeReport(message, view)
  const fields = message as unknown as Fields
  for (const [index, name] of numbers.entries())
    view.setUint32(TAG_BYTES + NUMBER_BYTES * index, fields[name] as number)
  if (rest !== undefined) frame.set(fields[rest] as Uint8Array, headerBytes)
  return frame
}

export type Decoded = { ok: true; message: Message } | { ok: false; reason: string }

const refuse = (reason: string): Decoded => ({ ok: false, reason })

/**
 * The message in a frame. Never throws, and allocates nothing of the sender's choosing: data and bits are views of the
 * frame. Whether an index lies inside the content is for swarm/ to say; here only what no content could hold is
 * refused.
 */
export function decodeMessage(frame: Uint8Array): Decoded {
  const type = typeOfTag[frame[0] ?? -1]
  if (type === undefined) return refuse(frame.length === 0 ? 'an empty frame' : `a frame of unknown kind ${frame[0]}`)
  if (frame.length > MAX_FRAME_BYTES) return refuse(`a frame of ${frame.length} bytes`)
  const view = new DataView(frame.buffer, frame.byteOffset, frame.byteLength)
  if (type === 'report') return decodeReport(view)
  const message = fieldsOf(layouts[type], frame, view)
  if (message === undefined) return refuse(`a ${type} of ${frame.length} bytes`)
  const problem = problemOf(message, frame.length)
  return problem === undefined ? { ok: true, message } : refuse(problem)
}

/** The fields of a frame; undefined where a frame of this kind is never so long. */
function fieldsOf(
  { type, numbers, rest, headerBytes }: Layout,
  frame: Uint8Array,
  view: DataView,
): Message | undefined {
  if (rest === undefined ? frame.length !== headerBytes : frame.length < headerBytes) return undefined
  const message: Record<string, unknown> = { type }
  for (const [index, name] of numbers.entries()) message[name] = view.getUint32(TAG_BYTES + NUMBER_BYTES * index)
  if (rest !== undefined) message[rest] = frame.subarray(headerBytes)
  return message as Message
}

/** The reason why no content could have such a message; undefined where one could. */
function problemOf(message: Message, frameBytes: number): string | undefined {
  switch (message.type) {
    case 'bitfield': {
      const { manifestBytes, chunkCount, bits } = message
      if (manifestBytes < 1 || manifestBytes > MAX_MANIFEST_BYTES) return 'a bitfield with an impossible manifest'
      const isRight = chunkCount <= MAX_CHUNKS && bits.length === Math.ceil(chunkCount / 8)
      return isRight ? undefined : `a bitfield of ${frameBytes} bytes`
    }
    case 'request':
    case 'metadata-request': {
      const isRight = message.length >= 1 && message.length <= MAX_BLOCK_BYTES
      return isRight ? undefined : `a ${message.type} for ${message.length} bytes`
    }
    case 'block':
    case 'metadata-block':
      return message.data.length > 0 ? undefined : `a ${message.type} of ${frameBytes} bytes`
    default:
      return undefined
  }
}

function decodeReport(view: DataView): Decoded {
  if (view.byteLength !== TAG_BYTES + REPORT_BYTES) return refuse(`a report of ${view.byteLength} bytes`)
  const report = readReport(view)
  return report ? { ok: true, message: report } : refuse('a report that cannot be')
}

// Any message that two honest neighbours may send, for property tests.
import fc from 'fast-check'
import { MAX_CHUNKS, MAX_MANIFEST_BYTES } from '../content/index'
import { MAX_BLOCK_BYTES, MAX_REPORTED_MS, type Message, type ReportedProgress, type ReportedRate } from '../wire/index'

const number = fc.integer({ min: 0, max: 0xffff_ffff })
const length = fc.integer({ min: 1, max: MAX_BLOCK_BYTES })
const data = fc.uint8Array({ minLength: 1, maxLength: 2_000 })
const bare = <T extends Message['type']>(type: T) => fc.constant({ type })

const milliseconds = fc.integer({ min: 0, max: MAX_REPORTED_MS })
const rate: fc.Arbitrary<ReportedRate> = fc.record({ bytesPerSecond: number, basis: fc.constantFrom('limit', 'shown') })
const progress: fc.Arbitrary<ReportedProgress> = fc.oneof(
  fc.constant({ stage: 'server' } as const),
  milliseconds.map((startedAgoMs) => ({ stage: 'downloading', startedAgoMs }) as const),
  fc
    .tuple(milliseconds, milliseconds)
    .map(([a, b]) => ({ stage: 'complete', startedAgoMs: Math.max(a, b), tookMs: Math.min(a, b) }) as const),
)

const activity = fc.record({ paused: fc.boolean(), serves: fc.boolean() })

/** An arbitrary for each kind of message: a kind that is forgotten here does not compile. */
const messages: { [T in Message['type']]: fc.Arbitrary<Extract<Message, { type: T }>> } = {
  hello: fc.record({ type: fc.constant('hello'), version: number }),
  bitfield: fc.integer({ min: 0, max: 5_000 }).chain((chunkCount) =>
    fc.record({
      type: fc.constant('bitfield'),
      manifestBytes: fc.integer({ min: 1, max: MAX_MANIFEST_BYTES }),
      chunkCount: fc.constant(chunkCount),
      bits: fc.uint8Array({ minLength: Math.ceil(chunkCount / 8), maxLength: Math.ceil(chunkCount / 8) }),
    }),
  ),
  have: fc.record({ type: fc.constant('have'), chunk: fc.integer({ min: 0, max: MAX_CHUNKS }) }),
  choice: fc.record({ type: fc.constant('choice'), chunks: number }),
  interested: bare('interested'),
  'not-interested': bare('not-interested'),
  choke: bare('choke'),
  unchoke: bare('unchoke'),
  request: fc.record({ type: fc.constant('request'), chunk: number, offset: number, length }),
  cancel: fc.record({ type: fc.constant('cancel'), chunk: number, offset: number }),
  block: fc.record({ type: fc.constant('block'), chunk: number, offset: number, data }),
  reject: fc.record({ type: fc.constant('reject'), chunk: number, offset: number }),
  'metadata-request': fc.record({ type: fc.constant('metadata-request'), part: number, offset: number, length }),
  'metadata-block': fc.record({ type: fc.constant('metadata-block'), part: number, offset: number, data }),
  'metadata-reject': fc.record({ type: fc.constant('metadata-reject'), part: number, offset: number }),
  'keep-alive': bare('keep-alive'),
  report: fc.record({ type: fc.constant('report'), progress, upload: rate, download: rate, activity }),
}

export const anyMessage: fc.Arbitrary<Message> = fc.oneof(...Object.values(messages))

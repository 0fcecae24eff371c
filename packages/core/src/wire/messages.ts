// What two neighbours say to each other. Knows nothing of bytes on the wire (codec.ts) or of what follows from a message.

/** Spoken by both sides or not at all. */
export const PROTOCOL_VERSION = 1

/** Blocks are pieces of a chunk: no message may reach Chromium's limit of 262,144 bytes. */
export const MAX_BLOCK_BYTES = 131_072

/** A neighbour may have this many requests unanswered. */
export const MAX_OPEN_REQUESTS = 1_024

/** Part 0 of the metadata is the manifest; part i + 1 is hash page i. */
export const MANIFEST_PART = 0

export type Message =
  | { type: 'hello'; version: number }
  /** Sent once, as soon as the manifest is known: its length, and the chunks held (one bit each, the first one highest). */
  | { type: 'bitfield'; manifestBytes: number; chunkCount: number; bits: Uint8Array }
  | { type: 'have'; chunk: number }
  | { type: 'interested' }
  | { type: 'not-interested' }
  | { type: 'choke' }
  | { type: 'unchoke' }
  /** Each request gets exactly one answer: its block, or a reject. */
  | { type: 'request'; chunk: number; offset: number; length: number }
  | { type: 'cancel'; chunk: number; offset: number }
  | { type: 'block'; chunk: number; offset: number; data: Uint8Array }
  | { type: 'reject'; chunk: number; offset: number }
  | { type: 'metadata-request'; part: number; offset: number; length: number }
  | { type: 'metadata-block'; part: number; offset: number; data: Uint8Array }
  | { type: 'metadata-reject'; part: number; offset: number }
  | { type: 'keep-alive' }

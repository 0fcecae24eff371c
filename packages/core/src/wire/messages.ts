// What two neighbours say to each other. Knows nothing of bytes on the wire (codec.ts) or of what follows from a
// message.

/** Spoken by both sides or not at all. */
export const PROTOCOL_VERSION = 1

/** Blocks are pieces of a chunk: no message may reach Chromium's limit of 262,144 bytes. */
export const MAX_BLOCK_BYTES = 131_072

/** A neighbour may have this many requests unanswered. */
export const MAX_OPEN_REQUESTS = 1_024

/** Part 0 of the metadata is the manifest; part i + 1 is hash page i. */
export const MANIFEST_PART = 0

/** The longest time in a report: what lasts longer is said to last so long. */
export const MAX_REPORTED_MS = 604_800_000

/** The most that a report says of a rate. */
export const MAX_REPORTED_RATE = 0xffff_ffff

/**
 * A rate of the peer that reports: a limit that it has set, or the best 5 s that it has shown. 0 shown: nothing yet.
 */
export type ReportedRate = { bytesPerSecond: number; basis: 'limit' | 'shown' }

/**
 * How far the peer that reports is; one that held everything from the start serves. Times are relative, as no two
 * clocks agree.
 */
export type ReportedProgress =
  | { stage: 'server' }
  | { stage: 'downloading'; startedAgoMs: number }
  | { stage: 'complete'; startedAgoMs: number; tookMs: number }

/** `paused`: it lacks chunks that it wants, and asks for none. `serves`: it passes on what it holds. */
export type ReportedActivity = { paused: boolean; serves: boolean }

export type Message =
  | { type: 'hello'; version: number }
  /**
   * Sent once, as soon as the manifest is known: its length, and the chunks held (one bit each, the first one highest).
   */
  | { type: 'bitfield'; manifestBytes: number; chunkCount: number; bits: Uint8Array }
  | { type: 'have'; chunk: number }
  /**
   * How many chunks a peer will hold once it has what it has chosen; only of one that fetches a part. After
   * `bitfield`.
   */
  | { type: 'choice'; chunks: number }
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
  /** What the sender says of itself, for a picture of how long the whole takes. Nothing in the swarm depends on it. */
  | {
      type: 'report'
      progress: ReportedProgress
      upload: ReportedRate
      download: ReportedRate
      activity: ReportedActivity
    }

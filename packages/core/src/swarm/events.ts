// The swarm's inbox and outbox: an event is what has happened, an action is what to do. Knows nothing of who reports
// the one and carries out the other.
import type { Bitfield, Content } from '../content/index'
import type { Message } from '../wire/index'

/** Milliseconds on a clock that only goes forward. */
export type Millis = number

/**
 * The network's own, with what waits in its queues and without what waits at either side: the newest, and the least
 * since it was opened.
 */
export type RoundTrip = { ms: Millis; leastMs: Millis }

export type SwarmEvent =
  /** `dialled`: we made the connection, on the tracker's word; false: it came by itself. */
  | { type: 'peer-joined'; peer: string; dialled: boolean }
  | { type: 'peer-left'; peer: string }
  /** `lane`: over which connection; absent: the first. */
  | { type: 'message-received'; peer: string; message: Message; lane?: number }
  /** Answers `open-lanes`, once for each that could be opened: blocks may be asked for over it. */
  | { type: 'lane-opened'; peer: string; lane: number }
  /** Answers `open-lanes`, where none could be opened. */
  | { type: 'lanes-refused'; peer: string }
  /** An open lane is gone, though nobody here wished it. */
  | { type: 'lane-lost'; peer: string; lane: number }
  /** Answers `measure-path`; undefined: it cannot be told. */
  | { type: 'path-measured'; peer: string; roundTrip: RoundTrip | undefined }
  /** A frame came that is no message. */
  | { type: 'frame-refused'; peer: string; reason: string }
  /** So many bytes sent to this peer are not yet taken by the network: reported at the low mark, and after a send. */
  | { type: 'send-drained'; peer: string; bufferedBytes: number }
  /** Answers `load-block`; no data: it could not be read. */
  | { type: 'block-loaded'; peer: string; chunk: number; offset: number; data: Uint8Array | undefined }
  /** Answers `check-chunk`: stored if its digest was right. */
  | { type: 'chunk-checked'; chunk: number; from: string; ok: boolean }
  /** Answers `check-chunk`: right or wrong, it could not be kept. */
  | { type: 'store-failed'; chunk: number; from: string }
  /** A chunk that was kept earlier turned up after the start, and is proved. */
  | { type: 'chunk-restored'; chunk: number }
  /** The limits are others; undefined: no limit. */
  | { type: 'limits-changed'; uploadBytesPerSecond: number | undefined; downloadBytesPerSecond: number | undefined }
  /** Somebody waits for chunks [first, end), for a player for one; for none where it is empty. */
  | { type: 'wanted-changed'; first: number; end: number }
  /**
   * The chunks that are to be fetched from now on; before the first choice, all. Nothing before the manifest is known.
   */
  | { type: 'choice-changed'; chosen: Bitfield }
  | { type: 'activity-changed'; downloading: boolean; uploading: boolean }
  | { type: 'wake' }

export type SwarmAction =
  /** `lane`: over which connection; 0: the first. What goes over one arrives in order, and nothing is said of two. */
  | { type: 'send'; peer: string; message: Message; lane: number }
  /** Make so many connections more to this peer, as far as there is room for them. */
  | { type: 'open-lanes'; peer: string; count: number }
  /** Measure the way to this peer again. */
  | { type: 'measure-path'; peer: string }
  /** All that was asked for over it is answered. */
  | { type: 'close-lane'; peer: string; lane: number }
  /** The same to each of these. */
  | { type: 'send-all'; peers: readonly string[]; message: Message }
  | { type: 'load-block'; peer: string; chunk: number; offset: number; length: number }
  /** Blocks in order, together one chunk, all from one neighbour: compare with the digest and keep. */
  | { type: 'check-chunk'; chunk: number; from: string; blocks: Uint8Array[]; digest: Uint8Array }
  /** Report `send-drained` when what waits on this link falls to so many bytes. */
  | { type: 'set-low-mark'; peer: string; bytes: number }
  /** Close the connection; a banned peer is not let in again. */
  | { type: 'drop-peer'; peer: string; reason: string; ban: boolean }
  | { type: 'content-known'; content: Content }
  /** A hash page came from a neighbour and is the manifest's. */
  | { type: 'page-known'; page: number; bytes: Uint8Array }
  /** Too few neighbours: ask the tracker for more. */
  | { type: 'find-peers' }

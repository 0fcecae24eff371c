// The ports on which the driver carries out the swarm's actions. Each has adapters elsewhere; none is known here.
import type { RoundTrip } from '../swarm/index'

/**
 * What is the matter with a store. `no-space`: what is held stays. `vanished`: what was kept has been deleted.
 * `damaged`: it is there, and no longer what it was. `refused`: this site may store nothing. `silent`: no answer within
 * its time. `changed`: a file that is shared is another now. `unavailable`: anything else.
 */
export type StoreFault = 'no-space' | 'vanished' | 'damaged' | 'refused' | 'silent' | 'changed' | 'unavailable'

/** Why a store cannot go on. `message` is for the person: what happened, and what to do. */
export class StoreError extends Error {
  constructor(
    readonly code: StoreFault,
    message: string,
  ) {
    super(message)
    this.name = 'StoreError'
  }
}

/** Holds the verified chunks of one content. It never keeps a byte that it has not proved. */
export interface ChunkStore {
  /**
   * Joins the blocks (in order, together exactly one chunk), compares their SHA-256 with `digest` (32 bytes), and keeps
   * them if they match. The blocks' buffers may be transferred away: the caller must not touch them again.
   * Rejects with StoreError when it cannot keep them; nothing of that chunk is then held.
   */
  write(chunk: number, blocks: readonly Uint8Array[], digest: Uint8Array): Promise<'stored' | 'wrong-digest'>
  /**
   * `length` bytes from `offset` within a held chunk, not to be altered: others may be given the same memory. Rejects
   * with StoreError when they cannot be read.
   */
  read(chunk: number, offset: number, length: number): Promise<Uint8Array>
}

/** Carries frames to neighbours over whatever connects them. Delivery is reliable and in order. */
export interface LinkPort {
  /**
   * The frame is the link's until it returns: the next one is written to the same memory. `lane`: over which connection
   * to this peer; 0: the first. What goes over one comes in order.
   */
  send(peer: string, frame: Uint8Array, lane?: number): void
  /** Makes so many connections more, if it can. Answered by `lane-opened` for each, or `lanes-refused`. */
  openLanes(peer: string, count: number): void
  closeLane(peer: string, lane: number): void
  /** Measures the path to a peer; undefined where that cannot be done. Never rejects. */
  measurePath(peer: string): Promise<RoundTrip | undefined>
  /**
   * Bytes that `send` has taken for this peer, over all its connections, and the network has not; 0 for one that is
   * gone.
   */
  bufferedBytes(peer: string): number
  /**
   * `send-drained` is to be reported when what waits for this peer falls to so much; FIRST_LOW_MARK_BYTES until told.
   */
  setLowMark(peer: string, bytes: number): void
  /** Closes the connection; a banned peer is not let in again under that id. */
  drop(peer: string, reason: string, ban: boolean): void
}

/** Milliseconds on a clock that only goes forward, and one alarm on it: setting it again replaces the former. */
export interface ClockPort {
  now(): number
  setAlarm(atMs: number, ring: () => void): void
  clearAlarm(): void
}

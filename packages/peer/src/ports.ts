// What a peer needs of the runtime that it lives in: a browser's tab, a terminal, or a test in virtual time. Each port
// has adapters elsewhere, and one contract suite (testing/contracts) that all of them pass. Knows no runtime.
import type { ChunkStore, ClockPort, RoundTrip } from '@swarmdrop/core'
import type { Signal } from '@swarmdrop/core/signaling'

/**
 * One alarm, and two readings of the time. `now` only goes forward. The alarm is on time even where a page is hidden.
 */
export interface Clock extends ClockPort {
  /** Milliseconds since 1970, by this machine. It may be set back or forward at any time. */
  wallMs(): number
}

export interface Random {
  /** Random bytes of a cryptographic source: ids of attempts and nonces of seals are drawn from them. */
  bytes(length: number): Uint8Array
  /** Uniform in [0, 1); drawn often. */
  uniform(): number
}

/** SHA-256 of bytes that own their buffer: 32 bytes. Does not hold up the thread that asks. */
export type Hasher = (bytes: Uint8Array<ArrayBuffer>) => Promise<Uint8Array>

export type LineHandlers = {
  /** The line stands, for the first time or again: whatever the other side knew of us, it has forgotten. */
  up(): void
  /** The line is down, or could not be made. It is tried again by itself until it is closed. */
  lost(): void
  heard(event: string, payload: unknown): void
}

/** A line to the tracker that comes back by itself. What cannot be carried now is lost. */
export interface Line {
  readonly isUp: boolean
  /** Opens the line, once. Nothing is heard before, nor after `close`. */
  open(handlers: LineHandlers): void
  /**
   * The answer to a request. Never rejects. Undefined where the line is down or goes down; it may never settle where
   * the other side does not answer.
   */
  ask(event: string, request: object): Promise<unknown>
  /** Needs no answer. */
  tell(event: string, message: object): void
  /** Ends this connection, as if it had been lost. */
  renew(): void
  close(): void
}

export type IceServer = { urls: string[]; username?: string; credential?: string }

/**
 * How TURN servers answer who asks for an address: one gives it; says no (wrong credentials, no room); or says nothing.
 */
export type TurnOutcome = 'given' | 'refused' | 'unreachable'

export type LinkConfiguration = {
  iceServers: readonly IceServer[]
  /**
   * Through a relay or not at all. Without a relay this connects to nobody: an address is not shown for want of one.
   */
  relayOnly: boolean
  /**
   * Called when a TURN server is asked. What it gives takes each answer that is better than the one before, and `ended`
   * once.
   */
  turnAsked?: () => (heard: TurnOutcome | 'ended') => void
}

/**
 * How frames reach the other side: from browser to browser, through a TURN server, or through the tracker's own
 * (sealed).
 */
export type Way = 'direct' | 'turn' | 'server'

export type PeerLinkHandlers = {
  signal(signal: Signal): void
  opened(): void
  /** `way` is another now. */
  wayChanged(): void
  /** Whole and in order; the bytes are the receiver's. */
  frame(frame: Uint8Array): void
  /** The buffer fell to the low mark. */
  drained(bufferedBytes: number): void
  /** The link has ended. Called once, whether it had opened or not. */
  closed(): void
}

/** The round trip that WebRTC has found when it looked, as it does by itself, whether the way still stands. */
export type PathLook = RoundTrip & {
  /** How many there were: with each, the newest is another. */
  count: number
}

/** A link to one peer, from the first signal to its end. */
export interface PeerLink {
  readonly isOpen: boolean
  /** The way of an open link; `direct` until it is known to be another. */
  readonly way: Way
  accept(signal: Signal): void
  /**
   * Takes the frame at once, whatever waits already: the swarm keeps the measure. What cannot be sent ends the link.
   */
  send(frame: Uint8Array): void
  readonly bufferedBytes: number
  /** `drained` is called when what is buffered falls to so much; FIRST_LOW_MARK_BYTES until told. */
  setLowMark(bytes: number): void
  /** Looks at the path; undefined where WebRTC does not tell. Never rejects. */
  lookAtPath(): Promise<PathLook | undefined>
  close(): void
}

/** Begins a link: as the one that offers, or as the one that is offered to. */
export type OpenLink = (initiator: boolean, configuration: LinkConfiguration, handlers: PeerLinkHandlers) => PeerLink

/** A place where the chunks of one content are kept. */
export interface KeptStore extends ChunkStore {
  /** Stops it: every later call rejects. What was opened to be kept is kept. */
  close(): Promise<void>
  /** Stops it, and frees the bytes. */
  remove(): Promise<void>
}

/** A text that outlives this peer, as far as the runtime keeps anything. */
export interface TextMemory {
  read(): string | undefined
  /** Writes the text down. False where it could not be kept. */
  write(text: string): boolean
  clear(): void
}

/** The person's choice for all connections of this device. */
export interface RelayChoice {
  isRelayOnly(): boolean
  chooseRelayOnly(relayOnly: boolean): void
}

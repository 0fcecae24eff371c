// What a swarm may ask of a peer beyond its link, before anything is signalled: a password, say. Knows none.

/** `wrong`: they say that ours is; `busy`: too many wrong ones were tried; `none`: they ask for none. */
export type GateVerdict = 'wrong' | 'busy' | 'none'

/** A door stands for one of the tracker's ids of ours. */
export type DoorPorts = {
  ownId: string
  /** Under the link's seal. */
  say(to: string, word: object): void
  /** Signals to this one go through from now on. `wasAsked`: by us, as we want to reach it. */
  admitted(peer: string, wasAsked: boolean): void
  changed(): void
}

export interface Door {
  /** Why nobody lets us in; undefined: somebody has, or it is too early to tell. */
  readonly verdict: GateVerdict | undefined
  /** Asks each to let us in, whom we have not asked yet. */
  meet(peers: readonly string[]): void
  isOpenTo(peer: string): boolean
  /** Takes a word that came under the link's seal, and may be anything. */
  heard(from: string, word: unknown): void
  /** Seals a message for somebody who was let in; undefined: they were not. */
  seal(to: string, message: unknown): string | undefined
  /** Opens a message; undefined: it was not sealed by somebody who was let in here. Never throws. */
  open(from: string, sealed: string): { message: unknown } | undefined
  close(): void
}

/** Outlives a connection: what it has counted counts for the next. */
export interface Gate {
  doorFor(ports: DoorPorts): Door
}

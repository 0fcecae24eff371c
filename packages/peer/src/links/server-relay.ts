// All ways through the server of one swarm: asks for them on the tracker's line, and hands on what the server says of
// each. Knows nothing of seals or frames.
import type { Millis } from '@swarmdrop/core'
import {
  RELAY_USE_CHARACTERS,
  type RefusalCode,
  RelayOpened,
  type RelayOpenRequest,
  RelayPiece,
  RelayRead,
  RelayStop,
} from '@swarmdrop/core/signaling'

/** At most this many neighbours are reached through the server: a swarm needs a few, and the server is everybody's. */
const RELAY_NEIGHBOURS = 4
/** A pair is heard within this time, or makes way where there is no place: anyone who offered it need not mean it. */
const HEARD_WITHIN_MS = 1_500
/** A pair makes way too when no part of a block has gone through it for this long. */
const IDLE_MS = 60_000

/** The line to the tracker, as far as it is used here. */
export type RelayLine = {
  /** `silent`: the server does not answer. */
  open(request: Omit<RelayOpenRequest, 'swarmId'>): Promise<'done' | 'silent' | RefusalCode>
  tell(event: 'relay', message: RelayPiece): void
  tell(event: 'relay-read', message: RelayRead): void
  tell(event: 'relay-stop', message: RelayStop): void
}

export type RelayedPairHandlers = {
  /** The way stands: both sides have asked for it. */
  opened(): void
  piece(sealed: string): void
  /** The other side has read so much more, by core's `pieceCost`. */
  read(cost: number): void
  /** The way has ended, as it was refused, is over, or the line is lost. Called once, and nothing after it. */
  ended(): void
}

type Asked = { readonly handlers: RelayedPairHandlers; readonly atMs: Millis; isHeard: boolean; usedAtMs: Millis }

/** A way through the server that was asked for. */
export type RelayedPair = {
  send(sealed: string): void
  hasRead(cost: number): void
  /** `ended` is not called. */
  stop(): void
}

export class ServerRelay {
  /** Whether the server carries frames: set on joining. */
  isOffered = false
  /** The last that was asked for was refused, as the server carries all that it may. */
  isFull = false
  readonly #line: RelayLine
  readonly #now: () => number
  /** The pairs, in the order in which they were asked for. */
  readonly #pairs = new Map<string, Asked>()

  constructor(line: RelayLine, now: () => number) {
    this.#line = line
    this.#now = now
  }

  /** Asks for a way through the server; undefined where there are as many as may be, and none makes way. */
  open(to: string, pair: string, handlers: RelayedPairHandlers): RelayedPair | undefined {
    if (!this.isOffered || this.#pairs.has(pair)) return undefined
    if (this.#pairs.size >= RELAY_NEIGHBOURS && !this.#makeRoom()) return undefined
    const atMs = this.#now()
    const asked: Asked = { handlers, atMs, isHeard: false, usedAtMs: atMs }
    this.#pairs.set(pair, asked)
    const isHere = () => this.#pairs.get(pair) === asked
    void this.#line.open({ to, pair }).then((answer) => {
      this.isFull = answer === 'relay-full'
      if (answer !== 'done' && isHere()) this.#end(pair)
    })
    return {
      send: (sealed) => {
        if (!isHere()) return
        this.#use(asked, sealed)
        this.#line.tell('relay', { pair, sealed })
      },
      hasRead: (cost) => isHere() && this.#line.tell('relay-read', { pair, cost }),
      stop: () => {
        if (isHere() && this.#pairs.delete(pair)) this.#line.tell('relay-stop', { pair })
      },
    }
  }

  /** Takes what the server has said; what is no word of a relay is ignored. */
  heard(event: string, content: unknown): void {
    if (event === 'relay') {
      const piece = RelayPiece.safeParse(content).data
      const asked = piece && this.#pairs.get(piece.pair)
      if (!asked) return
      asked.isHeard = true
      this.#use(asked, piece.sealed)
      asked.handlers.piece(piece.sealed)
    } else if (event === 'relay-read') {
      const read = RelayRead.safeParse(content).data
      if (read) this.#pairs.get(read.pair)?.handlers.read(read.cost)
    } else if (event === 'relay-opened') {
      const opened = RelayOpened.safeParse(content).data
      if (opened) this.#pairs.get(opened.pair)?.handlers.opened()
    } else if (event === 'relay-ended') {
      const ended = RelayStop.safeParse(content).data
      if (ended) this.#end(ended.pair)
    }
  }

  /** The line is lost: the server has forgotten all of them. */
  lost(): void {
    for (const pair of [...this.#pairs.keys()]) this.#end(pair)
  }

  #makeRoom(): boolean {
    const now = this.#now()
    const isLate = ([, { isHeard, atMs }]: [string, Asked]) => !isHeard && now - atMs >= HEARD_WITHIN_MS
    const isIdle = ([, { usedAtMs }]: [string, Asked]) => now - usedAtMs >= IDLE_MS
    const idlestFirst = [...this.#pairs].sort(([, a], [, b]) => a.usedAtMs - b.usedAtMs)
    const [goes] = [...this.#pairs].find(isLate) ?? idlestFirst.find(isIdle) ?? []
    if (goes === undefined) return false
    this.#line.tell('relay-stop', { pair: goes })
    this.#end(goes)
    return true
  }

  #use(asked: Asked, sealed: string): void {
    if (sealed.length >= RELAY_USE_CHARACTERS) asked.usedAtMs = this.#now()
  }

  #end(pair: string): void {
    const asked = this.#pairs.get(pair)
    this.#pairs.delete(pair)
    asked?.handlers.ended()
  }
}

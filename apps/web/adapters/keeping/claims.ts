// Lets one tab at a time keep a content. By Web Locks where there are some; they are not on plain HTTP, so tabs also
// ask each other by name, over a channel that all of an origin's tabs hear. Knows nothing of what is kept.

import { FIRST_ANSWER_MS, inTime } from '@swarmdrop/peer/stores'
import { ownTimers } from '../workers/waiting'

/** What tabs say: who wants a content, and who has it (`claimant` is told). */
type Word = { type: 'wanted'; id: string; claimant: number } | { type: 'taken'; id: string; claimant: number }

/** The part of BroadcastChannel that is used. */
export type Channel = {
  postMessage(word: Word): void
  addEventListener(type: 'message', listener: (event: { data: Word }) => void): void
}

/** The time in which a living tab answers, hidden or not. */
const ANSWER_MS = 300
/**
 * The time for what is just being closed, by this tab or by the page that it was before a reload: nobody answers for
 * that.
 */
const PATIENCE_MS = 2_000
const RETRY_MS = 100

type Locks = Pick<LockManager, 'request'>
type Claim = {
  state: 'asking' | 'held'
  claimant: number
  /** Tabs that asked while this one did, and have no answer yet. */
  rivals: number[]
  gone: Promise<'gone'>
  leave: () => void
}

export class Claims {
  readonly #channel: Channel
  #locks: Locks | undefined
  readonly #random: () => number
  /** The contents that this tab has, or has asked for, and the number it drew for each. */
  readonly #own = new Map<string, Claim>()
  readonly #refused = new Map<string, () => void>()

  constructor(channel: Channel, locks: Locks | undefined, random: () => number) {
    this.#channel = channel
    this.#locks = locks
    this.#random = random
    channel.addEventListener('message', ({ data }) => this.#hear(data))
  }

  /** The way to let go of it; undefined when another tab keeps it, or a session of this one that does not end. */
  async claim(id: string): Promise<(() => void) | undefined> {
    const earlier = this.#own.get(id)
    if (earlier && (await Promise.race([earlier.gone, after(PATIENCE_MS)])) !== 'gone') return undefined
    let resolve: (gone: 'gone') => void = () => {}
    const gone = new Promise<'gone'>((settle) => {
      resolve = settle
    })
    const leave = () => {
      // Let go of twice, it may be somebody else's by now.
      if (this.#own.get(id) === claim) this.#own.delete(id)
      resolve('gone')
    }
    const claim: Claim = { state: 'asking', claimant: this.#random(), rivals: [], gone, leave }
    this.#own.set(id, claim)
    const release = await this.#won(id, claim).catch(() => undefined)
    if (!release) leave()
    else {
      claim.state = 'held'
      for (const rival of claim.rivals) this.#channel.postMessage({ type: 'taken', id, claimant: rival })
    }
    return release
  }

  async #won(id: string, { claimant, leave }: Claim): Promise<(() => void) | undefined> {
    const refused = new Promise<'refused'>((resolve) => this.#refused.set(id, () => resolve('refused')))
    const isRefusedWithin = async (ms: number) => {
      this.#channel.postMessage({ type: 'wanted', id, claimant })
      return (await Promise.race([refused, after(ms)])) === 'refused'
    }
    try {
      for (let waitedMs = 0; this.#locks && waitedMs <= PATIENCE_MS; waitedMs += RETRY_MS) {
        const unlock = await this.#lockedNow(this.#locks, id)
        if (unlock === 'no locks') break
        if (unlock) {
          return () => {
            unlock()
            leave()
          }
        }
        // Asked at each try: the one who has it may have begun to listen after the last.
        if (await isRefusedWithin(RETRY_MS)) return undefined
      }
      if (this.#locks) return undefined
      return (await isRefusedWithin(ANSWER_MS)) ? undefined : leave
    } finally {
      this.#refused.delete(id)
    }
  }

  /**
   * A browser that blocks a site's storage refuses its locks as well, or never grants one: from then on tabs ask each
   * other.
   */
  async #lockedNow(locks: Locks, id: string): Promise<(() => void) | 'no locks' | undefined> {
    try {
      return await inTime(ownTimers, FIRST_ANSWER_MS, lockedNow(locks, id))
    } catch {
      this.#locks = undefined
      return 'no locks'
    }
  }

  #hear(word: Word): void {
    const own = this.#own.get(word.id)
    if (word.type === 'taken') {
      if (own?.claimant === word.claimant) this.#refused.get(word.id)?.()
      return
    }
    // Of two that ask at once, the lesser number has it. Locks settle that by themselves.
    const isOurs = own?.state === 'held' || (own && !this.#locks && own.claimant < word.claimant)
    if (isOurs) this.#channel.postMessage({ type: 'taken', id: word.id, claimant: word.claimant })
    else own?.rivals.push(word.claimant)
  }
}

/**
 * The way to unlock it; undefined while somebody has it. Asked again and again rather than once with a signal to abort
 * by: Chromium forgets the signal of a request that waits when it collects garbage, and the request waits for ever.
 */
function lockedNow(locks: Locks, id: string): Promise<(() => void) | undefined> {
  return new Promise((resolve, reject) => {
    const use = (lock: Lock | null) => {
      if (lock) return new Promise<void>((release) => resolve(release))
      resolve(undefined)
    }
    locks.request(`swarmdrop/kept/${id}`, { ifAvailable: true }, use).catch(reject)
  })
}

const after = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms))

let claims: Claims | undefined

/** Claims a content among all tabs of this origin, as `Claims.claim`. */
export function claimContent(id: string): Promise<(() => void) | undefined> {
  const draw = () => crypto.getRandomValues(new Uint32Array(1))[0] ?? 0
  claims ??= new Claims(channel(), navigator.locks, draw)
  return claims.claim(id)
}

/** Some browsers that block storage have no channel either: then nothing is kept, and nobody need be asked. */
function channel(): Channel {
  try {
    return new BroadcastChannel('swarmdrop/kept')
  } catch {
    return { postMessage: () => {}, addEventListener: () => {} }
  }
}

// The code of what this page shares, to be read aloud: there as long as it is shared. What it takes is loaded when it is wanted.
import type { CodeOffer, CodeSnapshot } from '@swarmdrop/peer/code'
import { codePorts, loadCodes } from './code-ports'
import { registerCode } from './inspection'
import { patiently } from './patiently'
import type { SendingTransfer } from './transfers'

export type { CodeSnapshot } from '@swarmdrop/peer/code'

const WAITING: CodeSnapshot = { state: 'waiting', code: undefined, wrongTries: 0 }

/** The code of one share: there as long as it is shared, whoever draws it. */
export class SharedCode {
  readonly #session: SendingTransfer
  readonly #listeners = new Set<() => void>()
  #offer: CodeOffer | undefined
  #isStarted = false

  constructor(session: SendingTransfer) {
    this.#session = session
  }

  /** Once is enough. */
  start(): void {
    if (this.#isStarted) return
    this.#isStarted = true
    void this.#start()
  }

  getSnapshot(): CodeSnapshot {
    return this.#offer?.getSnapshot() ?? WAITING
  }

  subscribe(onChange: () => void): () => void {
    this.#listeners.add(onChange)
    return () => this.#listeners.delete(onChange)
  }

  /** After too many were used up. */
  drawAnother(): void {
    this.#offer?.drawAnother()
  }

  async #start(): Promise<void> {
    let isOver = false
    this.#session.onClosed(() => {
      isOver = true
    })
    const { CodeOffer } = await patiently(loadCodes)
    if (isOver) return
    const offer = new CodeOffer(codePorts(), this.#session.getSnapshot().link)
    this.#offer = offer
    offer.subscribe(() => {
      for (const changed of this.#listeners) changed()
    })
    const visit = new AbortController()
    const { signal } = visit
    window.addEventListener('pagehide', () => offer.leave(), { signal })
    window.addEventListener('pageshow', ({ persisted }) => persisted && offer.comeBack(), { signal })
    this.#session.onClosed(() => {
      visit.abort()
      offer.close()
    })
    registerCode(this.#session, () => (offer.getSnapshot().state === 'open' ? offer.getSnapshot().code : undefined))
    offer.start()
  }
}

const shared = new WeakMap<SendingTransfer, SharedCode>()

export function codeOf(session: SendingTransfer): SharedCode {
  const known = shared.get(session) ?? new SharedCode(session)
  shared.set(session, known)
  return known
}

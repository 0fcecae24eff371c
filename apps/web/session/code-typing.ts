// A code while somebody types it: what is wrong with it, how it may go on, and the try to get its link once it is
// whole. Only what is loaded for codes comes in here.
import { Snapshots, type Waiting } from '@swarmdrop/peer'
import { type CodeProblem, CodeVisit, completionsOf, readShareCode, type ShareCode } from '@swarmdrop/peer/code'
import { ownTimers } from '../adapters/workers/waiting'
import { codePorts } from './code-ports'
import { linkOfAddress } from './links'

/** The time after which what was typed is meant: somebody who goes on by then meant something else. */
const MEANT_AFTER_MS = 500

export type Typing =
  | { step: 'begun'; completions: readonly string[] }
  /** `reason`: for the person. */
  | { step: 'mistake'; reason: string }
  | { step: 'whole' }
  | { step: 'trying' }
  | { step: 'failed'; problem: CodeProblem }

export type CodeTypingPorts = {
  time: Waiting
  /** Gives the id of the link. Aborted, it settles no more. */
  ask: (code: ShareCode, signal: AbortSignal) => Promise<{ id: string } | { problem: CodeProblem }>
}

const UNFINISHED = 'A code has a number and two words, like 7-guitar-orbit.'

export class CodeTyping {
  readonly #ports: CodeTypingPorts
  readonly #onLink: (id: string) => void
  readonly #snapshots = new Snapshots<Typing>({ step: 'begun', completions: [] })
  /** Aborts what is done about the text when another is typed. */
  #typed = new AbortController()
  #code: ShareCode | undefined
  #stopWaiting = () => {}

  /** `onLink`: hears the id of the link that came. */
  constructor(ports: CodeTypingPorts, onLink: (id: string) => void) {
    this.#ports = ports
    this.#onLink = onLink
  }

  getSnapshot(): Typing {
    return this.#snapshots.get()
  }

  subscribe(onChange: () => void): () => void {
    return this.#snapshots.subscribe(onChange)
  }

  /** The text as it is now. */
  type(text: string): void {
    this.close()
    this.#typed = new AbortController()
    this.#code = undefined
    const typed = readShareCode(text)
    if (typed.kind === 'mistake') return this.#snapshots.replace({ step: 'mistake', reason: typed.reason })
    if (typed.kind === 'beginning') return this.#snapshots.replace({ step: 'begun', completions: completionsOf(text) })
    this.#code = typed.code
    this.#snapshots.replace({ step: 'whole' })
    this.#stopWaiting = this.#ports.time.after(MEANT_AFTER_MS, () => this.tryNow())
  }

  /** Tries at once, and again after it has failed. */
  tryNow(): void {
    const { step } = this.getSnapshot()
    if (step === 'begun') this.#snapshots.replace({ step: 'mistake', reason: UNFINISHED })
    if (this.#code && (step === 'whole' || step === 'failed')) void this.#try(this.#code, this.#typed.signal)
  }

  /** Ends the visit: somebody who has gone wants no link. */
  close(): void {
    this.#stopWaiting()
    this.#typed.abort()
  }

  async #try(code: ShareCode, signal: AbortSignal): Promise<void> {
    this.#stopWaiting()
    this.#snapshots.replace({ step: 'trying' })
    const outcome = await this.#ports.ask(code, signal).catch(() => ({ problem: 'forged' as const }))
    if (signal.aborted) return
    if ('id' in outcome) this.#onLink(outcome.id)
    else this.#snapshots.replace({ step: 'failed', problem: outcome.problem })
  }
}

const askByCode: CodeTypingPorts['ask'] = async (code, signal) => {
  const visit = new CodeVisit(codePorts(), code)
  signal.addEventListener('abort', () => visit.close())
  const outcome = await visit.run()
  if ('problem' in outcome) return outcome
  // Only what it is counts, and not its address: the sender was reached by this page's own server, and so are all who
  // have it. Nor is it read as one: it may be none.
  const found = linkOfAddress({ hash: outcome.link.slice(outcome.link.lastIndexOf('#')), search: '' })
  return found && 'id' in found ? found : { problem: 'forged' }
}

/** A try as this page makes one. */
export const newCodeTyping = (onLink: (id: string) => void): CodeTyping =>
  new CodeTyping({ time: ownTimers, ask: askByCode }, onLink)

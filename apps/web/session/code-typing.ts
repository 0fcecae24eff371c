// A code while somebody types it: what is wrong with it, how it may go on, and the try to get its link once it is whole. Knows no page.
import { Snapshots, type Waiting } from '@swarmdrop/peer'
import { ownTimers } from '../adapters/workers/waiting'
import { askByCode, type CodeProblem, isLikeCode, readTypedCode, type TypedCode } from './typed-code'

/** Whoever has typed on by then meant something else. */
const MEANT_AFTER_MS = 500

export type Typing =
  | { step: 'none' }
  | { step: 'begun'; completions: readonly string[] }
  /** `reason`: for the person. */
  | { step: 'mistake'; reason: string }
  | { step: 'whole' }
  | { step: 'trying' }
  | { step: 'failed'; problem: CodeProblem }

export type CodeTypingPorts = { time: Waiting; read: typeof readTypedCode; ask: typeof askByCode }

const UNFINISHED = 'A code has a number and two words, as 7-guitar-orbit.'

export class CodeTyping {
  readonly #ports: CodeTypingPorts
  readonly #onLink: (id: string) => void
  readonly #snapshots = new Snapshots<Typing>({ step: 'none' })
  /** Of the text as it is now: what is done about an older one comes to nothing. */
  #typed = new AbortController()
  #code: Extract<TypedCode, { kind: 'code' }>['code'] | undefined
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

  /** The text as it is now. What is no code is nobody's business here. */
  type(text: string): void {
    this.close()
    this.#typed = new AbortController()
    this.#code = undefined
    if (isLikeCode(text)) void this.#read(text, this.#typed.signal)
    else this.#snapshots.replace({ step: 'none' })
  }

  /** At once, and again after it has failed. */
  tryNow(): void {
    const { step } = this.getSnapshot()
    if (step === 'begun') this.#snapshots.replace({ step: 'mistake', reason: UNFINISHED })
    if (step === 'whole' || step === 'failed') void this.#try(this.#typed.signal)
  }

  /** Whoever has gone wants no link. */
  close(): void {
    this.#stopWaiting()
    this.#typed.abort()
  }

  async #read(text: string, signal: AbortSignal): Promise<void> {
    this.#snapshots.replace({ step: 'begun', completions: [] })
    const read = await this.#ports.read(text).catch(() => undefined)
    if (signal.aborted) return
    if (!read) return this.#snapshots.replace({ step: 'failed', problem: 'no-server' })
    const { typed, completions } = read
    if (typed.kind === 'mistake') return this.#snapshots.replace({ step: 'mistake', reason: typed.reason })
    if (typed.kind === 'beginning') return this.#snapshots.replace({ step: 'begun', completions })
    this.#code = typed.code
    this.#snapshots.replace({ step: 'whole' })
    this.#stopWaiting = this.#ports.time.after(MEANT_AFTER_MS, () => this.tryNow())
  }

  async #try(signal: AbortSignal): Promise<void> {
    this.#stopWaiting()
    if (!this.#code) return
    this.#snapshots.replace({ step: 'trying' })
    const outcome = await this.#ports.ask(this.#code, signal).catch(() => ({ problem: 'no-server' }) as const)
    if (signal.aborted) return
    if ('id' in outcome) return this.#onLink(outcome.id)
    this.#snapshots.replace({ step: 'failed', problem: outcome.problem })
  }
}

/** With this page's own ports. `onLink`: hears the id of the link that came. */
export const newCodeTyping = (onLink: (id: string) => void): CodeTyping =>
  new CodeTyping({ time: ownTimers, read: readTypedCode, ask: askByCode }, onLink)

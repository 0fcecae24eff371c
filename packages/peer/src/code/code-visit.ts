// One try of somebody who has typed a code: asks the sender's page for its link. Knows nothing of what is done with it.

import { AskingEnd, type CodeFault, type ShareCode } from '@swarmdrop/core/code'
import type { CodeDelivery, RefusalCode } from '@swarmdrop/core/signaling'
import { TrackerLine } from '../line/tracker-line'
import { CodeLine } from './code-line'
import type { CodePorts } from './code-offer'

/** A line that hangs is tried by another way within this time. */
const LINE_WITHIN_MS = 12_000
/** The time that the sender has, from the first words to the link. */
const LINK_WITHIN_MS = 15_000

/**
 * Why there is no link. `nobody`: no page with this number is open; `wrong-code`, `used-up`: the sender's page says so;
 * `busy`: too many ask; `silent`: the sender's page says nothing; `forged`: what came is not from who has this code.
 */
export type CodeProblem = CodeFault | 'no-server' | 'nobody' | 'busy' | 'silent'

export type CodeOutcome = { link: string } | { problem: CodeProblem }

export class CodeVisit {
  readonly #code: ShareCode
  readonly #ports: CodePorts
  readonly #line: CodeLine
  readonly #end: AskingEnd
  /** The message that the sender is to send next. */
  #awaits: 'answer' | 'gift' = 'answer'
  #exchange: string | undefined
  /** Messages that came before we knew which exchange is ours. */
  readonly #early: CodeDelivery[] = []
  #finish: (outcome: CodeOutcome) => void = () => {}
  #cancel = () => {}

  constructor(ports: CodePorts, code: ShareCode) {
    this.#code = code
    this.#ports = ports
    this.#line = new CodeLine(new TrackerLine(ports.newLine(), ports.time))
    this.#end = new AskingEnd(code, (length) => ports.random.bytes(length))
  }

  /** Runs the visit, once. Never rejects. */
  run(): Promise<CodeOutcome> {
    return new Promise((resolve) => {
      this.#finish = (outcome) => {
        this.close()
        resolve(outcome)
      }
      this.#within(LINE_WITHIN_MS, 'no-server')
      this.#line.start({
        up: () => void this.#knock(),
        lost: () => this.#exchange !== undefined && this.#finish({ problem: 'no-server' }),
        delivered: (delivery) => this.#delivered(delivery),
      })
    })
  }

  /** Ends the visit; `run` then settles no more. */
  close(): void {
    this.#cancel()
    this.#finish = () => {}
    this.#line.close()
  }

  async #knock(): Promise<void> {
    this.#within(LINK_WITHIN_MS, 'silent')
    const answer = await this.#line.knock(this.#code.nameplate, this.#end.knock)
    if (!answer.ok) return this.#finish({ problem: problemOf(answer.refused) })
    this.#exchange = answer.reply.exchange
    for (const delivery of this.#early.splice(0)) this.#delivered(delivery)
  }

  #delivered(delivery: CodeDelivery): void {
    if (this.#exchange === undefined) return void (this.#early.length < 2 && this.#early.push(delivery))
    if (delivery.exchange !== this.#exchange || delivery.type === 'knock') return
    if (delivery.type === 'ended') return this.#finish({ problem: 'nobody' })
    if (this.#awaits === 'answer') this.#answered(delivery.body)
    else this.#given(delivery.body)
  }

  #answered(body: string): void {
    const said = this.#end.guess(body)
    if ('fault' in said) return this.#finish({ problem: said.fault })
    this.#awaits = 'gift'
    this.#line.say(this.#exchange ?? '', said.guess)
  }

  #given(body: string): void {
    const opened = this.#end.open(body)
    this.#finish('fault' in opened ? { problem: opened.fault } : opened)
  }

  #within(ms: number, problem: CodeProblem): void {
    this.#cancel()
    this.#cancel = this.#ports.time.after(ms, () => this.#finish({ problem }))
  }
}

function problemOf(refused: RefusalCode | 'no-answer'): CodeProblem {
  if (refused === 'unknown-code') return 'nobody'
  if (refused === 'rate-limited' || refused === 'receiver-busy') return 'busy'
  return 'no-server'
}

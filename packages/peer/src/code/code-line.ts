// A page's line to the mailboxes of codes at the tracker. Knows nothing of what is said there.
import {
  CodeDelivery,
  CodeKnockReply,
  type CodeKnockRequest,
  CodeOpenReply,
  type CodeOpenRequest,
  type CodeSayRequest,
  type ExchangeId,
  type Nameplate,
} from '@swarmdrop/core/signaling'
import { type Answered, askFor } from '../line/answered'
import type { TrackerLine } from '../line/tracker-line'

export type CodeLineHandlers = {
  /** The line stands (again): the tracker knows no mailbox of this page. */
  up(): void
  lost(): void
  delivered(delivery: CodeDelivery): void
}

export class CodeLine {
  readonly #line: TrackerLine

  constructor(line: TrackerLine) {
    this.#line = line
  }

  get isUp(): boolean {
    return this.#line.isUp
  }

  start({ up, lost, delivered }: CodeLineHandlers): void {
    this.#line.start({
      up,
      lost,
      heard: (event, payload) => {
        const delivery = event === 'code' ? CodeDelivery.safeParse(payload).data : undefined
        if (delivery) delivered(delivery)
      },
    })
  }

  /** `nameplate`: the number that this token had before. */
  open(token: string, nameplate: Nameplate | undefined): Promise<Answered<CodeOpenReply>> {
    const request: CodeOpenRequest = { token, ...(nameplate !== undefined && { nameplate }) }
    return askFor(this.#line, CodeOpenReply, 'code-open', request)
  }

  knock(nameplate: Nameplate, body: string): Promise<Answered<CodeKnockReply>> {
    return askFor(this.#line, CodeKnockReply, 'code-knock', { nameplate, body } satisfies CodeKnockRequest)
  }

  say(exchange: ExchangeId, body: string): void {
    this.#line.tell('code-say', { exchange, body } satisfies CodeSayRequest)
  }

  closeMailbox(nameplate: Nameplate): void {
    this.#line.tell('code-close', { nameplate })
  }

  /** Tries a new line, as this one brings no answers. */
  renew(): void {
    this.#line.renew()
  }

  close(): void {
    this.#line.close()
  }
}

// What sockets say about codes, and who may say how much of it. Knows neither what is passed on nor how mailboxes are
// kept.
import { CodeCloseRequest, CodeKnockRequest, CodeOpenRequest, CodeSayRequest } from '@swarmdrop/core/signaling'
import { type Desk, type DeskAnswer, type From, offence, refusal, type Sockets } from './desk'
import type { Limits } from './limits'
import type { MailboxMessage, MailboxOutgoing } from './mailboxes'
import type { SocketId } from './members'
import type { KeyedBuckets } from './rate-limit'

/** What the desk needs of what keeps the mailboxes: here the memory of one process. */
export type MailboxesPort = {
  readonly counts: { mailboxes: number; exchanges: number }
  receiverOf(socket: SocketId, message: MailboxMessage): SocketId | undefined
  handle(sender: { socket: SocketId; address: string }, message: MailboxMessage, now: number): MailboxOutgoing
}

export type MailboxDeskOptions = {
  mailboxes: MailboxesPort
  limits: Limits
  sockets: Sockets
  /** The knocks of each address. */
  knocks: KeyedBuckets
}

export class MailboxDesk implements Desk {
  readonly #options: MailboxDeskOptions

  constructor(options: MailboxDeskOptions) {
    this.#options = options
  }

  answer(from: From, event: string, content: unknown, now: number): DeskAnswer | undefined {
    if (!isOurs(event)) return undefined
    const message = parse(event, content)
    if (!message) return offence('invalid')
    const { mailboxes, limits, sockets, knocks } = this.#options
    // It may be the neighbours behind the same address.
    if (message.type === 'code-knock' && !knocks.take(from.address, 1, now)) return refusal('rate-limited')
    const receiver = mailboxes.receiverOf(from.socket, message)
    if (receiver !== undefined && sockets.unreadBy(receiver) > limits.unreadFromOthersBytes)
      return refusal('receiver-busy')
    return { reply: JSON.stringify(this.#handle(from, message, now)) }
  }

  gone(from: From, now: number): void {
    this.#handle(from, { type: 'disconnect' }, now)
  }

  #handle(...[from, message, now]: Parameters<MailboxesPort['handle']>): MailboxOutgoing['reply'] {
    const { mailboxes, sockets } = this.#options
    const { reply, deliveries } = mailboxes.handle(from, message, now)
    for (const { socket, code } of deliveries) sockets.emit(socket, 'code', code)
    return reply
  }
}

const requests = {
  'code-open': CodeOpenRequest,
  'code-close': CodeCloseRequest,
  'code-knock': CodeKnockRequest,
  'code-say': CodeSayRequest,
}

const isOurs = (event: string): event is keyof typeof requests => Object.hasOwn(requests, event)

function parse(type: keyof typeof requests, content: unknown): MailboxMessage | undefined {
  const { data } = requests[type].safeParse(content)
  return data && ({ type, ...data } as MailboxMessage)
}

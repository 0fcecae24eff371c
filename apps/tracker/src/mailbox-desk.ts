// What sockets say about codes, and who may say how much of it. Knows neither what is passed on nor how mailboxes are kept.
import { CodeCloseRequest, CodeKnockRequest, CodeOpenRequest, CodeSayRequest, type RefusalCode } from '@swarmdrop/core'
import type { Limits } from './limits'
import type { MailboxMessage, MailboxOutgoing } from './mailboxes'
import type { SocketId } from './members'
import { KeyedBuckets } from './rate-limit'

/** What the desk needs of whoever keeps the mailboxes: here the memory of one process. */
export type MailboxesPort = {
  readonly counts: { mailboxes: number; exchanges: number }
  receiverOf(socket: SocketId, message: MailboxMessage): SocketId | undefined
  handle(sender: { socket: SocketId; address: string }, message: MailboxMessage, now: number): MailboxOutgoing
}

export type MailboxDeskOptions = {
  mailboxes: MailboxesPort
  limits: Limits
  /** How many bytes wait for the socket to read. */
  unreadBy: (socket: SocketId) => number
  deliver: (delivery: MailboxOutgoing['deliveries'][number]) => void
}

export class MailboxDesk {
  readonly #options: MailboxDeskOptions
  /** Of each address. */
  readonly #knocks: KeyedBuckets

  constructor(options: MailboxDeskOptions) {
    this.#options = options
    this.#knocks = new KeyedBuckets(options.limits.knocks, options.limits.addresses)
  }

  get remembered(): number {
    return this.#knocks.size
  }

  /** Undefined: nothing of this desk's. */
  answer(
    from: { socket: SocketId; address: string },
    event: string,
    content: unknown,
    now: number,
  ): MailboxOutgoing['reply'] | undefined {
    if (!isOurs(event)) return undefined
    const message = parse(event, content)
    if (!message) return refuse('invalid')
    const { mailboxes, limits, unreadBy } = this.#options
    // It may be the neighbours behind the same address.
    if (message.type === 'code-knock' && !this.#knocks.take(from.address, 1, now)) return refuse('rate-limited')
    const receiver = mailboxes.receiverOf(from.socket, message)
    if (receiver !== undefined && unreadBy(receiver) > limits.unreadFromOthersBytes) return refuse('receiver-busy')
    return this.#handle(from, message, now)
  }

  gone(from: { socket: SocketId; address: string }, now: number): void {
    this.#handle(from, { type: 'disconnect' }, now)
  }

  #handle(...[from, message, now]: Parameters<MailboxesPort['handle']>): MailboxOutgoing['reply'] {
    const { mailboxes, deliver } = this.#options
    const { reply, deliveries } = mailboxes.handle(from, message, now)
    for (const delivery of deliveries) deliver(delivery)
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

const refuse = (refused: RefusalCode) => ({ refused })

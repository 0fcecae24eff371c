// Keeps the mailboxes of codes: who has which number, and what passes between it and each visitor. Knows sockets by
// name only, reads no clock, and does not look into what is passed on.
import {
  CODE_TURNS,
  type CodeCloseRequest,
  type CodeDelivery,
  type CodeKnockReply,
  type CodeKnockRequest,
  type CodeOpenReply,
  type CodeOpenRequest,
  type CodeSayRequest,
  type ExchangeId,
  type Nameplate,
  type Refusal,
  type RefusalCode,
} from '@swarmdrop/core/signaling'
import type { SocketId } from './members'
import { type Rate, TokenBucket } from './rate-limit'
import { markOf } from './room'

/** A message of a socket, already validated, or that it is gone. */
export type MailboxMessage =
  | ({ type: 'code-open' } & CodeOpenRequest)
  | ({ type: 'code-close' } & CodeCloseRequest)
  | ({ type: 'code-knock' } & CodeKnockRequest)
  | ({ type: 'code-say' } & CodeSayRequest)
  | { type: 'disconnect' }

type MailboxReply = CodeOpenReply | CodeKnockReply | Refusal | Record<string, never>

/** The answer to the socket that asked, and what others are to hear. */
export type MailboxOutgoing = { reply: MailboxReply; deliveries: { socket: SocketId; code: CodeDelivery }[] }

export type MailboxesOptions = {
  /** Uniform in [0, 1), and unpredictable. */
  random: () => number
  /** Must not repeat nor be guessed: 16 random bytes as base64url. */
  newExchangeId: () => ExchangeId
  /** A mailbox is no more. */
  removed?: (nameplate: Nameplate) => void
  /** Knocks at one mailbox, from all. */
  knocksAtOne: Rate
  maxMailboxes?: number
  maxPerAddress?: number
  maxPerSocket?: number
  /** The most exchanges of one mailbox that are not over, in all and of one address. The oldest makes way. */
  maxExchanges?: number
  maxExchangesPerAddress?: number
  /** The most visits of one socket. */
  maxVisits?: number
  /** An exchange that has not ended after so long never will. */
  exchangeMs?: number
}

type Mailbox = {
  readonly nameplate: Nameplate
  /** The mark of the token that opened it. */
  readonly mark: string
  readonly address: string
  socket: SocketId
  /** The exchanges under way at it, in the order in which they began. */
  readonly exchanges: Set<Exchange>
  readonly knocks: TokenBucket
}

type Exchange = {
  readonly id: ExchangeId
  readonly mailbox: Mailbox
  readonly visitor: SocketId
  readonly address: string
  readonly beganAtMs: number
  /** How often each side has spoken. */
  said: { visitor: number; owner: number }
}

/** What one socket holds. */
type Held = { mailboxes: Set<Mailbox>; visits: Set<Exchange> }

const refuse = (refused: RefusalCode): MailboxOutgoing => ({ reply: { refused }, deliveries: [] })
const done = (): MailboxOutgoing => ({ reply: {}, deliveries: [] })

export class Mailboxes {
  readonly #mailboxes = new Map<Nameplate, Mailbox>()
  readonly #exchanges = new Map<ExchangeId, Exchange>()
  readonly #sockets = new Map<SocketId, Held>()
  readonly #perAddress = new Map<string, number>()
  readonly #options: Required<MailboxesOptions>

  constructor(options: MailboxesOptions) {
    this.#options = {
      maxMailboxes: 20_000,
      maxPerAddress: 200,
      maxPerSocket: 8,
      maxExchanges: 100,
      maxExchangesPerAddress: 40,
      maxVisits: 2,
      exchangeMs: 30_000,
      removed: () => {},
      ...options,
    }
  }

  /** What is held: both are 0 when everybody has left. */
  get counts(): { mailboxes: number; exchanges: number } {
    return { mailboxes: this.#mailboxes.size, exchanges: this.#exchanges.size }
  }

  /** The socket to which the message would go; undefined where nobody would hear it. */
  receiverOf(socket: SocketId, message: MailboxMessage): SocketId | undefined {
    if (message.type === 'code-knock') return this.#mailboxes.get(message.nameplate)?.socket
    const exchange = message.type === 'code-say' ? this.#exchanges.get(message.exchange) : undefined
    if (!exchange) return undefined
    return exchange.visitor === socket ? exchange.mailbox.socket : exchange.visitor
  }

  handle(sender: { socket: SocketId; address: string }, message: MailboxMessage, now: number): MailboxOutgoing {
    this.#expire(now)
    switch (message.type) {
      case 'code-open':
        return this.#open(sender, message, now)
      case 'code-close':
        return this.#close(sender.socket, message.nameplate)
      case 'code-knock':
        return this.#knock(sender, message, now)
      case 'code-say':
        return this.#say(sender.socket, message)
      case 'disconnect':
        return this.#disconnect(sender.socket)
    }
  }

  #open(
    { socket, address }: { socket: SocketId; address: string },
    { token, nameplate }: CodeOpenRequest,
    now: number,
  ): MailboxOutgoing {
    const mark = markOf(token)
    const known = nameplate === undefined ? undefined : this.#mailboxes.get(nameplate)
    if (known) return known.mark === mark ? this.#takeOver(known, socket) : refuse('code-taken')
    const { maxMailboxes, maxPerAddress, maxPerSocket, knocksAtOne } = this.#options
    const isFull =
      this.#mailboxes.size >= maxMailboxes ||
      (this.#perAddress.get(address) ?? 0) >= maxPerAddress ||
      (this.#sockets.get(socket)?.mailboxes.size ?? 0) >= maxPerSocket
    if (isFull) return refuse('codes-full')
    const mailbox: Mailbox = {
      nameplate: nameplate ?? this.#freeNumber(),
      mark,
      address,
      socket,
      exchanges: new Set(),
      knocks: new TokenBucket(knocksAtOne, now),
    }
    this.#mailboxes.set(mailbox.nameplate, mailbox)
    this.#perAddress.set(address, (this.#perAddress.get(address) ?? 0) + 1)
    this.#heldBy(socket).mailboxes.add(mailbox)
    return { reply: { nameplate: mailbox.nameplate }, deliveries: [] }
  }

  /**
   * A page that has lost its line is back before the old socket is known to be gone. What was begun with that one is
   * over.
   */
  #takeOver(mailbox: Mailbox, socket: SocketId): MailboxOutgoing {
    if (mailbox.socket === socket) return { reply: { nameplate: mailbox.nameplate }, deliveries: [] }
    const deliveries = this.#endAll(mailbox)
    this.#sockets.get(mailbox.socket)?.mailboxes.delete(mailbox)
    this.#forgetIfIdle(mailbox.socket)
    mailbox.socket = socket
    this.#heldBy(socket).mailboxes.add(mailbox)
    return { reply: { nameplate: mailbox.nameplate }, deliveries }
  }

  #close(socket: SocketId, nameplate: Nameplate): MailboxOutgoing {
    const mailbox = this.#mailboxes.get(nameplate)
    if (mailbox?.socket !== socket) return refuse('unknown-code')
    const deliveries = this.#remove(mailbox)
    this.#forgetIfIdle(socket)
    return { reply: {}, deliveries }
  }

  #knock(
    { socket, address }: { socket: SocketId; address: string },
    { nameplate, body }: CodeKnockRequest,
    now: number,
  ): MailboxOutgoing {
    const mailbox = this.#mailboxes.get(nameplate)
    if (!mailbox) return refuse('unknown-code')
    if (!mailbox.knocks.take(1, now)) return refuse('receiver-busy')
    const { maxVisits, maxExchanges, maxExchangesPerAddress, newExchangeId } = this.#options
    const { visits } = this.#heldBy(socket)
    const neighbours = [...mailbox.exchanges].filter((exchange) => exchange.address === address)
    this.#makeRoom([...visits], maxVisits)
    this.#makeRoom(neighbours, maxExchangesPerAddress)
    this.#makeRoom([...mailbox.exchanges], maxExchanges)
    const id = newExchangeId()
    const said = { visitor: 1, owner: 0 }
    const exchange: Exchange = { id, mailbox, visitor: socket, address, beganAtMs: now, said }
    this.#exchanges.set(id, exchange)
    mailbox.exchanges.add(exchange)
    this.#heldBy(socket).visits.add(exchange)
    const code: CodeDelivery = { type: 'knock', nameplate, exchange: id, body }
    return { reply: { exchange: id }, deliveries: [{ socket: mailbox.socket, code }] }
  }

  #say(socket: SocketId, { exchange: id, body }: CodeSayRequest): MailboxOutgoing {
    const exchange = this.#exchanges.get(id)
    const side = exchange && this.#sideOf(exchange, socket)
    if (!exchange || !side || exchange.said[side] >= CODE_TURNS) return refuse('exchange-over')
    exchange.said[side] += 1
    const to = side === 'visitor' ? exchange.mailbox.socket : exchange.visitor
    // The owner has the last word.
    if (exchange.said.owner >= CODE_TURNS) this.#end(exchange)
    return { reply: {}, deliveries: [{ socket: to, code: { type: 'said', exchange: id, body } }] }
  }

  #sideOf({ visitor, mailbox }: Exchange, socket: SocketId): 'visitor' | 'owner' | undefined {
    if (visitor === socket) return 'visitor'
    return mailbox.socket === socket ? 'owner' : undefined
  }

  #disconnect(socket: SocketId): MailboxOutgoing {
    const held = this.#sockets.get(socket)
    if (!held) return done()
    for (const exchange of held.visits) this.#end(exchange)
    const deliveries = [...held.mailboxes].flatMap((mailbox) => this.#remove(mailbox))
    this.#sockets.delete(socket)
    return { reply: {}, deliveries }
  }

  #remove(mailbox: Mailbox): MailboxOutgoing['deliveries'] {
    const deliveries = this.#endAll(mailbox)
    this.#mailboxes.delete(mailbox.nameplate)
    this.#options.removed(mailbox.nameplate)
    this.#sockets.get(mailbox.socket)?.mailboxes.delete(mailbox)
    const left = (this.#perAddress.get(mailbox.address) ?? 1) - 1
    if (left > 0) this.#perAddress.set(mailbox.address, left)
    else this.#perAddress.delete(mailbox.address)
    return deliveries
  }

  #endAll({ exchanges }: Mailbox): MailboxOutgoing['deliveries'] {
    const ended = [...exchanges]
    for (const exchange of ended) this.#end(exchange)
    return ended.map(({ id, visitor }) => ({ socket: visitor, code: { type: 'ended', exchange: id } }))
  }

  #end(exchange: Exchange): void {
    this.#exchanges.delete(exchange.id)
    exchange.mailbox.exchanges.delete(exchange)
    this.#sockets.get(exchange.visitor)?.visits.delete(exchange)
    this.#forgetIfIdle(exchange.visitor)
  }

  /** Makes room for one more exchange. */
  #makeRoom(exchanges: readonly Exchange[], most: number): void {
    for (const exchange of exchanges.slice(0, Math.max(0, exchanges.length + 1 - most))) this.#end(exchange)
  }

  /** Ends exchanges that have had their time; they began in this order. */
  #expire(now: number): void {
    for (const exchange of this.#exchanges.values()) {
      if (now - exchange.beganAtMs < this.#options.exchangeMs) return
      this.#end(exchange)
    }
  }

  #heldBy(socket: SocketId): Held {
    const held = this.#sockets.get(socket) ?? { mailboxes: new Set(), visits: new Set() }
    this.#sockets.set(socket, held)
    return held
  }

  #forgetIfIdle(socket: SocketId): void {
    const held = this.#sockets.get(socket)
    if (held && held.mailboxes.size === 0 && held.visits.size === 0) this.#sockets.delete(socket)
  }

  /** Any of the shortest numbers of which less than half are taken: short to say, and seldom given again soon. */
  #freeNumber(): Nameplate {
    let end = 10
    while (2 * (this.#mailboxes.size + 1) > end) end *= 10
    for (;;) {
      const nameplate = 1 + Math.floor(this.#options.random() * (end - 1))
      if (!this.#mailboxes.has(nameplate)) return nameplate
    }
  }
}

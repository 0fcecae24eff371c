// The mailboxes of codes at the virtual tracker: numbers, tokens and what passes, as the real one keeps them. In the
// hands of an attacker it may pass on something else.
import type { CodeDelivery } from '@swarmdrop/core/signaling'
import type { LineEnd } from './virtual-rooms'
import { refuse } from './virtual-rooms'

type Mailbox = { token: string; owner: LineEnd }
type Exchange = { nameplate: number; visitor: LineEnd }
/** Something on its way to one line. */
export type Carried = { to: LineEnd; delivery: CodeDelivery }

export class VirtualMailboxes {
  readonly #drawId: (kind: string) => string
  readonly #mailboxes = new Map<number, Mailbox>()
  readonly #exchanges = new Map<string, Exchange>()
  #opened = 0
  /** All that was handed to be carried; and what an attacker carries in its place. */
  readonly heard: Carried[] = []
  carry: (carried: Carried) => Carried[] = (carried) => [carried]

  constructor(drawId: (kind: string) => string) {
    this.#drawId = drawId
  }

  get size(): number {
    return this.#mailboxes.size
  }

  ownerOf(nameplate: number): LineEnd | undefined {
    return this.#mailboxes.get(nameplate)?.owner
  }

  answer(line: LineEnd, event: string, request: Record<string, unknown>): unknown {
    const { nameplate, token, exchange, body } = request as {
      nameplate: number
      token: string
      exchange: string
      body: string
    }
    switch (event) {
      case 'code-open': {
        const given = nameplate ?? ++this.#opened
        const known = this.#mailboxes.get(given)
        if (known && known.token !== token) return refuse('code-taken')
        this.#mailboxes.set(given, { token, owner: line })
        return { nameplate: given }
      }
      case 'code-close':
        this.#mailboxes.delete(nameplate)
        return {}
      case 'code-knock': {
        const mailbox = this.#mailboxes.get(nameplate)
        if (!mailbox) return refuse('unknown-code')
        const id = this.#drawId('e')
        this.#exchanges.set(id, { nameplate, visitor: line })
        this.#deliver({ to: mailbox.owner, delivery: { type: 'knock', nameplate, exchange: id, body } })
        return { exchange: id }
      }
      case 'code-say': {
        const known = this.#exchanges.get(exchange)
        const owner = known && this.#mailboxes.get(known.nameplate)?.owner
        const to = known?.visitor === line ? owner : known?.visitor
        if (!to) return refuse('exchange-over')
        this.#deliver({ to, delivery: { type: 'said', exchange, body } })
        return {}
      }
      default:
        return refuse('invalid')
    }
  }

  gone(line: LineEnd): void {
    for (const [nameplate, { owner }] of this.#mailboxes) {
      if (owner !== line) continue
      this.#mailboxes.delete(nameplate)
      for (const [exchange, { nameplate: at, visitor }] of this.#exchanges)
        if (at === nameplate) visitor.deliver('code', { type: 'ended', exchange })
    }
    for (const [exchange, { visitor }] of this.#exchanges) if (visitor === line) this.#exchanges.delete(exchange)
  }

  #deliver(carried: Carried): void {
    this.heard.push(carried)
    for (const { to, delivery } of this.carry(carried)) to.deliver('code', delivery)
  }
}

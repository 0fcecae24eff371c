// A line of one who uses others' names: whatever it offers or answers, it says under a name that it has heard. Knows no
// links.
import {
  deriveSwarmKeys,
  JoinReply,
  Sealer,
  SignalDelivery,
  SignalMessage,
  SignalRequest,
} from '@swarmdrop/core/signaling'
import type { Line, LineHandlers, Random } from '../packages/peer/src/ports'

export class FramingLine implements Line {
  readonly #line: Line
  readonly #key: Uint8Array
  readonly #random: Random
  #ownId = ''
  #sealer: Sealer
  /** Each name with the proof that came with it. */
  readonly #heard: Pick<SignalMessage, 'tab' | 'proof'>[] = []

  constructor(line: Line, contentId: Uint8Array, random: Random) {
    this.#line = line
    this.#key = deriveSwarmKeys(contentId).key
    this.#random = random
    this.#sealer = this.#sealerOf('')
  }

  get isUp(): boolean {
    return this.#line.isUp
  }

  open(handlers: LineHandlers): void {
    this.#line.open({
      ...handlers,
      heard: (event, payload) => {
        this.#listen(SignalDelivery.safeParse(payload).data)
        handlers.heard(event, payload)
      },
    })
  }

  async ask(event: string, request: object): Promise<unknown> {
    const answer = await this.#line.ask(
      event,
      event === 'signal' ? this.#framed(SignalRequest.parse(request)) : request,
    )
    const joined = JoinReply.safeParse(answer).data
    if (joined) {
      this.#ownId = joined.id
      this.#sealer = this.#sealerOf(joined.id)
    }
    return answer
  }

  tell(event: string, message: object): void {
    this.#line.tell(event, message)
  }
  renew(): void {
    this.#line.renew()
  }
  close(): void {
    this.#line.close()
  }

  #listen(delivery: SignalDelivery | undefined): void {
    const opened = delivery && this.#sealerOf(this.#ownId).open(delivery.from, delivery.sealed)
    const { data } = SignalMessage.safeParse(opened?.ok ? opened.message : undefined)
    if (data?.proof !== undefined) this.#heard.push({ tab: data.tab, proof: data.proof })
  }

  /** Half of the time with the proof that the name's owner once gave, else with its own. */
  #framed({ to, sealed, swarmId }: SignalRequest): SignalRequest {
    const opened = this.#sealerOf(to).open(this.#ownId, sealed)
    const { data } = SignalMessage.safeParse(opened.ok ? opened.message : undefined)
    const stolen = this.#heard[Math.floor(this.#random.uniform() * this.#heard.length)]
    if (!data) return { to, sealed, swarmId }
    const isCopied = stolen && data.proof !== undefined && this.#random.uniform() < 0.5
    const message = stolen ? { ...data, tab: stolen.tab, ...(isCopied && { proof: stolen.proof }) } : data
    return { to, swarmId, sealed: this.#sealer.seal(to, message) }
  }

  #sealerOf(id: string): Sealer {
    return new Sealer(this.#key, id, (length) => this.#random.bytes(length))
  }
}

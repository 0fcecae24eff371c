// A data channel between two peers over a path: messages in, messages out, in order, by packets that can be lost. Knows
// nothing of what messages say.
import { carry, type Route, type Schedule } from './pipe'
import { dataBytes, sackBytes } from './sctp-packets'
import { SctpReceiver } from './sctp-receiver'
import { SctpSender } from './sctp-sender'

/** What one end of a channel hears. */
export type ChannelEvents<M> = {
  received(message: M): void
  /** The bytes that wait fell to the low mark. */
  drained(bufferedBytes: number): void
}

/** One end of a channel. */
export class ChannelEnd<M> {
  /** The number of waiting bytes at which `drained` is told. */
  lowMarkBytes = 0
  isOpen = true
  private readonly sender: SctpSender<M>
  private readonly receiver: SctpReceiver<M>
  private other: ChannelEnd<M> | undefined

  constructor(
    schedule: Schedule,
    route: Route,
    private readonly events: ChannelEvents<M>,
  ) {
    this.sender = new SctpSender<M>(schedule, (packet) => {
      if (this.isOpen) carry(schedule, route, dataBytes(packet), () => this.other?.receiver.take(packet))
    })
    this.receiver = new SctpReceiver<M>(
      schedule,
      (sack) => {
        if (this.isOpen) carry(schedule, route, sackBytes(sack), () => this.other?.acknowledged(sack))
      },
      (message) => {
        if (this.isOpen) this.events.received(message)
      },
    )
  }

  /** Bytes of messages that the network has not taken. */
  get bufferedBytes(): number {
    return this.sender.bufferedBytes
  }

  send(message: M, bytes: number): void {
    if (this.isOpen) this.sender.send(message, bytes)
  }

  /** Ends the channel: nothing more is heard, and what is on its way is lost. */
  close(): void {
    this.isOpen = false
    this.sender.stop()
  }

  private acknowledged(sack: Parameters<SctpSender<M>['acknowledged']>[0]): void {
    if (!this.isOpen) return
    const before = this.bufferedBytes
    this.sender.acknowledged(sack)
    if (before > this.lowMarkBytes && this.bufferedBytes <= this.lowMarkBytes) this.events.drained(this.bufferedBytes)
  }

  /** Both ends of a channel: `there` is the route from the first to the second. */
  static pair<M>(
    schedule: Schedule,
    { there, back }: { there: Route; back: Route },
    first: ChannelEvents<M>,
    second: ChannelEvents<M>,
  ): [ChannelEnd<M>, ChannelEnd<M>] {
    const a = new ChannelEnd<M>(schedule, there, first)
    const b = new ChannelEnd<M>(schedule, back, second)
    a.other = b
    b.other = a
    return [a, b]
  }
}

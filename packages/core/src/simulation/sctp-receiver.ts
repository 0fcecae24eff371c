// The receiving end of a data channel: puts packets in order, tells messages, and says what came. Behaves as Chromium's
// (dcsctp) in all that shows on a path. Knows nothing of windows.
import type { Schedule } from './pipe'
import type { DataPacket, Sack } from './sctp-packets'

/** Without a gap, every second packet is answered, and the last after this time. */
const LATEST_ANSWER_MS = 200
/** At most this many ranges are reported: where half of a window is lost, the sender learns of it little by little. */
const MAX_RANGES = 20

export class SctpReceiver<M> {
  private cumulative = 0
  private highest = 0
  /** Came before what should come first. */
  private readonly early = new Map<number, DataPacket<M>>()
  private unanswered = 0
  private answerAt = Number.POSITIVE_INFINITY

  constructor(
    private readonly schedule: Schedule,
    private readonly answer: (sack: Sack) => void,
    private readonly deliver: (message: M) => void,
  ) {}

  take(packet: DataPacket<M>): void {
    const { tsn } = packet
    const isNew = tsn > this.cumulative && !this.early.has(tsn)
    const hadGap = this.early.size > 0
    if (isNew) this.early.set(tsn, packet)
    this.highest = Math.max(this.highest, tsn)
    const messages = this.putInOrder()
    this.unanswered++
    if (!isNew || hadGap || this.early.size > 0 || this.unanswered >= 2) this.answerNow()
    else this.answerLater()
    for (const message of messages) this.deliver(message)
  }

  private putInOrder(): M[] {
    const messages: M[] = []
    for (let next = this.early.get(this.cumulative + 1); next; next = this.early.get(this.cumulative + 1)) {
      this.early.delete(next.tsn)
      this.cumulative = next.tsn
      if (next.endOf !== undefined) messages.push(next.endOf)
    }
    return messages
  }

  private answerNow(): void {
    this.unanswered = 0
    this.answerAt = Number.POSITIVE_INFINITY
    this.answer({ cumulative: this.cumulative, ranges: this.ranges() })
  }

  private answerLater(): void {
    const at = this.schedule.now + LATEST_ANSWER_MS
    this.answerAt = at
    this.schedule.at(at, () => {
      if (this.answerAt === at) this.answerNow()
    })
  }

  private ranges(): [number, number][] {
    const ranges: [number, number][] = []
    if (this.early.size === 0) return ranges
    for (let tsn = this.cumulative + 1; tsn <= this.highest; tsn++) {
      if (!this.early.has(tsn)) continue
      const last = ranges.at(-1)
      if (last?.[1] === tsn - 1) last[1] = tsn
      else if (ranges.length < MAX_RANGES) ranges.push([tsn, tsn])
      else break
    }
    return ranges
  }
}

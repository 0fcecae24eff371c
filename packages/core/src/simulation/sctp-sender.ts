// The sending end of a data channel: how much is on its way, what is sent again, and when. RFC 9260 as Chromium
// (dcsctp) has it, in all that shows on a path; the receiver's window is taken for endless. Knows nothing of what
// messages say.
import type { Schedule } from './pipe'
import { CHUNK_HEADER_BYTES, type DataPacket, PAYLOAD_BYTES, type Sack } from './sctp-packets'

const MTU_BYTES = PAYLOAD_BYTES + CHUNK_HEADER_BYTES
const FIRST_WINDOW_BYTES = 10 * MTU_BYTES
const LEAST_THRESHOLD_BYTES = 4 * MTU_BYTES
/** Packets that go out at one moment. */
const MAX_BURST = 4
/** Said to be missing so often, a packet is lost. */
const MISSES_OF_LOST = 3
const FIRST_TIMEOUT_MS = 500
const LEAST_TIMEOUT_MS = 400
const LONGEST_TIMEOUT_MS = 60_000
const LEAST_VARIANCE_MS = 220

type Flying<M> = DataPacket<M> & {
  sentAt: number
  again: boolean
  misses: number
  /** Said to be missing once, it is taken off the way; often enough, it is sent again. */
  state: 'flying' | 'missing' | 'lost' | 'arrived'
}

export class SctpSender<M> {
  /** The bytes of messages that are not handed to the network yet. */
  bufferedBytes = 0
  private readonly waiting: { message: M; leftBytes: number }[] = []
  /** Packets of which not all up to them came, in order; the first is the one after `cumulative`. */
  private flight: Flying<M>[] = []
  private cumulative = 0
  private lostCount = 0
  private flyingBytes = 0
  private window = FIRST_WINDOW_BYTES
  private threshold = Number.POSITIVE_INFINITY
  /** Towards one more packet of window, beyond the threshold. */
  private ackedBytes = 0
  /** Fast recovery lasts until this packet came. */
  private recoversUntil: number | undefined
  /** The first lost packet goes out whatever the window says. */
  private fastRetransmit = false
  private smoothMs: number | undefined
  private variationMs = 0
  private backoff = 1
  private timeoutAt = Number.POSITIVE_INFINITY
  private alarmAt = Number.POSITIVE_INFINITY

  constructor(
    private readonly schedule: Schedule,
    private readonly transmit: (packet: DataPacket<M>) => void,
  ) {}

  send(message: M, bytes: number): void {
    this.waiting.push({ message, leftBytes: bytes })
    this.bufferedBytes += bytes
    this.sendBurst()
  }

  /** Sends nothing any more. */
  stop(): void {
    this.waiting.length = 0
    this.flight = []
    this.lostCount = 0
    this.timeoutAt = Number.POSITIVE_INFINITY
  }

  acknowledged({ cumulative, ranges }: Sack): void {
    const flyingBefore = this.flyingBytes
    const advanced = cumulative > this.cumulative
    let acked = advanced ? this.advance(cumulative) : 0
    let highestNew = 0
    for (const [from, to] of ranges)
      for (let tsn = from; tsn <= to; tsn++) {
        const packet = this.flight[tsn - this.cumulative - 1]
        if (!packet || packet.state === 'arrived') continue
        acked += packet.bytes + CHUNK_HEADER_BYTES
        this.setState(packet, 'arrived')
        highestNew = tsn
      }
    if (this.recoversUntil !== undefined && this.cumulative >= this.recoversUntil) this.recoversUntil = undefined
    if (acked > 0) this.backoff = 1
    if (advanced) {
      this.grow(flyingBefore, acked)
      this.timeoutAt = Number.POSITIVE_INFINITY
    }
    this.countMisses(highestNew)
    this.setTimer()
    this.sendBurst()
  }

  /** Bytes that are newly known to have come. */
  private advance(cumulative: number): number {
    const count = cumulative - this.cumulative
    let acked = 0
    for (let i = 0; i < count; i++) {
      const packet = this.flight[i] as Flying<M>
      if (packet.state === 'arrived') continue
      acked += packet.bytes + CHUNK_HEADER_BYTES
      this.setState(packet, 'arrived')
      if (i === count - 1 && !packet.again) this.measure(this.schedule.now - packet.sentAt)
    }
    this.flight = this.flight.slice(count)
    this.cumulative = cumulative
    return acked
  }

  /** Grows the window, but only while it is what holds us back. */
  private grow(flyingBefore: number, acked: number): void {
    const isFull = flyingBefore + MTU_BYTES >= this.window
    if (this.window <= this.threshold) {
      if (isFull && this.recoversUntil === undefined) this.window += Math.min(acked, MTU_BYTES)
      return
    }
    this.ackedBytes += acked
    if (this.ackedBytes < this.window || !isFull) return
    this.ackedBytes -= this.window
    this.window += MTU_BYTES
  }

  /** Missing is what lies before the highest that is new, what was sent again a moment ago included. */
  private countMisses(highestNew: number): void {
    let found = false
    for (let tsn = this.cumulative + 1; tsn < highestNew; tsn++) {
      const packet = this.flight[tsn - this.cumulative - 1]
      if (packet?.state !== 'flying' && packet?.state !== 'missing') continue
      const isLost = ++packet.misses >= MISSES_OF_LOST
      this.setState(packet, isLost ? 'lost' : 'missing')
      found ||= isLost
    }
    if (!found || this.recoversUntil !== undefined) return
    this.recoversUntil = this.cumulative + this.flight.length
    this.shrink()
    this.window = this.threshold
    this.fastRetransmit = true
  }

  private shrink(): void {
    this.threshold = Math.max(this.window / 2, LEAST_THRESHOLD_BYTES)
    this.ackedBytes = 0
  }

  private timedOut(): void {
    this.shrink()
    this.window = MTU_BYTES
    for (const packet of this.flight) if (packet.state !== 'arrived') this.setState(packet, 'lost')
    this.backoff *= 2
    this.timeoutAt = Number.POSITIVE_INFINITY
    this.sendBurst()
  }

  private sendBurst(): void {
    for (let sent = 0; sent < MAX_BURST; sent++) {
      const room = this.flyingBytes === 0 ? this.window : this.window - this.flyingBytes
      const packet = this.lostCount > 0 ? this.firstLost(room) : this.nextNew(room)
      if (!packet) break
      packet.sentAt = this.schedule.now
      this.transmit(packet)
    }
    this.setTimer()
  }

  private firstLost(room: number): Flying<M> | undefined {
    const packet = this.flight.find(({ state }) => state === 'lost')
    if (!packet || (packet.bytes + CHUNK_HEADER_BYTES > room && !this.fastRetransmit)) return undefined
    this.fastRetransmit = false
    packet.again = true
    packet.misses = 0
    this.setState(packet, 'flying')
    return packet
  }

  private nextNew(room: number): Flying<M> | undefined {
    const first = this.waiting[0]
    if (!first) return undefined
    const bytes = Math.min(PAYLOAD_BYTES, first.leftBytes)
    if (bytes + CHUNK_HEADER_BYTES > room) return undefined
    first.leftBytes -= bytes
    if (first.leftBytes === 0) this.waiting.shift()
    this.bufferedBytes -= bytes
    const tsn = this.cumulative + this.flight.length + 1
    const endOf = first.leftBytes === 0 ? first.message : undefined
    const packet: Flying<M> = { tsn, bytes, endOf, sentAt: 0, again: false, misses: 0, state: 'flying' }
    this.flight.push(packet)
    this.flyingBytes += bytes + CHUNK_HEADER_BYTES
    return packet
  }

  private setState(packet: Flying<M>, state: Flying<M>['state']): void {
    const bytes = packet.bytes + CHUNK_HEADER_BYTES
    if (packet.state === 'flying') this.flyingBytes -= bytes
    if (packet.state === 'lost') this.lostCount--
    packet.state = state
    if (state === 'flying') this.flyingBytes += bytes
    if (state === 'lost') this.lostCount++
  }

  private measure(roundTripMs: number): void {
    if (this.smoothMs === undefined) {
      this.smoothMs = roundTripMs
      this.variationMs = roundTripMs / 2
      return
    }
    this.variationMs += (Math.abs(this.smoothMs - roundTripMs) - this.variationMs) / 4
    this.smoothMs += (roundTripMs - this.smoothMs) / 8
  }

  private get timeoutMs(): number {
    if (this.smoothMs === undefined) return FIRST_TIMEOUT_MS * this.backoff
    const waits = Math.max(LEAST_TIMEOUT_MS, this.smoothMs + Math.max(LEAST_VARIANCE_MS, 4 * this.variationMs))
    return Math.min(LONGEST_TIMEOUT_MS, waits * this.backoff)
  }

  private setTimer(): void {
    if (this.flight.length === 0) this.timeoutAt = Number.POSITIVE_INFINITY
    else if (this.timeoutAt === Number.POSITIVE_INFINITY) this.timeoutAt = this.schedule.now + this.timeoutMs
    this.setAlarm()
  }

  /** An alarm that rings too early is set again: most are. */
  private setAlarm(): void {
    if (this.timeoutAt >= this.alarmAt) return
    const at = this.timeoutAt
    this.alarmAt = at
    this.schedule.at(at, () => {
      if (this.alarmAt !== at) return
      this.alarmAt = Number.POSITIVE_INFINITY
      if (this.timeoutAt <= at) this.timedOut()
      else this.setAlarm()
    })
  }
}

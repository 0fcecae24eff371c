// What neighbours tell each other of themselves, so that each can say how long the distribution takes. Believes every
// word, as nothing in the swarm depends on it. Knows nothing of theory.
import {
  MAX_REPORTED_MS,
  MAX_REPORTED_RATE,
  type Message,
  type ReportedActivity,
  type ReportedProgress,
  type ReportedRate,
} from '../wire/index'
import { Alarm } from './alarms'
import { aimOf } from './choosing'
import type { Millis } from './events'
import { FastestMean } from './fastest-mean'
import type { Slice } from './neighbour'
import { type Addressee, type SwarmState, Violation } from './state'

/** A neighbour as far as it reports, or is reported on. */
export type ReportNeighbour = Addressee &
  Slice<'number' | 'chunks' | 'complete' | 'isPartial' | 'sentBytes' | 'bufferedBytes'>

const REPORT_EVERY_MS = 1_000
/** A smaller change of a rate is not worth a message. */
const WORTH_TELLING = 1.02
/**
 * Reports may come in a bunch, from behind blocks that were long on their way; more than this of a bunch is a flood.
 */
const MAX_BUNCH = 100
const BUNCH_MS = 5_000

/** How far one peer is with the whole, on our clock. */
export type DistributionProgress =
  | { stage: 'server' }
  | { stage: 'downloading'; startedAt: Millis }
  | { stage: 'complete'; startedAt: Millis; tookMs: number }

/** What one peer says of itself. `number`: the neighbour's; 0 is this peer. */
export type PeerReport = {
  number: number
  progress: DistributionProgress
  upload: ReportedRate
  download: ReportedRate
  activity: ReportedActivity
}

type Report = Extract<Message, { type: 'report' }>
type Limits = { uploadBytesPerSecond?: number | undefined; downloadBytesPerSecond?: number | undefined }

/** What is kept of one neighbour's reports. */
type Account = { heard?: PeerReport; bunchSince: Millis; bunched: number; deliveredBytes: number }

export class Reports {
  private readonly startsComplete: boolean
  private startedAt: Millis | undefined
  private completedAt: Millis | undefined
  private readonly fastestUpload = new FastestMean()
  private readonly fastestDownload = new FastestMean()
  private receivedBytes = 0
  private readonly accounts = new WeakMap<ReportNeighbour, Account>()
  private told: PeerReport | undefined
  private tellAt: Millis

  constructor(
    private readonly state: SwarmState<ReportNeighbour>,
    private limits: Limits,
    now: Millis,
  ) {
    this.startsComplete = state.isComplete
    this.tellAt = now
    this.update(0, now)
  }

  /**
   * All reports, this peer's first, unless it has not begun. Left out: who has said nothing, and who fetches only a
   * part of the content.
   */
  get all(): PeerReport[] {
    const { known, neighbours } = this.state
    const own = known && aimOf(known) < known.held.size ? undefined : this.own()
    const heard = [...neighbours.values()].flatMap((neighbour) =>
      neighbour.isPartial ? [] : (this.accounts.get(neighbour)?.heard ?? []),
    )
    return own ? [own, ...heard] : heard
  }

  setLimits(limits: Limits): void {
    this.limits = limits
  }

  /** Looks at what the last event has changed. `receivedBytes`: of all blocks so far. */
  update(receivedBytes: number, now: Millis): void {
    this.fastestDownload.add(receivedBytes - this.receivedBytes, now)
    this.receivedBytes = receivedBytes
    this.fastestUpload.add(this.newlyDelivered(now), now)
    if (!this.startsComplete && this.state.downloading) this.startedAt ??= now
    if (this.startedAt !== undefined && this.state.isComplete) this.completedAt ??= now
    const own = this.own()
    const { alarms } = this.state
    if (!own || !isWorthTelling(own, this.told)) return alarms.clear(Alarm.report)
    if (now < this.tellAt) return alarms.set(Alarm.report, this.tellAt)
    this.state.sendAll(messageOf(own, now), now)
    this.told = own
    this.tellAt = now + REPORT_EVERY_MS
    alarms.clear(Alarm.report)
  }

  greet(neighbour: ReportNeighbour, now: Millis): void {
    const own = this.own()
    if (own) this.state.send(neighbour, messageOf(own, now), now)
  }

  /** What a neighbour says that it does. One that holds a part and has said nothing has come back paused. */
  activityOf(neighbour: ReportNeighbour): ReportedActivity {
    const said = this.accounts.get(neighbour)?.heard
    if (said) return said.activity
    const holdsPart = !neighbour.complete && (neighbour.chunks?.count ?? 0) > 0
    return { paused: holdsPart, serves: !holdsPart }
  }

  /** Takes a neighbour's report. Throws Violation at a flood. */
  receive(neighbour: ReportNeighbour, { progress, upload, download, activity }: Report, now: Millis): void {
    const account = this.accountOf(neighbour, now)
    if (now - account.bunchSince >= BUNCH_MS) Object.assign(account, { bunchSince: now, bunched: 0 })
    if (++account.bunched > MAX_BUNCH) throw new Violation('reports without end')
    const before = account.heard?.progress
    account.heard = { number: neighbour.number, progress: inOurTime(progress, before, now), upload, download, activity }
  }

  private own(): PeerReport | undefined {
    const progress = this.progress()
    if (!progress) return undefined
    const { uploadBytesPerSecond, downloadBytesPerSecond } = this.limits
    const { downloading, uploading, isDone } = this.state
    return {
      number: 0,
      progress,
      upload: rateOf(uploadBytesPerSecond, this.fastestUpload),
      download: rateOf(downloadBytesPerSecond, this.fastestDownload),
      activity: { paused: !downloading && !isDone, serves: uploading },
    }
  }

  private progress(): DistributionProgress | undefined {
    const { startedAt, completedAt } = this
    if (this.startsComplete) return { stage: 'server' }
    if (startedAt === undefined) return undefined
    if (completedAt === undefined) return { stage: 'downloading', startedAt }
    return { stage: 'complete', startedAt, tookMs: completedAt - startedAt }
  }

  /**
   * Bytes that the network has taken since the last step: what only waits in a link's buffer says nothing of the
   * uplink.
   */
  private newlyDelivered(now: Millis): number {
    let bytes = 0
    for (const neighbour of this.state.neighbours.values()) {
      if (neighbour.sentBytes === 0) continue
      const account = this.accountOf(neighbour, now)
      const fresh = neighbour.sentBytes - neighbour.bufferedBytes - account.deliveredBytes
      if (fresh <= 0) continue
      account.deliveredBytes += fresh
      bytes += fresh
    }
    return bytes
  }

  private accountOf(neighbour: ReportNeighbour, now: Millis): Account {
    let account = this.accounts.get(neighbour)
    if (!account) {
      account = { bunchSince: now, bunched: 0, deliveredBytes: 0 }
      this.accounts.set(neighbour, account)
    }
    return account
  }
}

const messageOf = ({ progress, upload, download, activity }: PeerReport, now: Millis): Report => ({
  type: 'report',
  progress: inRelativeTime(progress, now),
  upload,
  download,
  activity,
})

const rateOf = (limit: number | undefined, fastest: FastestMean): ReportedRate => ({
  bytesPerSecond: Math.min(MAX_REPORTED_RATE, Math.round(limit ?? fastest.bytesPerSecond)),
  basis: limit === undefined ? 'shown' : 'limit',
})

const isWorthTelling = (own: PeerReport, told: PeerReport | undefined): boolean =>
  told === undefined ||
  own.progress.stage !== told.progress.stage ||
  own.activity.paused !== told.activity.paused ||
  own.activity.serves !== told.activity.serves ||
  isOtherRate(own.upload, told.upload) ||
  isOtherRate(own.download, told.download)

const isOtherRate = (own: ReportedRate, told: ReportedRate): boolean =>
  own.basis !== told.basis ||
  (own.basis === 'limit'
    ? own.bytesPerSecond !== told.bytesPerSecond
    : Math.max(own.bytesPerSecond, told.bytesPerSecond) >
      Math.min(own.bytesPerSecond, told.bytesPerSecond) * WORTH_TELLING)

function inRelativeTime(progress: DistributionProgress, now: Millis): ReportedProgress {
  if (progress.stage === 'server') return progress
  const startedAgoMs = wholeMs(now - progress.startedAt)
  if (progress.stage === 'downloading') return { stage: 'downloading', startedAgoMs }
  return { stage: 'complete', startedAgoMs, tookMs: Math.min(wholeMs(progress.tookMs), startedAgoMs) }
}

const wholeMs = (ms: number) => Math.min(MAX_REPORTED_MS, Math.round(ms))

/** The first word of a start is the best: a report that waited behind blocks makes it seem later, and none earlier. */
function inOurTime(
  progress: ReportedProgress,
  before: DistributionProgress | undefined,
  now: Millis,
): DistributionProgress {
  if (progress.stage === 'server') return progress
  const earliest = before && before.stage !== 'server' ? before.startedAt : Number.POSITIVE_INFINITY
  const startedAt = Math.min(earliest, now - progress.startedAgoMs)
  if (progress.stage === 'downloading') return { stage: 'downloading', startedAt }
  return { stage: 'complete', startedAt, tookMs: progress.tookMs }
}

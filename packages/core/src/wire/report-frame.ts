// The body of a report's frame: six numbers. Knows nothing of other messages (codec.ts).
import { MAX_REPORTED_MS, type Message, type ReportedProgress, type ReportedRate } from './messages'

type Report = Extract<Message, { type: 'report' }>

/**
 * Stage, time since the start, time it took, upload, download, and flags: which of these two are limits, and what it
 * does.
 */
export const REPORT_BYTES = 24
/** Where each number begins in the frame, whose first byte is the tag. */
const AT = { stage: 1, startedAgoMs: 5, tookMs: 9, upload: 13, download: 17, flags: 21 }

const stages = ['server', 'downloading', 'complete'] as const satisfies ReportedProgress['stage'][]
const UPLOAD_IS_LIMIT = 1
const DOWNLOAD_IS_LIMIT = 2
const IS_PAUSED = 4
const KEEPS_TO_ITSELF = 8
const ALL_FLAGS = UPLOAD_IS_LIMIT | DOWNLOAD_IS_LIMIT | IS_PAUSED | KEEPS_TO_ITSELF

/** Writes a report after the tag. What a stage has no use for is 0. */
export function encodeReport({ progress, upload, download, activity }: Report, view: DataView): void {
  view.setUint32(AT.stage, stages.indexOf(progress.stage))
  view.setUint32(AT.startedAgoMs, progress.stage === 'server' ? 0 : progress.startedAgoMs)
  view.setUint32(AT.tookMs, progress.stage === 'complete' ? progress.tookMs : 0)
  view.setUint32(AT.upload, upload.bytesPerSecond)
  view.setUint32(AT.download, download.bytesPerSecond)
  const flags =
    (upload.basis === 'limit' ? UPLOAD_IS_LIMIT : 0) |
    (download.basis === 'limit' ? DOWNLOAD_IS_LIMIT : 0) |
    (activity.paused ? IS_PAUSED : 0) |
    (activity.serves ? 0 : KEEPS_TO_ITSELF)
  view.setUint32(AT.flags, flags)
}

/** The report in a frame; undefined for what no peer could say. */
export function readReport(view: DataView): Report | undefined {
  const progress = readProgress(view.getUint32(AT.stage), view.getUint32(AT.startedAgoMs), view.getUint32(AT.tookMs))
  const flags = view.getUint32(AT.flags)
  if (!progress || flags > ALL_FLAGS) return undefined
  const rate = (bytesPerSecond: number, limit: number): ReportedRate => ({
    bytesPerSecond,
    basis: flags & limit ? 'limit' : 'shown',
  })
  return {
    type: 'report',
    progress,
    upload: rate(view.getUint32(AT.upload), UPLOAD_IS_LIMIT),
    download: rate(view.getUint32(AT.download), DOWNLOAD_IS_LIMIT),
    activity: { paused: (flags & IS_PAUSED) !== 0, serves: (flags & KEEPS_TO_ITSELF) === 0 },
  }
}

function readProgress(stage: number, startedAgoMs: number, tookMs: number): ReportedProgress | undefined {
  if (startedAgoMs > MAX_REPORTED_MS || tookMs > startedAgoMs) return undefined
  switch (stages[stage]) {
    case 'server':
      return startedAgoMs === 0 ? { stage: 'server' } : undefined
    case 'downloading':
      return tookMs === 0 ? { stage: 'downloading', startedAgoMs } : undefined
    case 'complete':
      return { stage: 'complete', startedAgoMs, tookMs }
    default:
      return undefined
  }
}

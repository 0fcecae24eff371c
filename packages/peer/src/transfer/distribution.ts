// How long the whole distribution takes, compared with how long theory says it must: from what people report of
// themselves. Pure; knows nothing of how the reports came or of how they are drawn.
import type { PeerReport } from '@swarmdrop/core'
import { type Binding, clientServerSeconds, pace } from '@swarmdrop/core/theory'
import type { Distribution, DistributionBounds } from './snapshot'

/** A report without what the peer does just now, which does not matter here. */
type Report = Omit<PeerReport, 'activity'>
type Downloader = Report & { progress: { startedAt: number } }
type Capacities = Parameters<typeof pace>[0]

/** `now` and the reports are of one clock, in milliseconds. */
export function distributionOf(fileBytes: number, reports: readonly Report[], now: number): Distribution {
  const downloaders = reports.filter(isDownloader)
  const servers = reports.filter(({ progress }) => progress.stage === 'server')
  const people = reports.map(({ number, progress, upload, download }) => ({
    number,
    role: progress.stage === 'server' ? ('server' as const) : ('downloader' as const),
    upload,
    download,
    ...(progress.stage === 'complete' && { tookSeconds: progress.tookMs / 1000 }),
  }))
  if (downloaders.length === 0) return { phase: 'waiting', count: 0, people }

  const starts = downloaders.map(({ progress }) => progress.startedAt)
  const ends = downloaders.map(({ progress }) =>
    progress.stage === 'complete' ? progress.startedAt + progress.tookMs : Number.POSITIVE_INFINITY,
  )
  const first = Math.min(...starts)
  const done = Number.isFinite(Math.max(...ends))
  const measuredSeconds = Math.max(0, Math.min(now, Math.max(...ends)) - first) / 1000
  const begun = {
    phase: done ? ('done' as const) : ('running' as const),
    count: downloaders.length,
    people,
    measuredSeconds,
    startSpreadSeconds: (Math.max(...starts) - first) / 1000,
  }
  const why = whyNoBounds(fileBytes, servers, downloaders)
  if (why) return { ...begun, missing: why }
  const proved = done && measuredSeconds > 0 ? fileBytes / measuredSeconds : 0
  const capacities = capacitiesOf(fileBytes, servers, downloaders, proved)
  return { ...begun, bounds: boundsOf(capacities, { servers, downloaders }, begun) }
}

const isDownloader = (report: Report): report is Downloader => report.progress.stage !== 'server'

function whyNoBounds(fileBytes: number, servers: Report[], downloaders: Report[]): Distribution['missing'] {
  if (servers.length === 0) return 'server'
  const uploads = servers.map(({ upload }) => upload)
  if (uploads.every(({ basis, bytesPerSecond }) => basis === 'limit' && bytesPerSecond === 0)) return 'flow'
  if (downloaders.some(({ download }) => download.basis === 'limit' && download.bytesPerSecond === 0)) return 'flow'
  return fileBytes === 0 || sum(uploads) === 0 ? 'speeds' : undefined
}

/**
 * What was done was possible: all speeds together count for no less than it takes to explain the time measured, so that
 * no bound lies above it. Speeds that were only shown may have been higher, and a limit lets a moment's worth more
 * through, or was set late. `proved`: bytes a second at which each one got the whole; 0 before all have it.
 */
function capacitiesOf(fileBytes: number, servers: Report[], downloaders: Report[], proved: number): Capacities {
  const serverUploadBytesPerSecond = Math.max(sum(servers.map(({ upload }) => upload)), proved)
  const together = serverUploadBytesPerSecond + sum(downloaders.map(({ upload }) => upload))
  const lacking = Math.max(0, downloaders.length * proved - together) / downloaders.length
  return {
    fileBytes,
    serverUploadBytesPerSecond,
    peers: downloaders.map(({ upload, download }) => ({
      uploadBytesPerSecond: upload.bytesPerSecond + lacking,
      // Of one that has got nothing yet, nothing is known: it binds nothing.
      downloadBytesPerSecond: Math.max(download.bytesPerSecond, proved) || Number.POSITIVE_INFINITY,
    })),
  }
}

function boundsOf(
  capacities: Capacities,
  people: { servers: Report[]; downloaders: Report[] },
  { phase, measuredSeconds }: { phase: 'running' | 'done'; measuredSeconds: number },
): DistributionBounds {
  const { fileBytes, serverUploadBytesPerSecond, peers } = capacities
  const { seconds, binding } = pace(capacities, isSetIn(capacities, people))
  const clientServer = clientServerSeconds(capacities)
  const uploads = peers.reduce((total, peer) => total + peer.uploadBytesPerSecond, 0)
  const slowest = Math.min(...peers.map((peer) => peer.downloadBytesPerSecond))
  const isDone = phase === 'done' && measuredSeconds > 0
  return {
    // Equal where capacitiesOf had to make it so, and not a rounding above.
    p2pSeconds: isDone ? Math.min(seconds, measuredSeconds) : seconds,
    clientServerSeconds: clientServer,
    binding,
    speedUp: clientServer / (isDone ? measuredSeconds : seconds),
    fileBytes,
    serverUploadBytesPerSecond,
    meanUploadBytesPerSecond: uploads / peers.length,
    ...(Number.isFinite(slowest) && { slowestDownloadBytesPerSecond: slowest }),
  }
}

/** Which of theory's terms are made of limits that people have set, and of nothing that was only seen. */
function isSetIn({ peers }: Capacities, { servers, downloaders }: { servers: Report[]; downloaders: Report[] }) {
  const slowest = Math.min(...peers.map((peer) => peer.downloadBytesPerSecond))
  const uploadIsSet = ({ upload }: Report) => upload.basis === 'limit'
  return (binding: Binding): boolean => {
    if (binding === 'server-upload') return servers.every(uploadIsSet)
    if (binding === 'total-upload') return [...servers, ...downloaders].every(uploadIsSet)
    return downloaders.some(
      ({ download }, i) => download.basis === 'limit' && peers[i]?.downloadBytesPerSecond === slowest,
    )
  }
}

const sum = (rates: { bytesPerSecond: number }[]) =>
  rates.reduce((total, { bytesPerSecond }) => total + bytesPerSecond, 0)

// Whether a device can carry the peers of its page at the speeds that are set, and what it could carry. Pure: what the
// device can do is an argument.
import { boundsOf, type Experiment, peerCountOf } from '@swarmdrop/core/simulation'
import { experimentOf, type LabSettings } from './settings'

/**
 * The share of what a trial reached that can be used: a run has pictures on top, and is true to its settings only with
 * something to spare.
 */
const USABLE_SHARE = 0.8
/** A rate that every device carries which opens the page: less is not worth a trial. */
const SURELY_CARRIED = 1.5e6

export type Load = {
  /**
   * Bytes a second that go through the page, from one of its peers to another. What goes to or from others counts half.
   */
  bytesPerSecond: number
  /** Worth finding out whether the device carries it. */
  isWorthATrial: boolean
}

/** `peerCount`: all that would take part, those of the page included. */
export function loadOf(settings: LabSettings, peerCount: number, pagePeers: number): Load {
  const bytesPerSecond = Math.max(0, ...experimentsOf(settings, peerCount).map((one) => through(one, pagePeers)))
  return { bytesPerSecond, isWorthATrial: pagePeers > 0 && bytesPerSecond > SURELY_CARRIED }
}

/** What is to be done about too high a load; undefined: it fits. */
export type Relief = {
  bytesPerSecond: number
  /** The bytes a second that the device can be trusted with. */
  usableBytesPerSecond: number
  /** The settings with all speeds lower by the same share, so that proportions stay. */
  slower: { share: number; settings: Partial<LabSettings> }
  /** How many peers on this page would fit; undefined: not even one less helps. */
  fewer: number | undefined
}

/** `capacity`: what the trial reached, in bytes a second. */
export function reliefFor(
  settings: LabSettings,
  peerCount: number,
  pagePeers: number,
  capacity: number,
): Relief | undefined {
  const usable = USABLE_SHARE * capacity
  const { bytesPerSecond, isWorthATrial } = loadOf(settings, peerCount, pagePeers)
  if (!isWorthATrial || bytesPerSecond <= usable) return undefined
  const share = roundedDown(usable / bytesPerSecond)
  const others = peerCount - pagePeers
  const fits = (fewer: number) => loadOf(settings, others + fewer, fewer).bytesPerSecond <= usable
  const fewer = Array.from({ length: pagePeers - 1 }, (_, less) => pagePeers - 1 - less).find(
    (count) => count + others > 1 && fits(count),
  )
  return {
    bytesPerSecond,
    usableBytesPerSecond: usable,
    slower: { share, settings: atSpeed(settings, share) },
    fewer,
  }
}

/** The settings with all speeds so many times as high. */
export function atSpeed(
  { serverUploadBytesPerSecond, everybody, specials }: LabSettings,
  share: number,
): Partial<LabSettings> {
  const scaled = <K extends { uploadBytesPerSecond: number; downloadBytesPerSecond: number }>(kind: K): K => ({
    ...kind,
    uploadBytesPerSecond: kind.uploadBytesPerSecond * share,
    downloadBytesPerSecond: kind.downloadBytesPerSecond * share,
  })
  return {
    serverUploadBytesPerSecond: serverUploadBytesPerSecond * share,
    everybody: scaled(everybody),
    specials: specials.map(scaled),
  }
}

function experimentsOf(settings: LabSettings, peerCount: number): Experiment[] {
  if (peerCount === 0) return []
  const modes = settings.mode === 'both' ? (['p2p', 'client-server'] as const) : [settings.mode]
  return modes.map((mode) => experimentOf(settings, mode, peerCount))
}

/** The bytes a second through this page, on the average of a run that is as quick as it can be. */
function through(experiment: Experiment, pagePeers: number): number {
  const { fileBytes, mode, peers, server } = experiment
  const count = peerCountOf(experiment)
  const { chunked, clientServer } = boundsOf(experiment)
  const seconds = mode === 'p2p' ? chunked : clientServer
  if (!(seconds > 0)) return 0
  const total = (count * fileBytes) / seconds
  const share = Math.min(1, pagePeers / count)
  const upload = peers.reduce((sum, { count: n, uploadBytesPerSecond }) => sum + n * uploadBytesPerSecond, 0)
  const ownUpload = server.uploadBytesPerSecond + (mode === 'p2p' ? share * upload : 0)
  return total * share + Math.min(total * (1 - share), ownUpload) / 2
}

/** The steps in which a share is told: of a small one, finer. */
const STEP = 1 / 20
const FINE_STEP = 1 / 100

/** A share rounded down to such a step, and never to nothing. */
function roundedDown(share: number): number {
  const steps = Math.round(1 / (share < STEP ? FINE_STEP : STEP))
  return Math.max(FINE_STEP, Math.floor(share * steps) / steps)
}

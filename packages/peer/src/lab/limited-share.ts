// Whether the limits that theory says set a run's pace were in truth what blocks waited for. Pure.
import { type Experiment, peerCountOf } from '@swarmdrop/core/simulation'
import type { Binding, Bounds } from '@swarmdrop/core/theory'

const NEARLY = 0.999

/** The term that sets the pace of a run: of one from the server alone, its uplink or the slowest download. */
export function bindingOf({ mode, fileBytes, server, peers }: Experiment, bounds: Bounds): Binding {
  if (mode === 'p2p') return bounds.binding
  const uplinkSeconds = (peerCountOf({ peers }) * fileBytes) / server.uploadBytesPerSecond
  return uplinkSeconds >= NEARLY * bounds.clientServer ? 'server-upload' : 'slowest-download'
}

/** The uplink of one that took part: its limit, and how long blocks waited for that alone. */
export type LimitedUplink = { bytesPerSecond: number; limitedMs: number }

/**
 * The share of the run for which the uplinks that set its pace were held back by their limits, from 0 to 1; of several
 * the mean, weighted by what each may send. Undefined where a download sets the pace, or nobody sends.
 */
export function limitedShareOf(
  binding: Binding,
  seconds: number,
  server: LimitedUplink,
  peers: readonly LimitedUplink[],
): number | undefined {
  if (binding === 'slowest-download' || !(seconds > 0)) return undefined
  const uplinks = binding === 'server-upload' ? [server] : [server, ...peers]
  const all = uplinks.reduce((sum, { bytesPerSecond }) => sum + bytesPerSecond, 0)
  if (all === 0) return undefined
  const held = uplinks.reduce((sum, { bytesPerSecond, limitedMs }) => sum + bytesPerSecond * limitedMs, 0)
  return Math.min(1, held / (1_000 * seconds * all))
}

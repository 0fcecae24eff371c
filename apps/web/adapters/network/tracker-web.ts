// Plain requests to the tracker, for anyone who wants to know why no line to it stands. Knows nothing of lines.
import type { WebAnswer } from '@swarmdrop/peer/check'

const WITHIN_MS = 3_000

const ask = (url: string) => fetch(url, { cache: 'no-store', signal: AbortSignal.timeout(WITHIN_MS) })

/** Whether a tracker answers there, and what its clock says, to the second. Rejects where nothing answers. */
export async function askTrackerWeb(trackerUrl: string): Promise<{ answer: WebAnswer; wallMs?: number }> {
  const response = await ask(`${trackerUrl}/healthz`)
  const said: unknown = await response.json().catch(() => undefined)
  const isTracker = response.ok && typeof said === 'object' && said !== null && 'status' in said
  const wallMs = Date.parse(response.headers.get('date') ?? '')
  return { answer: isTracker ? 'tracker' : 'other', ...(isTracker && Number.isFinite(wallMs) && { wallMs }) }
}

/** The status that a first request of engine.io's polling is answered with. Rejects where nothing answers. */
export async function pollingStatus(trackerUrl: string): Promise<number> {
  return (await ask(`${trackerUrl}/socket.io/?EIO=4&transport=polling`)).status
}

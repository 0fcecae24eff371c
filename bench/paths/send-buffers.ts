// How much waits in a page's own buffers to be sent: what a `choke` or `have` waits behind. Knows nothing of what is in
// them.
import type { FarPage } from './far-page'

const SAMPLE_MS = 50

declare global {
  interface Window {
    sendBuffers: number[]
  }
}

/** Looks at the page's channels from now on. */
export const watchSendBuffers = (page: FarPage): Promise<void> => page.evaluate(watchInPage, SAMPLE_MS)

/** Bytes, of all channels together: that of twenty looks nineteen saw no more. */
export async function mostBuffered(page: FarPage): Promise<number> {
  const samples = (await page.evaluate(takeInPage, null)).sort((a, b) => a - b)
  return samples[Math.floor(0.95 * samples.length)] ?? 0
}

// These run in the page.

function watchInPage(sampleMs: number): void {
  const channels = new Set<RTCDataChannel>()
  const send = RTCDataChannel.prototype.send as (data: unknown) => void
  RTCDataChannel.prototype.send = function (this: RTCDataChannel, data: unknown) {
    channels.add(this)
    send.call(this, data)
  }
  window.sendBuffers = []
  setInterval(() => {
    let bytes = 0
    for (const { bufferedAmount } of channels) bytes += bufferedAmount
    window.sendBuffers.push(bytes)
  }, sampleMs)
}

function takeInPage(): number[] {
  return window.sendBuffers
}

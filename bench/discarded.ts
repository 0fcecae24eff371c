// Packets that Chromium discarded on the sender's own side, before the network: what bursts cost, which SCTP takes for
// loss.
import type { BrowserContext, Page } from '@playwright/test'

declare global {
  interface Window {
    connections: RTCPeerConnection[]
  }
}

export type Packets = { sent: number; discarded: number }

/** Has every page that is opened from now on remember its connections. */
export async function rememberConnections(browser: BrowserContext): Promise<void> {
  await browser.addInitScript(() => {
    window.connections = []
    window.RTCPeerConnection = class extends RTCPeerConnection {
      constructor(configuration?: RTCConfiguration) {
        super(configuration)
        window.connections.push(this)
      }
    }
  })
}

/** The packets of all connections of these pages since they were opened. */
export async function packetsOf(pages: Page[]): Promise<Packets> {
  const each = await Promise.all(pages.map((page) => page.evaluate(countPackets)))
  const sum = (of: keyof Packets) => each.reduce((total, packets) => total + packets[of], 0)
  return { sent: sum('sent'), discarded: sum('discarded') }
}

async function countPackets(): Promise<Packets> {
  const packets = { sent: 0, discarded: 0 }
  for (const connection of window.connections)
    for (const stats of (await connection.getStats()).values())
      if (stats.type === 'candidate-pair') {
        packets.sent += stats.packetsSent ?? 0
        packets.discarded += stats.packetsDiscardedOnSend ?? 0
      }
  return packets
}

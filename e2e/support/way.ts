// By which way a page's bytes go, as its browser's own connections tell. Knows nothing of what the page says of it.
import type { BrowserContext, Page } from '@playwright/test'
import type { Way } from './homes-table'

declare global {
  interface Window {
    /** All connections that this page has made. */
    connectionsMade: RTCPeerConnection[]
  }
}

/** Watches which ways are taken. To be called before the page is opened. */
export async function watchWays(context: BrowserContext): Promise<void> {
  await context.addInitScript(() => {
    window.connectionsMade = []
    window.RTCPeerConnection = new Proxy(RTCPeerConnection, {
      construct(target, given, derived) {
        const connection: RTCPeerConnection = Reflect.construct(target, given, derived)
        window.connectionsMade.push(connection)
        return connection
      },
    })
  })
}

/** The best that stands now. Where no connection does, whatever comes can only come through the server. */
export function wayOf(page: Page): Promise<Way> {
  return page.evaluate(async () => {
    const ways: ('direct' | 'turn')[] = []
    for (const connection of window.connectionsMade) {
      if (connection.connectionState !== 'connected') continue
      const stats = await connection.getStats()
      const all = [...stats.values()]
      const transport = all.find(({ type }) => type === 'transport')
      const pair = stats.get(transport?.selectedCandidatePairId)
      const types = [stats.get(pair?.localCandidateId), stats.get(pair?.remoteCandidateId)].map(
        (one) => one?.candidateType,
      )
      ways.push(types.includes('relay') ? 'turn' : 'direct')
    }
    return ways.includes('direct') ? 'direct' : (ways[0] ?? 'server')
  })
}

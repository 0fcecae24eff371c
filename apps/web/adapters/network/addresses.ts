// Asks the server where others can open its page. It says so to its own machine alone. Knows nothing of links.
import { AddressesReply } from '@swarmdrop/core/signaling'

const WITHIN_MS = 2_000

/**
 * The addresses of the tracker, as `http://192.168.1.5:3000`, the likeliest first. Empty where nobody says so: never
 * rejects.
 */
export async function askAddresses(trackerUrl: string): Promise<string[]> {
  try {
    const response = await fetch(`${trackerUrl}/addresses`, { signal: AbortSignal.timeout(WITHIN_MS) })
    return AddressesReply.parse(await response.json()).addresses
  } catch {
    return []
  }
}

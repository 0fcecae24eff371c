// The connection check of this page: its probes are the browser's own. Knows nothing of how it is drawn.
import type { WebRtcFact } from '@swarmdrop/peer/check'
import { type CheckPorts, ConnectionCheck } from '@swarmdrop/peer/check'
import { browserRandom } from '../adapters/device/browser-random'
import { gatherAddresses } from '../adapters/network/own-addresses'
import { newLineBy } from '../adapters/network/tracker-lines'
import { askTrackerWeb, pollingStatus } from '../adapters/network/tracker-web'
import { whatKeeps } from '../adapters/stores/what-keeps'
import { trackerUrl } from './page-setup'
import { pageLinks, pageTime, relayChoice } from './ports'

/** A check that is not begun. */
export function connectionCheck(): ConnectionCheck {
  const url = trackerUrl()
  const ports: CheckPorts = {
    time: pageTime(),
    random: browserRandom,
    relay: relayChoice(),
    host: trackerHost(),
    newLine: (transport) => newLineBy(url, transport),
    askWeb: () => askTrackerWeb(url),
    pollingStatus: () => pollingStatus(url),
    webRtc,
    openLink: (...link) => pageLinks()(...link),
    gather: gatherAddresses,
    storage: whatKeeps,
  }
  return new ConnectionCheck(ports)
}

/** The name that this page has of its server, as it stands in addresses. */
export const trackerHost = () => new URL(trackerUrl()).hostname

function webRtc(): WebRtcFact {
  if (typeof RTCPeerConnection === 'undefined') return 'missing'
  try {
    new RTCPeerConnection().close()
    return 'there'
  } catch {
    return 'refused'
  }
}

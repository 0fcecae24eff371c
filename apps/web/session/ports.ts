// The ports of every peer in this page: made once, with the first that needs them. Knows no peer.
import { type OpenLink, type RelayChoice, type SwarmPorts, simplePeerLinks, Timers } from '@swarmdrop/peer'
import { browserRandom } from '../adapters/device/browser-random'
import { rememberedRelayChoice } from '../adapters/device/relay-choice'
import { storedText } from '../adapters/device/stored-text'
import { browserLibrary } from '../adapters/keeping/browser-library'
import { newLine } from '../adapters/network/tracker-lines'
import { AlarmClock } from '../adapters/workers/alarm-clock'
import { trackerUrl } from './page-setup'

let time: Timers | undefined

/** The clock of all that is in the page: a worker each would be thirty workers. */
export function pageTime(): Timers {
  time ??= new Timers(new AlarmClock())
  return time
}

/** What a swarm needs of this browser, which must have WebRTC. */
export const pageLinks = (): OpenLink => simplePeerLinks({ RTCPeerConnection, RTCSessionDescription, RTCIceCandidate })

export const relayChoice = (): RelayChoice => rememberedRelayChoice(storedText('device', 'swarmdrop-relay-only'))

let ports: SwarmPorts | undefined

/** What a swarm needs of this browser, which must have WebRTC. */
export function swarmPorts(): SwarmPorts {
  ports ??= {
    time: pageTime(),
    random: browserRandom,
    openLink: pageLinks(),
    newLine: () => newLine(trackerUrl()),
    // IPv6 is in brackets here.
    trackerHost: new URL(trackerUrl()).hostname,
    relay: relayChoice(),
    // In the console, for anyone who looks there: a person can do nothing about it.
    log: (message) => console.info(message),
  }
  return ports
}

let library: ReturnType<typeof browserLibrary> | undefined

export function pageLibrary(): ReturnType<typeof browserLibrary> {
  library ??= browserLibrary(pageTime())
  return library
}

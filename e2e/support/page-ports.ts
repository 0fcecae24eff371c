// What a peer needs that a test puts into a page besides the page's own. Bundled with it, never shipped.
import { type Clock, SocketLine, type SwarmPorts, simplePeerLinks, Timers } from '@swarmdrop/peer'

/** The most that a browser draws at once. */
const DRAWN_AT_ONCE = 65_536

class PageClock implements Clock {
  #timer: ReturnType<typeof setTimeout> | undefined

  now = () => performance.now()
  wallMs = () => Date.now()
  setAlarm(atMs: number, ring: () => void): void {
    this.clearAlarm()
    this.#timer = setTimeout(ring, Math.max(0, Math.ceil(atMs - this.now())))
  }
  clearAlarm = () => clearTimeout(this.#timer)
}

export const randomBytes = (length: number): Uint8Array => {
  const bytes = new Uint8Array(length)
  for (let at = 0; at < length; at += DRAWN_AT_ONCE) crypto.getRandomValues(bytes.subarray(at, at + DRAWN_AT_ONCE))
  return bytes
}

export const time = new Timers(new PageClock())

export const pagePorts: SwarmPorts = {
  time,
  random: { bytes: randomBytes, uniform: Math.random },
  openLink: simplePeerLinks({ RTCPeerConnection, RTCSessionDescription, RTCIceCandidate }),
  newLine: () => new SocketLine(location.origin, time),
  relay: { isRelayOnly: () => false, chooseRelayOnly: () => {} },
  log: () => {},
}

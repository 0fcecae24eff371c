// The network between simulated peers: every uplink and downlink has a rate, every pair a latency, every message its
// encoded size, and messages of a pair arrive in order. Knows nothing of what messages mean.

export type Host = {
  uploadBytesPerSecond: number
  downloadBytesPerSecond: number
  /** A pair's latency is the mean of both. */
  latencyMs: number
  /** When the uplink has sent, and the downlink has taken in, all that is on it. */
  uplinkFreeAt: number
  downlinkFreeAt: number
}

export function openHost(uploadBytesPerSecond: number, downloadBytesPerSecond: number, latencyMs: number): Host {
  return { uploadBytesPerSecond, downloadBytesPerSecond, latencyMs, uplinkFreeAt: 0, downlinkFreeAt: 0 }
}

/** One direction of a connection. */
export type Link = {
  /** Bytes of blocks that wait for the uplink, or are on it. */
  queuedBytes: number
  /** When the uplink will have sent all that was put on this link. */
  sentAt: number
}

/**
 * Puts a block on the way at `now`: when the uplink has sent it, and when it reaches the other side's downlink. Blocks take
 * the uplink one after another.
 */
export function transmitBlock(from: Host, to: Host, link: Link, bytes: number, now: number): Transmission {
  link.sentAt = Math.max(now, from.uplinkFreeAt) + (bytes / from.uploadBytesPerSecond) * 1000
  from.uplinkFreeAt = link.sentAt
  return reaching(from, to, link)
}

/**
 * Puts a small message on the way: packets of all links share an uplink, so it waits for what its own link has to send
 * first, and not for the blocks of others; these it delays by its own length.
 */
export function transmitControl(from: Host, to: Host, link: Link, bytes: number, now: number): Transmission {
  const costMs = (bytes / from.uploadBytesPerSecond) * 1000
  link.sentAt = Math.max(now, link.sentAt) + costMs
  from.uplinkFreeAt = Math.max(now, from.uplinkFreeAt) + costMs
  return reaching(from, to, link)
}

export type Transmission = { sentAt: number; reachesAt: number }

const reaching = (from: Host, to: Host, { sentAt }: Link): Transmission => ({
  sentAt,
  reachesAt: sentAt + (from.latencyMs + to.latencyMs) / 2,
})

/**
 * When a downlink that `bytes` reach at `now` has them in. It takes a message in while it comes, so it costs time of its
 * own only where it is the slower, or busy.
 */
export function takeIn(to: Host, bytes: number, now: number): number {
  to.downlinkFreeAt = Math.max(now, to.downlinkFreeAt + (bytes / to.downloadBytesPerSecond) * 1000)
  return to.downlinkFreeAt
}

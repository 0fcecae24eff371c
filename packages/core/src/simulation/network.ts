// The network between simulated peers: every uplink and downlink has a rate, every pair a latency, every message its
// encoded size, and messages of a pair arrive in order. Knows nothing of what messages mean.

/** Control messages need an uplink even where blocks may use next to none of it. */
const CONTROL_BYTES_PER_SECOND = 20_000

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
  latencyMs: number
  /** When the uplink will have sent all that was put on this link. */
  sentAt: number
  /** Blocks that may wait for the uplink, or be on it, in the order in which they leave it. */
  readonly blocks: { bytes: number; sentAt: number }[]
}

export const latencyBetween = (a: Host, b: Host): number => (a.latencyMs + b.latencyMs) / 2

/** Bytes of blocks that wait for the uplink, or are on it. */
export function queuedBytes({ blocks }: Link, now: number): number {
  while ((blocks[0]?.sentAt ?? Number.POSITIVE_INFINITY) <= now) blocks.shift()
  return blocks.reduce((sum, { bytes }) => sum + bytes, 0)
}

/**
 * Puts a block on the way at `now`: when the uplink has sent it, and when it reaches the other side's downlink. Blocks
 * take the uplink one after another.
 */
export function transmitBlock(from: Host, link: Link, bytes: number, now: number): Transmission {
  const costMs = (bytes / from.uploadBytesPerSecond) * 1000
  link.sentAt = Math.max(now, from.uplinkFreeAt) + costMs
  from.uplinkFreeAt = link.sentAt
  link.blocks.push({ bytes, sentAt: link.sentAt })
  return reaching(link, costMs)
}

/**
 * Puts a small message on the way: packets of all links share an uplink, so it waits for what its own link has to send
 * first, and not for the blocks of others; these it delays by its own length.
 */
export function transmitControl(from: Host, link: Link, bytes: number, now: number): Transmission {
  const costMs = controlMs(from, bytes)
  link.sentAt = Math.max(now, link.sentAt) + costMs
  from.uplinkFreeAt = Math.max(now, from.uplinkFreeAt) + costMs
  return reaching(link, costMs)
}

/** When a message has left the uplink, when its first byte reaches the other side's downlink, and when its last. */
export type Transmission = { sentAt: number; beginsAt: number; reachesAt: number }

function reaching({ sentAt, latencyMs }: Link, costMs: number): Transmission {
  const reachesAt = sentAt + latencyMs
  return { sentAt, beginsAt: reachesAt - costMs, reachesAt }
}

const controlMs = (from: Host, bytes: number) =>
  (bytes / Math.max(from.uploadBytesPerSecond, CONTROL_BYTES_PER_SECOND)) * 1000

/**
 * When a downlink has `bytes` in, of which the first reaches it at `beginsAt` and the last at `now`. It takes a message
 * in while it comes, so it costs time of its own only where it is the slower, or busy.
 */
export function takeIn(to: Host, bytes: number, beginsAt: number, now: number): number {
  const freeAt = Math.max(to.downlinkFreeAt, beginsAt)
  to.downlinkFreeAt = Math.max(now, freeAt + (bytes / to.downloadBytesPerSecond) * 1000)
  return to.downlinkFreeAt
}

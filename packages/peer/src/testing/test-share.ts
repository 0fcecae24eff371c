// A content and its sender, for tests of transfers.
import { Bitfield, buildContent, type ChunkStore, type Content, DIGEST_BYTES, formatLinkId } from '@swarmdrop/core'
import { seededRandom } from '@swarmdrop/core/simulation'
import type { RecoverableStore } from '../library/shelves'
import { sameBytes } from '../stores/digests'
import type { Gate } from '../swarm/gate'
import { Receiving } from '../transfer/receiving'
import { Sending } from '../transfer/sending'
import type { Side } from '../transfer/side'
import { Transfer } from '../transfer/transfer'
import { sha256 } from './sha256'
import { type VirtualDevice, VirtualWorld } from './virtual-device'

export type TestShare = { content: Content; pages: Uint8Array[]; bytes: Uint8Array<ArrayBuffer>; link: string }

/** Made-up bytes, the same for the same seed, in one file or in several of about the same size. */
export async function testShare({ chunks = 40, chunkBytes = 16_384, seed = 7, files = 1 } = {}): Promise<TestShare> {
  const draw = seededRandom(seed)
  const bytes = Uint8Array.from({ length: chunks * chunkBytes - 100 }, () => Math.floor(draw() * 256))
  const digests = new Uint8Array(chunks * DIGEST_BYTES)
  for (let chunk = 0; chunk < chunks; chunk++)
    digests.set(await sha256(bytes.slice(chunk * chunkBytes, (chunk + 1) * chunkBytes)), chunk * DIGEST_BYTES)
  const named = Array.from({ length: files }, (_, at) => {
    const start = Math.floor((bytes.length * at) / files)
    const path = files === 1 ? 'a.bin' : `all/${String(at).padStart(4, '0')}.bin`
    return { path, bytes: Math.floor((bytes.length * (at + 1)) / files) - start }
  })
  const { content, pages } = buildContent(named, digests, chunkBytes)
  return { content, pages, bytes, link: `https://drop.test/#${formatLinkId(content.id)}` }
}

/** Holds all of it. A test may break it. */
export class ServingStore implements ChunkStore {
  failure: Error | undefined
  closed = false
  readonly #share: TestShare

  constructor(share: TestShare) {
    this.#share = share
  }

  async write(): Promise<never> {
    throw new Error('A sender writes nothing.')
  }

  async read(chunk: number, offset: number, length: number): Promise<Uint8Array> {
    if (this.failure) throw this.failure
    const start = chunk * this.#share.content.layout.chunkBytes + offset
    return this.#share.bytes.slice(start, start + length)
  }

  close(): void {
    this.closed = true
  }
}

/** `gate`: what is asked beyond the link. */
export function sendFrom(
  device: VirtualDevice,
  share: TestShare,
  store?: ServingStore,
  gate?: Gate,
): Transfer<Sending> {
  const transfer = senderAt(device, share, store, gate)
  transfer.start()
  return transfer
}

/** A sender that is not in the swarm yet. */
export function senderAt(
  device: VirtualDevice,
  share: TestShare,
  store = new ServingStore(share),
  gate?: Gate,
): Transfer<Sending> {
  const { content, pages, link } = share
  return new Transfer(device.ports, {
    contentId: content.id,
    link,
    side: new Sending(store),
    gate,
    start: { content, pages, held: Bitfield.full(content.layout.chunkCount), store },
  })
}

export type TestReceiver = Transfer<Receiving<RecoverableStore>>

/** Opens the link on this device as a page does, with what an earlier visit has left. */
export async function receiveAt(
  device: VirtualDevice,
  { content, link }: TestShare,
  gate?: Gate,
): Promise<TestReceiver> {
  const library = device.disk.library()
  const reopened = await library.reopen(content.id, () => {})
  const transfer = new Transfer(device.ports, {
    contentId: content.id,
    link,
    side: new Receiving(library, reopened),
    gate,
    start: reopened,
  })
  transfer.start()
  return transfer
}

/** A sender and a receiver, who has pressed Download. */
export async function underWay(share: TestShare, quality: { bytesPerSecond?: number } = {}) {
  const world = new VirtualWorld(1, quality)
  const [home, laptop] = [world.device('home'), world.device('laptop')]
  const sender = sendFrom(home, share)
  const receiver = await receiveAt(laptop, share)
  await world.time.run(10_000, () => phaseOf(receiver) === 'ready')
  receiver.side.download()
  return { world, home, laptop, sender, receiver, time: world.time }
}

export const chunksOf = (transfer: Transfer<Side>): number => transfer.inspect().chunksHeld

export const phaseOf = (transfer: Transfer<Side>): string => transfer.inspect().phase

/** Whether a device has kept the content, byte for byte. */
export function keepsOriginal({ disk }: VirtualDevice, { content, bytes }: TestShare): boolean {
  const chunks = disk.contents.get(formatLinkId(content.id))
  const { chunkCount, chunkBytes } = content.layout
  return Array.from({ length: chunkCount }, (_, chunk) => chunk).every((chunk) => {
    const expected = bytes.slice(chunk * chunkBytes, (chunk + 1) * chunkBytes)
    const kept = chunks?.get(chunk)
    return kept !== undefined && sameBytes(kept, expected)
  })
}

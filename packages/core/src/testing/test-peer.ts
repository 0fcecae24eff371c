// One real Swarm among others in virtual time, with a store that keeps real bytes. Knows nothing of links
// (virtual-swarm.ts).
import { Bitfield, CHUNK_BYTES, type Content } from '../content/index'
import { type Policy, Swarm } from '../swarm/index'
import type { TestContent } from './test-content'

export type TestPeerOptions = {
  /** Holds everything from the start. */
  seed?: boolean
  /** Knows the content and holds these chunks from the start. */
  held?: number[]
  /** Fetches these chunks alone; with `held`. */
  chosen?: number[]
  downloading?: boolean
  uploadBytesPerSecond?: number
  downloadBytesPerSecond?: number
  policy?: Partial<Policy>
  reporting?: boolean
  /** Alters what it serves: a liar. */
  corrupt?: (chunk: number, data: Uint8Array) => Uint8Array
  /** Whether the peer's disk is full for this chunk. */
  storeFails?: (chunk: number) => boolean
}

export class TestPeer {
  readonly swarm: Swarm
  readonly stored = new Map<number, Uint8Array>()
  /** The peer's neighbours, and the number of the connection to each. */
  readonly links = new Map<string, number>()
  readonly dropped: { peer: string; reason: string; ban: boolean }[] = []
  content: Content | undefined

  constructor(
    readonly id: string,
    readonly options: TestPeerOptions,
    source: TestContent,
    random: () => number,
    now: number,
  ) {
    const { seed, held, chosen, downloading, corrupt: _corrupt, storeFails: _storeFails, policy, ...limits } = options
    const { layout } = source.content
    const chunks = seed ? [...source.chunks.keys()] : held
    const bitfield = bitfieldOf(layout.chunkCount, chunks ?? [])
    for (const chunk of chunks ?? []) this.stored.set(chunk, source.chunks[chunk] as Uint8Array)
    if (chunks) this.content = source.content
    this.swarm = new Swarm(
      {
        ...limits,
        contentId: source.content.id,
        ...(chunks && {
          start: {
            content: source.content,
            pages: [...source.pages],
            held: bitfield,
            chosen: chosen && bitfieldOf(layout.chunkCount, chosen),
          },
        }),
        downloading: downloading ?? true,
        uploading: true,
        // Of small chunks, all blocks are alike.
        policy: {
          blockBytes: Math.ceil(layout.chunkBytes / 4),
          ...(layout.chunkBytes < CHUNK_BYTES && { largeBlockBytes: 0 }),
          ...policy,
        },
        now,
      },
      random,
    )
  }
}

export function bitfieldOf(size: number, chunks: Iterable<number>): Bitfield {
  const bitfield = new Bitfield(size)
  for (const chunk of chunks) bitfield.set(chunk)
  return bitfield
}

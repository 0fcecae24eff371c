// A SwarmDriver on ports that a test can look into. The clock stands still unless the test moves it.
import { Bitfield, type Content } from '../content/index'
import { SwarmDriver } from '../driver/driver'
import type { ChunkStore, StoreError } from '../driver/ports'
import { Swarm, type SwarmEvent } from '../swarm/index'
import { decodeMessage, type Message } from '../wire/index'
import { joinedIfRight, seededRandom, type TestContent } from './test-content'

class MemoryStore implements ChunkStore {
  readonly chunks = new Map<number, Uint8Array>()
  /** The error that reading and writing reject with. */
  failure: unknown

  async write(chunk: number, blocks: readonly Uint8Array[], digest: Uint8Array): Promise<'stored' | 'wrong-digest'> {
    if (this.failure) throw this.failure
    const bytes = joinedIfRight(blocks, digest)
    if (bytes) this.chunks.set(chunk, bytes)
    return bytes ? 'stored' : 'wrong-digest'
  }

  async read(chunk: number, offset: number, length: number): Promise<Uint8Array> {
    if (this.failure) throw this.failure
    return (this.chunks.get(chunk) as Uint8Array).slice(offset, offset + length)
  }
}

/** Remembers its events. */
class WatchedSwarm extends Swarm {
  readonly handled: SwarmEvent[] = []

  override handle(event: SwarmEvent, now: number) {
    this.handled.push(event)
    return super.handle(event, now)
  }
}

export class DrivenSwarm {
  now = 0
  bufferedBytes = 0
  alarm: { at: number; ring: () => void } | undefined
  changes = 0
  peersWanted = 0
  readonly lowMarks: number[] = []
  readonly sent: { to: string; message: Message }[] = []
  readonly dropped: { peer: string; reason: string; ban: boolean }[] = []
  readonly contents: Content[] = []
  readonly failures: StoreError[] = []
  readonly store = new MemoryStore()
  readonly swarm: WatchedSwarm
  readonly driver: SwarmDriver
  /** Gets each frame as it goes out. */
  deliver: (to: string, frame: Uint8Array) => void = () => {}
  onStoreFailed: () => void = () => {}

  constructor(source: TestContent, { seed = false, hasStore = true } = {}) {
    const { id, layout } = source.content
    const start = { content: source.content, pages: [...source.pages], held: Bitfield.full(layout.chunkCount) }
    if (seed) for (const [chunk, bytes] of source.chunks.entries()) this.store.chunks.set(chunk, bytes)
    this.swarm = new WatchedSwarm(
      {
        contentId: id,
        ...(seed && { start }),
        downloading: true,
        uploading: true,
        policy: { blockBytes: Math.ceil(layout.chunkBytes / 4), largeBlockBytes: 0, handOutOnce: false },
        now: 0,
      },
      seededRandom(1),
    )
    const link = {
      send: (to: string, written: Uint8Array) => {
        const frame = written.slice()
        const decoded = decodeMessage(frame)
        if (decoded.ok) this.sent.push({ to, message: decoded.message })
        this.deliver(to, frame)
      },
      openLanes: () => {},
      closeLane: () => {},
      measurePath: async () => undefined,
      bufferedBytes: () => this.bufferedBytes,
      setLowMark: (_peer: string, bytes: number) => void this.lowMarks.push(bytes),
      drop: (peer: string, reason: string, ban: boolean) => void this.dropped.push({ peer, reason, ban }),
    }
    const clock = {
      now: () => this.now,
      setAlarm: (at: number, ring: () => void) => {
        this.alarm = { at, ring }
      },
      clearAlarm: () => {
        this.alarm = undefined
      },
    }
    const observer = {
      changed: () => void this.changes++,
      contentKnown: (content: Content) => void this.contents.push(content),
      peersWanted: () => void this.peersWanted++,
      storeFailed: (error: StoreError) => {
        this.failures.push(error)
        this.onStoreFailed()
      },
    }
    this.driver = new SwarmDriver(this.swarm, { link, clock }, observer, hasStore ? this.store : undefined)
  }

  count(type: Message['type']): number {
    return this.sent.filter(({ message }) => message.type === type).length
  }

  handledOf<T extends SwarmEvent['type']>(type: T) {
    return this.swarm.handled.filter((event): event is Extract<SwarmEvent, { type: T }> => event.type === type)
  }

  ringAlarm(): void {
    const { at, ring } = this.alarm ?? { at: this.now, ring: () => {} }
    this.now = Math.max(this.now, at)
    ring()
  }
}

/** Lets every promise that is ready go on, and those that follow from it. */
export async function settle(): Promise<void> {
  for (let i = 0; i < 300; i++) await Promise.resolve()
}

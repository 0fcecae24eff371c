// More receivers of one link than a page has by itself, each with a line, links and chunks of its own: what the lab
// does in a page, for a link. Bundled by failing-nodes.spec.ts, never shipped.
import { type ChunkStore, parseLinkId } from '@swarmdrop/core'
import { type ConnectionPlan, LiveSwarm } from '@swarmdrop/peer'
import { joinedChunk } from '@swarmdrop/peer/stores'
import { pagePorts, time } from './support/page-ports'

/** Fewer than a tab has, as all are in one process. */
const PLAN: ConnectionPlan = { wants: 5, maxLinks: 8 }
/** A machine that opens many at once answers nobody for a second. */
const STAGGER_MS = 40

const sha256 = async (bytes: Uint8Array<ArrayBuffer>) => new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))

class MemoryStore implements ChunkStore {
  readonly #chunks: Uint8Array<ArrayBuffer>[] = []

  async write(chunk: number, blocks: readonly Uint8Array[], digest: Uint8Array): Promise<'stored' | 'wrong-digest'> {
    const length = blocks.reduce((total, block) => total + block.length, 0)
    const whole = await joinedChunk(blocks, length, digest, sha256)
    if (whole) this.#chunks[chunk] = whole
    return whole ? 'stored' : 'wrong-digest'
  }

  async read(chunk: number, offset: number, length: number): Promise<Uint8Array> {
    return (this.#chunks[chunk] as Uint8Array).slice(offset, offset + length)
  }

  async digest(): Promise<string> {
    const bytes = new Uint8Array(await new Blob(this.#chunks).arrayBuffer())
    return Array.from(await sha256(bytes), (byte) => byte.toString(16).padStart(2, '0')).join('')
  }
}

class Receiver {
  readonly #live: LiveSwarm
  readonly #store = new MemoryStore()

  constructor(contentId: Uint8Array) {
    this.#live = new LiveSwarm(
      pagePorts,
      { contentId, plan: PLAN, store: this.#store, downloading: false, uploading: true },
      {
        changed: () => {},
        contentKnown: () => this.#live.setActivity(true, true),
        storeFailed: (error) => console.error(error.message),
      },
    )
  }

  start(): void {
    this.#live.start()
  }

  async state() {
    const { isComplete, tracker, swarmSize } = this.#live
    const { downloadedBytes, neighbours } = this.#live.snapshot()
    const digest = isComplete ? await this.#store.digest() : undefined
    return { isOnline: tracker === 'online', swarmSize, downloadedBytes, neighbours: neighbours.length, digest }
  }
}

const receivers: Receiver[] = []

const crowd = {
  /** Lets so many receivers come, one after the other. */
  receive(link: string, count: number): void {
    const parsed = parseLinkId(link.slice(link.indexOf('#')))
    if (!parsed.ok) throw new Error(parsed.reason)
    for (let i = 0; i < count; i++) {
      const receiver = new Receiver(parsed.id)
      receivers.push(receiver)
      time.after(i * STAGGER_MS, () => receiver.start())
    }
  },
  /** `digest`: SHA-256 of all bytes, of one that has them. */
  states: () => Promise.all(receivers.map((receiver) => receiver.state())),
}

declare global {
  interface Window {
    crowd: typeof crowd
  }
}

window.crowd = crowd

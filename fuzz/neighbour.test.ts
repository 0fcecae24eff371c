// A neighbour that says anything that is a message, in any order: the machine follows it or drops it, never throws,
// never answers without end, and an honest neighbour's chunks arrive.
import { Bitfield, buildContent, Swarm, type SwarmAction, type SwarmEvent } from '@swarmdrop/core'
import { decodeMessage, encodeMessage, type Message } from '@swarmdrop/core/wire'
import { describe, expect, it } from 'vitest'
import { BUDGET_TIMEOUT_MS, fuzz } from './budget'
import { mutatedBytes, oneOf } from './mutations'

const CHUNKS = 6
const CHUNK_BYTES = 1_024
const digests = new Uint8Array(CHUNKS * 32).fill(9)
const { content, pages } = buildContent([{ path: 'a', bytes: CHUNKS * CHUNK_BYTES }], digests, CHUNK_BYTES)
const number = (random: () => number) => oneOf([0, 1, 2, 5, 6, 255, 256, 1_024, 65_536, 0xffff_ffff], random)

function anyMessage(random: () => number): Message {
  const [chunk, offset] = [number(random), oneOf([0, 256, 512, 768, number(random)], random)]
  const rate = { bytesPerSecond: number(random), basis: 'shown' } as const
  return oneOf<Message>(
    [
      { type: 'hello', version: 1 },
      {
        type: 'bitfield',
        manifestBytes: content.manifestBytes.length,
        chunkCount: CHUNKS,
        bits: Uint8Array.of(Math.floor(random() * 64) << 2),
      },
      { type: 'have', chunk },
      { type: 'choice', chunks: chunk },
      { type: 'interested' },
      { type: 'not-interested' },
      { type: 'choke' },
      { type: 'unchoke' },
      { type: 'request', chunk, offset, length: 256 },
      { type: 'cancel', chunk, offset },
      { type: 'block', chunk, offset, data: new Uint8Array(256) },
      { type: 'reject', chunk, offset },
      { type: 'metadata-request', part: chunk, offset: 0, length: 64 },
      { type: 'metadata-block', part: chunk, offset: 0, data: new Uint8Array(64) },
      { type: 'metadata-reject', part: chunk, offset: 0 },
      { type: 'keep-alive' },
      {
        type: 'report',
        progress: { stage: 'server' },
        upload: rate,
        download: rate,
        activity: { paused: false, serves: true },
      },
    ],
    random,
  )
}

/**
 * Holds chunks 0 to 2; its disk and digests say of every chunk that comes from `honest`, and of no other, that it is
 * right.
 */
class Host {
  now = 0
  readonly #swarm: Swarm
  readonly #random: () => number

  constructor(random: () => number) {
    const held = new Bitfield(CHUNKS)
    for (const chunk of [0, 1, 2]) held.set(chunk)
    this.#random = random
    this.#swarm = new Swarm(
      {
        contentId: content.id,
        start: { content, pages, held },
        downloading: true,
        uploading: true,
        reporting: true,
        policy: { blockBytes: 256, silenceMs: Number.POSITIVE_INFINITY },
        now: 0,
      },
      random,
    )
  }

  get chunksHeld(): number {
    return this.#swarm.snapshot(this.now).chunksHeld
  }

  /** The actions that followed, in all. */
  handle(event: SwarmEvent): number {
    const actions = this.#swarm.handle(event, this.now)
    return actions.length + actions.reduce((sum, action) => sum + this.#perform(action), 0)
  }

  say(peer: string, ...messages: Message[]): number {
    return messages.reduce((sum, message) => sum + this.handle({ type: 'message-received', peer, message }), 0)
  }

  pass(ms: number): void {
    this.now += ms
    while (this.#swarm.nextWake.at <= this.now) this.handle({ type: 'wake' })
  }

  #perform(action: SwarmAction): number {
    if (action.type === 'load-block') {
      const { peer, chunk, offset, length } = action
      const data = this.#random() < 0.9 ? new Uint8Array(length) : undefined
      return this.handle({ type: 'block-loaded', peer, chunk, offset, data })
    }
    if (action.type === 'check-chunk') {
      const { chunk, from } = action
      return this.handle({ type: 'chunk-checked', chunk, from, ok: from === 'honest' })
    }
    if (action.type === 'send' && action.peer === 'honest' && action.message.type === 'request') {
      const { chunk, offset, length } = action.message
      return this.say('honest', { type: 'block', chunk, offset, data: new Uint8Array(length) })
    }
    return 0
  }
}

describe('fuzzed', { timeout: BUDGET_TIMEOUT_MS }, () => {
  it('[ORDER-6] a neighbour', () => {
    fuzz((random) => {
      const host = new Host(random)
      host.handle({ type: 'peer-joined', peer: 'bad', dialled: false })
      if (random() < 0.8) host.say('bad', { type: 'hello', version: 1 })
      for (let i = 0; i < 40; i++) {
        const frame = encodeMessage(anyMessage(random))
        const decoded = decodeMessage(random() < 0.1 ? mutatedBytes(frame, random) : frame)
        const actions = decoded.ok
          ? host.say('bad', decoded.message)
          : host.handle({ type: 'frame-refused', peer: 'bad', reason: decoded.reason })
        expect(actions).toBeLessThan(200)
        if (random() < 0.1) host.pass(Math.floor(random() * 20_000))
        if (random() < 0.05) host.handle({ type: 'peer-joined', peer: 'bad', dialled: false })
      }
      host.handle({ type: 'peer-joined', peer: 'honest', dialled: false })
      const manifestBytes = content.manifestBytes.length
      const all: Message = { type: 'bitfield', manifestBytes, chunkCount: CHUNKS, bits: Uint8Array.of(252) }
      host.say('honest', { type: 'hello', version: 1 }, all, { type: 'unchoke' })
      for (let i = 0; i < 40 && host.chunksHeld < CHUNKS; i++) host.pass(5_000)
      expect(host.chunksHeld).toBe(CHUNKS)
    })
  })
})

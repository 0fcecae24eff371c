// One who has the link and means harm, for the siege: it speaks real frames over real links and a real line. Knows
// nothing of what it does (behaviours.ts), nor of what is expected of the honest.
import type { Content } from '@swarmdrop/core'
import { decodeMessage, encodeMessage, type Message } from '@swarmdrop/core/wire'
import type { OpenLink } from '../packages/peer/src/ports'
import { SwarmConnection } from '../packages/peer/src/swarm/connection'
import type { VirtualDevice } from '../packages/peer/src/testing/virtual-device'
import { FramingLine } from './framing-line'

const TICK_MS = 500

export type Loot = { content: Content; pages: readonly Uint8Array[]; bytes: Uint8Array }

/** What an attacker does with one neighbour; each part is optional. */
export type Behaviour = {
  /** What it says that it holds. Default: nothing. */
  claims?: 'all'
  /** What it says that the manifest measures, where it lies. */
  manifestBytes?: number
  /** Reads no faster than this, in bytes a second. */
  reads?: number
  /** An attacker whose offers lead nowhere, and who never answers one. */
  isDead?: boolean
  /** Says what it says to connect under the names of others. */
  isFraming?: boolean
  /** Comes again under a new id this often. */
  renewsEveryMs?: number
  joined?(siege: Besieger, peer: string): void
  heard?(siege: Besieger, peer: string, message: Message): void
  ticked?(siege: Besieger, peer: string): void
}

type Request = Extract<Message, { type: 'request' }>

export class Besieger {
  readonly #device: VirtualDevice
  readonly #loot: Loot
  readonly #random: () => number
  #behaviour: Behaviour
  #connection: SwarmConnection
  #renewAtMs = 0
  #stopped = false
  readonly requests = new Map<string, Request[]>()
  readonly metadata = new Map<string, Extract<Message, { type: 'metadata-request' }>[]>()
  readonly served = new Set<string>()
  readonly asked = new Map<string, number>()
  nextAtMs = new Map<string, number>()

  constructor(device: VirtualDevice, loot: Loot, behaviour: Behaviour, random: () => number) {
    this.#device = device
    this.#loot = loot
    this.#random = random
    this.#behaviour = behaviour
    this.#connection = this.#connect()
    this.#tick()
  }

  get now(): number {
    return this.#device.world.time.now()
  }

  get random(): () => number {
    return this.#random
  }

  get loot(): Loot {
    return this.#loot
  }

  become(behaviour: Behaviour): void {
    this.#behaviour = behaviour
    this.#setReading()
  }

  stop(): void {
    this.#stopped = true
    this.#connection.close()
  }

  say(peer: string, ...messages: Message[]): void {
    for (const message of messages) this.#connection.links.send(peer, encodeMessage(message))
  }

  sayBytes(peer: string, frame: Uint8Array): void {
    this.#connection.links.send(peer, frame)
  }

  /** Takes the first of its requests, and answers it, rightly or not. */
  give(peer: string, isRight: boolean): void {
    const request = this.requests.get(peer)?.shift()
    if (!request) return
    const { chunk, offset, length } = request
    const at = chunk * this.#loot.content.layout.chunkBytes + offset
    const data = isRight ? this.#loot.bytes.slice(at, at + length) : new Uint8Array(length).fill(13)
    this.say(peer, { type: 'block', chunk, offset, data })
  }

  giveMetadata(peer: string, isRight: boolean): void {
    const request = this.metadata.get(peer)?.shift()
    if (!request) return
    const { part, offset, length } = request
    const whole = part === 0 ? this.#loot.content.manifestBytes : this.#loot.pages[part - 1]
    const right = whole?.slice(offset, offset + length)
    const data = isRight && right ? right : new Uint8Array(length).fill(65)
    this.say(peer, { type: 'metadata-block', part, offset, data })
  }

  /** True once in so long, for each neighbour. */
  isTime(peer: string, everyMs: number): boolean {
    if (this.now < (this.nextAtMs.get(peer) ?? 0)) return false
    this.nextAtMs.set(peer, this.now + everyMs)
    return true
  }

  #connect(): SwarmConnection {
    for (const map of [this.requests, this.metadata, this.asked, this.nextAtMs]) map.clear()
    this.served.clear()
    this.#setReading()
    this.#renewAtMs = this.now + (this.#behaviour.renewsEveryMs ?? Number.POSITIVE_INFINITY)
    const { ports } = this.#device
    const { id } = this.#loot.content
    const framing = { newLine: () => new FramingLine(ports.newLine(), id, ports.random) }
    const own = {
      ...ports,
      ...(this.#behaviour.isDead && { openLink: openNowhere }),
      ...(this.#behaviour.isFraming && framing),
    }
    const connection = new SwarmConnection(own, id, {
      peerJoined: (peer) => this.#joined(peer),
      peerLeft: (peer) => this.#left(peer),
      frame: (peer, frame) => this.#frame(peer, frame),
      drained: () => {},
      changed: () => {},
    })
    connection.start()
    return connection
  }

  #setReading(): void {
    const { readers } = this.#device.world.links
    if (this.#behaviour.reads === undefined) readers.delete(this.#device.name)
    else readers.set(this.#device.name, this.#behaviour.reads)
  }

  #joined(peer: string): void {
    const { content } = this.#loot
    const chunkCount = content.layout.chunkCount
    const bits = new Uint8Array(Math.ceil(chunkCount / 8))
    if (this.#behaviour.claims === 'all') {
      bits.fill(0xff)
      if (chunkCount % 8 > 0) bits[bits.length - 1] = (0xff << (8 - (chunkCount % 8))) & 0xff
    }
    this.requests.set(peer, [])
    this.metadata.set(peer, [])
    const manifestBytes = this.#behaviour.manifestBytes ?? content.manifestBytes.length
    this.say(peer, { type: 'hello', version: 1 }, { type: 'bitfield', manifestBytes, chunkCount, bits })
    this.#behaviour.joined?.(this, peer)
  }

  #left(peer: string): void {
    this.requests.delete(peer)
    this.metadata.delete(peer)
    this.served.delete(peer)
  }

  #frame(peer: string, frame: Uint8Array): void {
    const decoded = decodeMessage(frame)
    if (!decoded.ok || !this.requests.has(peer)) return
    const { message } = decoded
    if (message.type === 'request') this.requests.get(peer)?.push(message)
    if (message.type === 'metadata-request') this.metadata.get(peer)?.push(message)
    if (message.type === 'unchoke') this.served.add(peer)
    if (message.type === 'choke') this.served.delete(peer)
    this.#behaviour.heard?.(this, peer, message)
  }

  #tick(): void {
    if (this.#stopped) return
    if (this.now >= this.#renewAtMs) {
      this.#connection.close()
      this.#connection = this.#connect()
    }
    for (const peer of [...this.requests.keys()]) {
      if (this.isTime(`alive ${peer}`, 4_000)) this.say(peer, { type: 'keep-alive' })
      this.#behaviour.ticked?.(this, peer)
    }
    this.#device.world.time.after(TICK_MS, () => this.#tick())
  }
}

/** A link as of a page that makes offers up and has no WebRTC. */
const openNowhere: OpenLink = (initiator, _configuration, handlers) => {
  if (initiator) queueMicrotask(() => handlers.signal({ type: 'offer', sdp: 'nowhere' }))
  return {
    isOpen: false,
    way: 'direct',
    bufferedBytes: 0,
    accept: () => {},
    send: () => {},
    setLowMark: () => {},
    lookAtPath: async () => undefined,
    close: () => queueMicrotask(() => handlers.closed()),
  }
}

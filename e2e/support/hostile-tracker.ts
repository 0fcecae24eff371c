// A tracker in the hands of an attacker: it serves the real page and speaks the real protocol, but decides about every
// signal what becomes of it. Honest until told otherwise. Knows nothing of links or keys.
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { existsSync, readFileSync } from 'node:fs'
import { createServer, type Server as HttpServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { extname, join } from 'node:path'
import type { JoinReply, JoinRequest, MoreReply, SignalRequest } from '@swarmdrop/core'
import { Server, type Socket } from 'socket.io'

const webRoot = join(import.meta.dirname, '../../apps/web/out')
const contentTypes: Record<string, string> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
}

export type Signal = { swarmId: string; from: string; to: string; sealed: string }
/** What is delivered in place of a signal. */
export type Relay = (signal: Signal) => Signal[]

export class HostileTracker {
  relay: Relay = (signal) => [signal]
  /** Peers that are none; named to everybody who joins. */
  readonly fakePeers: string[] = []
  /** All that peers have sent, in their order. */
  readonly heard: Signal[] = []
  readonly #http: HttpServer
  readonly #io: Server
  readonly #sockets = new Map<string, Socket>()
  readonly #delivered = new Map<string, number>()

  private constructor() {
    this.#http = createServer(({ url = '/' }, response) => {
      const path = new URL(url, 'http://any').pathname
      const file = join(webRoot, path === '/' ? 'index.html' : path)
      if (!existsSync(file)) return void response.writeHead(404).end()
      response.writeHead(200, { 'Content-Type': contentTypes[extname(file)] ?? 'text/plain' }).end(readFileSync(file))
    })
    this.#io = new Server(this.#http, { transports: ['websocket'] })
    this.#io.on('connection', (socket) => this.#serve(socket))
  }

  static async start(): Promise<HostileTracker> {
    const tracker = new HostileTracker()
    tracker.#http.listen(0, '127.0.0.1')
    await once(tracker.#http, 'listening')
    return tracker
  }

  get url(): string {
    return `http://localhost:${(this.#http.address() as AddressInfo).port}/`
  }

  /** Ids of those who are connected, the longest first. */
  get members(): string[] {
    return [...this.#sockets.keys()]
  }

  addFakePeer(): string {
    const id = newId()
    this.fakePeers.push(id)
    return id
  }

  /** Hands a signal to `to`, whoever made it. */
  deliver({ swarmId, from, to, sealed }: Signal): void {
    if (!this.#sockets.get(to)?.emit('signal', { swarmId, from, sealed })) return
    this.#delivered.set(to, this.deliveredTo(to) + 1)
  }

  deliveredTo(peer: string): number {
    return this.#delivered.get(peer) ?? 0
  }

  async close(): Promise<void> {
    await this.#io.close()
  }

  #serve(socket: Socket): void {
    const id = newId()
    socket.on('join', (_: JoinRequest, answer: (reply: JoinReply) => void) => {
      answer({ id, ...this.#others(id), iceServers: [] })
      this.#sockets.set(id, socket)
    })
    socket.on('more', (_: unknown, answer: (reply: MoreReply) => void) => answer(this.#others(id)))
    socket.on('signal', ({ swarmId, to, sealed }: SignalRequest, answer: (reply: object) => void) => {
      const signal = { swarmId, from: id, to, sealed }
      this.heard.push(signal)
      answer({})
      for (const delivered of this.relay(signal)) this.deliver(delivered)
    })
    socket.on('disconnect', () => this.#sockets.delete(id))
  }

  #others(id: string): MoreReply {
    const peers = [...this.members, ...this.fakePeers].filter((peer) => peer !== id)
    return { peers, size: peers.length + 1 }
  }
}

const newId = () => randomBytes(16).toString('base64url')

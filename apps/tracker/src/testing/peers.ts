// Real socket.io clients for tests, and the tracker they meet. Knows nothing of what a test wants to show.
import { JoinReply, MoreReply } from '@swarmdrop/core/signaling'
import { io, type Socket } from 'socket.io-client'
import { startTracker } from '../server'
import type { Tracker, TrackerOptions } from '../tracker'
import { afterTest } from './cleanup'

export async function openTracker(options: Partial<TrackerOptions> = {}): Promise<Tracker> {
  const tracker = await startTracker({ webRoot: 'no-such-folder', ...options })
  afterTest(() => tracker.close())
  return tracker
}

/** `host`: as it stands in a URL. `headers`: of its handshake, as a browser or a proxy writes them. */
export async function openPeer(
  { port, host = '127.0.0.1' }: { port: number; host?: string },
  headers: Record<string, string> = {},
  { path = '/socket.io/', transport = 'websocket' as 'websocket' | 'polling' } = {},
): Promise<Peer> {
  const socket = io(`http://${host}:${port}`, {
    transports: [transport],
    forceNew: true,
    reconnection: false,
    path,
    extraHeaders: headers,
  })
  afterTest(() => socket.disconnect())
  await new Promise<void>((resolve, reject) => {
    socket.once('connect', resolve)
    socket.once('connect_error', reject)
  })
  return new Peer(socket)
}

export class Peer {
  constructor(readonly socket: Socket) {}

  /** Whatever the tracker answers; never, if it cuts the socket off. */
  ask(event: string, content?: unknown): Promise<unknown> {
    return this.socket.emitWithAck(event, content)
  }

  async join(swarmId: string, wants?: number): Promise<JoinReply> {
    return JoinReply.parse(await this.ask('join', { swarmId, wants }))
  }

  async more(swarmId: string, wants?: number): Promise<MoreReply> {
    return MoreReply.parse(await this.ask('more', { swarmId, wants }))
  }

  /** Ask for it before what causes it. */
  next(event: 'signal' | 'lab' | 'code' | 'disconnect'): Promise<unknown> {
    return new Promise((resolve) => this.socket.once(event, resolve))
  }
}

/** A different, well-formed swarm id for each number. */
export const swarmId = (number: number) => String(number).padStart(22, 's')

// The servers of others that bench/cluster.ts compares with ours, each in a process of its own:
// bittorrent-tracker, which keeps its swarms in memory, and a bare socket.io whose Redis adapter lets several act as
// one. Tells the process that forked it its port.
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { pathToFileURL } from 'node:url'
import { Server } from 'socket.io'
import { redisAsker } from '../apps/tracker/src/testing/redis-server'
import { rivalPath } from './rivals'

export type Rival = 'bittorrent' | 'adapter'

type Acknowledge = (answer: object) => void
type Said = { swarmId: string; to: string }

/** A swarm is a room; who joins is told its own id and nobody else's; a signal goes to the socket that it names. */
async function startAdapter(redisUrl: string): Promise<number> {
  const entry = pathToFileURL(`${rivalPath('@socket.io/redis-adapter')}/dist/index.js`).href
  const { createAdapter } = ((await import(entry)) as { default: { createAdapter: (...ends: unknown[]) => never } })
    .default
  const http = createServer()
  const adapter = createAdapter(redisAsker(redisUrl), redisAsker(redisUrl))
  const io = new Server(http, { transports: ['websocket'], serveClient: false, adapter })
  io.on('connection', (socket) => {
    socket.on('join', async ({ swarmId }: Said, acknowledge: Acknowledge) => {
      await socket.join(swarmId)
      acknowledge({ id: socket.id })
    })
    socket.on('leave', async ({ swarmId }: Said, acknowledge: Acknowledge) => {
      await socket.leave(swarmId)
      acknowledge({})
    })
    socket.on('signal', (signal: Said, acknowledge: Acknowledge) => {
      io.to(signal.to).emit('signal', signal)
      acknowledge({})
    })
  })
  await new Promise<void>((listening) => http.listen(0, '127.0.0.1', listening))
  return (http.address() as AddressInfo).port
}

async function startBittorrent(): Promise<number> {
  const entry = pathToFileURL(`${rivalPath('bittorrent-tracker')}/server.js`).href
  const { default: Tracker } = (await import(entry)) as {
    default: new (
      options: object,
    ) => {
      http: ReturnType<typeof createServer>
      listen(port: number, host: string, listening: () => void): void
    }
  }
  const tracker = new Tracker({ udp: false, http: true, ws: true, stats: false })
  await new Promise<void>((listening) => tracker.listen(0, '127.0.0.1', listening))
  return (tracker.http.address() as AddressInfo).port
}

const redisUrl = process.argv[3] ?? ''
const port = await ((process.argv[2] as Rival) === 'bittorrent' ? startBittorrent() : startAdapter(redisUrl))
process.once('disconnect', () => process.exit())
process.send?.(port)

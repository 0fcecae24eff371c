// The two servers that bench/tracker.ts compares, each in a process of its own. Tells the process that forked it its
// port, and then, as often as it is asked, how many seconds of processor it has used.
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Server } from 'socket.io'
import type { Limits } from '../apps/tracker/src/limits'
import { startTracker } from '../apps/tracker/src/server'

export type Kind = 'bare' | 'ours'

/** All that is limited is counted, and nothing refused: one address does here what thousands would. */
const AMPLE = { capacity: 1e12, perSecond: 1e9 }
const limits: Partial<Limits> = {
  socket: AMPLE,
  address: AMPLE,
  signalsToOne: AMPLE,
  signalsFromAll: AMPLE,
  connectionsPerAddress: 10_000,
}

/** Acknowledges, and does nothing else. */
async function startBare(): Promise<number> {
  const http = createServer()
  const io = new Server(http, { transports: ['websocket'], serveClient: false })
  io.on('connection', (socket) => {
    for (const event of ['join', 'leave'])
      socket.on(event, (_message: unknown, acknowledge: () => void) => acknowledge())
  })
  await new Promise<void>((listening) => http.listen(0, '127.0.0.1', listening))
  return (http.address() as AddressInfo).port
}

async function startOurs(redisUrl: string | undefined): Promise<number> {
  const patience = { pingIntervalMs: 20_000, pingTimeoutMs: 60_000 }
  return (await startTracker({ webRoot: 'no-such-folder', limits, redisUrl, ...patience })).port
}

const port = await ((process.argv[2] as Kind) === 'bare' ? startBare() : startOurs(process.argv[3] || undefined))
process.on('message', () => {
  const { user, system } = process.cpuUsage()
  process.send?.((user + system) / 1e6)
})
process.once('disconnect', () => process.exit())
process.send?.(port)

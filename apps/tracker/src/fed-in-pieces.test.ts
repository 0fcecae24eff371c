// Node's own HTTP behind it, over real sockets.
import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import { type AddressInfo, connect, createServer as createTcpServer, type Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { feedInPieces, type StopFeeding } from './fed-in-pieces'
import { afterTest, closeAll } from './testing/cleanup'

afterEach(closeAll)

const SHORTEST = 'GET / HTTP/1.1\r\nHost:t\r\n\r\n'

/** A server that is fed in pieces, and a client that has said `text` at one stroke. */
async function said(text: string, listen: (http: Server, stopOf: (tcp: Duplex) => StopFeeding) => void) {
  const http = createServer()
  const stops = new Map<Duplex, StopFeeding>()
  http.on('connection', (tcp) => stops.set(tcp, feedInPieces(tcp)))
  listen(http, (tcp) => stops.get(tcp) as StopFeeding)
  http.listen(0, '127.0.0.1')
  afterTest(() => new Promise((closed) => http.close(closed)))
  await once(http, 'listening')
  const client = connect((http.address() as AddressInfo).port, '127.0.0.1')
  client.on('error', () => client.destroy())
  afterTest(() => client.destroy())
  client.write(text)
  return client
}

describe('a connection that is fed in pieces', () => {
  it('makes no more requests of what came at one stroke once it was ended', async () => {
    let heard = 0
    const client = await said(SHORTEST.repeat(2_000), (http) =>
      http.on('request', ({ socket }) => {
        heard++
        socket.destroy()
      }),
    )
    if (!client.destroyed) await once(client, 'close')
    await new Promise(setImmediate)
    expect(heard).toBeGreaterThan(0)
    expect(heard).toBeLessThan(50)
  })

  it('waits where anyone who listens pauses it, and goes on in order', async () => {
    const text = Array.from({ length: 5_000 }, (_, i) => `${i};`).join('')
    const pieces: string[] = []
    let tcp: Socket | undefined
    const server = createTcpServer((socket) => {
      tcp = socket
      socket.on('data', (bytes) => {
        pieces.push(bytes.toString())
        socket.pause()
      })
      feedInPieces(socket)
    }).listen(0, '127.0.0.1')
    afterTest(() => server.close())
    await once(server, 'listening')
    const client = connect((server.address() as AddressInfo).port, '127.0.0.1')
    afterTest(() => client.destroy())
    client.write(text)
    for (let count = 1; pieces.join('').length < text.length; count++) {
      await vi.waitFor(() => expect(pieces.length).toBe(count), { interval: 1 })
      expect(tcp?.isPaused()).toBe(true)
      tcp?.resume()
    }
    expect(pieces.join('')).toBe(text)
    expect(pieces.length).toBeGreaterThan(20)
  })

  it('loses nothing of what came after an upgrade, in the same piece or in the next ones', async () => {
    const tail = Array.from({ length: 1_000 }, (_, i) => `${i};`).join('')
    let received = ''
    const upgrade = 'GET / HTTP/1.1\r\nHost: t\r\nConnection: Upgrade\r\nUpgrade: x\r\n\r\n'
    const client = await said(upgrade + tail, (http, stopOf) =>
      http.on('upgrade', (_request, tcp: Duplex, head: Buffer) => {
        received += Buffer.concat([head, stopOf(tcp)()]).toString()
        afterTest(() => tcp.destroy())
        tcp.on('data', (bytes) => (received += bytes))
      }),
    )
    await vi.waitFor(() => expect(received).toBe(tail))
    client.write('more')
    await vi.waitFor(() => expect(received).toBe(`${tail}more`))
  })
})

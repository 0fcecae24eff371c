// A line over real sockets, held to the contract of all lines, and made to hang.

import { request as ask, createServer as createHttpServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createServer, type Socket } from 'node:net'
import { Server } from 'socket.io'
import { afterEach, describe, expect, it } from 'vitest'
import { lineChecks, type MakeLine, type Until } from '../testing/port-contracts'
import { VirtualTime } from '../testing/virtual-time'
import { SocketLine } from './socket-line'

const until: Until = async (isSo) => {
  for (let i = 0; i < 2_000 && !isSo(); i++) await new Promise((resolve) => setTimeout(resolve, 5))
  if (!isSo()) throw new Error('it was not so within 10 s')
}

const closers: (() => unknown)[] = []
afterEach(async () => {
  for (const close of closers.splice(0)) await close()
})

/** A server that answers as told, and its address. */
async function serve(answer: (event: string, request: unknown) => unknown) {
  const server = new Server({ serveClient: false })
  server.on('connection', (socket) =>
    socket.onAny((event: string, request: unknown, reply: unknown) => {
      const given = answer(event, request)
      if (typeof reply === 'function' && given !== undefined) reply(given)
    }),
  )
  const http = createHttpServer()
  server.attach(http)
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve))
  closers.push(() => server.close())
  return { server, url: `http://127.0.0.1:${(http.address() as AddressInfo).port}` }
}

/** A proxy in front of a tracker, which passes requests on, and does this with those who ask for a WebSocket. */
async function inFrontOf(url: string, withUpgrade: (tcp: Socket) => void): Promise<string> {
  const proxy = createHttpServer((incoming, outgoing) => {
    const { method, headers, url: path = '' } = incoming
    const onward = ask(new URL(path, url), { method, headers }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers)
      answer.pipe(outgoing)
    })
    onward.on('error', () => outgoing.destroy())
    outgoing.on('close', () => onward.destroy())
    incoming.pipe(onward)
  })
  proxy.on('upgrade', (_request, tcp: Socket) => withUpgrade(tcp))
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve))
  closers.push(() => {
    proxy.closeAllConnections()
    proxy.close()
  })
  return `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`
}

const refuse = (tcp: Socket) => tcp.end('HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n')

const makeTo =
  (way: (url: string) => string | Promise<string>): MakeLine =>
  async (answer) => {
    const { server, url } = await serve(answer)
    const time = new VirtualTime()
    const address = await way(url)
    const line = new SocketLine(address, time)
    closers.unshift(() => line.close())
    return {
      line,
      answer,
      say: (event, payload) => void server.emit(event, payload),
      breakAll: () => server.disconnectSockets(true),
      // As long as another takes to come and to be answered.
      aWhile: async () => {
        const other = new SocketLine(address, new VirtualTime())
        closers.unshift(() => other.close())
        other.open({ up: () => {}, lost: () => {}, heard: () => {} })
        await until(() => other.isUp)
        await other.ask('any', {})
      },
      // What the line itself waits for comes as soon as somebody waits for it.
      until: (isSo) => {
        time.pass(2_000)
        return until(isSo)
      },
    }
  }

const make = makeTo((url) => url)
const makePolling = makeTo((url) => inFrontOf(url, refuse))

describe('a line over socket.io', () => {
  it.each(lineChecks)('$name', async ({ run }) => {
    await expect(run(make)).resolves.toBeUndefined()
  })

  it.each(lineChecks)('by polls, $name', async ({ run }) => {
    await expect(run(makePolling)).resolves.toBeUndefined()
  })

  it('gives up an attempt that hangs, and says so: swarms and rooms alike', async () => {
    // It accepts connections, and answers nothing.
    const mute = createServer(() => {})
    await new Promise<void>((resolve) => mute.listen(0, '127.0.0.1', resolve))
    const url = `http://127.0.0.1:${(mute.address() as AddressInfo).port}`
    const line = new SocketLine(url, new VirtualTime(), { connectTimeoutMs: 100 })
    closers.push(
      () => line.close(),
      () => mute.close(),
    )
    let lost = 0
    line.open({ up: () => {}, lost: () => lost++, heard: () => {} })
    await until(() => lost > 0)
    expect(line.isUp).toBe(false)
  })

  it.each([
    ['refuses', refuse],
    ['ends', (tcp: Socket) => tcp.destroy()],
    ['holds', () => {}],
  ])('stands by polls where something on the way %s WebSockets', async (_what, withUpgrade) => {
    const { server, url } = await serve((_event, request) => request)
    const line = new SocketLine(await inFrontOf(url, withUpgrade), new VirtualTime(), { connectTimeoutMs: 300 })
    closers.unshift(() => line.close())
    const heard: string[] = []
    line.open({ up: () => heard.push('up'), lost: () => {}, heard: (event) => heard.push(event) })
    await until(() => line.isUp)
    expect(await line.ask('any', { text: 'x'.repeat(10_000) })).toEqual({ text: 'x'.repeat(10_000) })
    server.emit('said')
    await until(() => heard.length === 2)
    expect(heard).toEqual(['up', 'said'])
    expect([...server.sockets.sockets.values()].map(({ conn }) => conn.transport.name)).toEqual(['polling'])
  })

  it('that has stood by a WebSocket is back by one', async () => {
    const { server, url } = await serve(() => ({}))
    const transports: string[] = []
    server.on('connection', ({ conn }) => transports.push(conn.transport.name))
    const line = new SocketLine(url, new VirtualTime())
    closers.unshift(() => line.close())
    line.open({ up: () => {}, lost: () => {}, heard: () => {} })
    await until(() => transports.length === 1)
    line.renew()
    await until(() => transports.length === 2)
    expect(transports).toEqual(['websocket', 'websocket'])
  })

  it('that was begun ahead is up for the one who opens it', async () => {
    const { line } = await make(() => ({}))
    const early = line as SocketLine
    early.connect()
    await until(() => early.isUp)
    let ups = 0
    early.open({ up: () => ups++, lost: () => {}, heard: () => {} })
    expect(ups).toBe(1)
  })

  it('that was begun ahead greets once, at whatever moment of its beginning it is opened', async () => {
    const { server, url } = await serve(() => ({}))
    let greetings = 0
    server.on('connection', () => greetings++)
    const LINES = 40
    for (let i = 0; i < LINES; i++) {
      const line = new SocketLine(url, new VirtualTime())
      line.connect()
      await new Promise((resolve) => setTimeout(resolve, i / 4))
      let ups = 0
      line.open({ up: () => ups++, lost: () => {}, heard: () => {} })
      await until(() => ups === 1)
      expect(await line.ask('any', {})).toEqual({})
      line.close()
    }
    expect(greetings).toBe(LINES)
  })
})

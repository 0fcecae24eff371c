// What people and accidents do to a tracker, one part for each kind; more can be put next to them. Knows nothing of
// what is measured.
import { once } from 'node:events'
import { Agent, get } from 'node:http'
import { connect } from 'node:net'
import { text } from 'node:stream/consumers'
import {
  CodeKnockReply,
  CodeOpenReply,
  JoinReply,
  LabHostReply,
  LabJoinReply,
  pieceCost,
} from '@swarmdrop/core/signaling'
import { io, type Socket } from 'socket.io-client'

export type SoakTools = {
  port: number
  random: () => number
  /** A number from 0 to below `end`. */
  draw: (end: number) => number
}

/**
 * A part of the load. A turn does something whole and leaves nothing behind. Rejects where the tracker does not do as
 * it should.
 */
export type SoakPart = { name: string; turn(tools: SoakTools): Promise<void> }

/** Each turn comes from one of so many addresses. */
const ADDRESSES = 200
const SWARMS = 20
const KEPT_ROOMS = 6

const addressOf = ({ draw }: SoakTools) => `198.51.${Math.floor(draw(ADDRESSES) / 100)}.${draw(100)}`

async function openSocket({ port }: SoakTools, address: string): Promise<Socket> {
  const socket = io(`http://127.0.0.1:${port}`, {
    transports: ['websocket'],
    forceNew: true,
    reconnection: false,
    extraHeaders: { 'x-forwarded-for': address },
  })
  await new Promise<void>((resolve, reject) => {
    socket.once('connect', resolve)
    socket.once('connect_error', reject)
  })
  return socket
}

const openSockets = (tools: SoakTools, count: number) => {
  const address = addressOf(tools)
  return Promise.all(Array.from({ length: count }, () => openSocket(tools, address)))
}

const swarm = (number: number) => `soak${number}`.padEnd(22, 's')

export const joins: SoakPart = {
  name: 'joins and leaves',
  async turn(tools) {
    const sockets = await openSockets(tools, 4)
    for (const socket of sockets) {
      const swarmId = swarm(tools.draw(SWARMS))
      JoinReply.parse(await socket.emitWithAck('join', { swarmId }))
      await socket.emitWithAck('more', { swarmId })
      if (tools.random() < 0.5) await socket.emitWithAck('leave', { swarmId })
    }
    for (const socket of sockets) socket.disconnect()
  },
}

export const signals: SoakPart = {
  name: 'signals',
  async turn(tools) {
    const swarmId = swarm(SWARMS + tools.draw(1_000_000))
    const [one, other] = (await openSockets(tools, 2)) as [Socket, Socket]
    const { id } = JoinReply.parse(await one.emitWithAck('join', { swarmId }))
    await other.emitWithAck('join', { swarmId })
    for (let i = 0; i < 10; i++) {
      const heard = new Promise((resolve) => one.once('signal', resolve))
      const sealed = 'x'.repeat(1 + tools.draw(8_000))
      const reply = (await other.emitWithAck('signal', { swarmId, to: id, sealed })) as object
      if ('refused' in reply) throw new Error(`A signal was refused: ${JSON.stringify(reply)}`)
      await heard
    }
    for (const socket of [one, other]) socket.disconnect()
  },
}

/** Two that reach each other through the server alone; some go away in the middle of it. */
export const relayed: SoakPart = {
  name: 'relayed pairs',
  async turn(tools) {
    const swarmId = swarm(SWARMS + tools.draw(1_000_000))
    const pair = `${tools.draw(1e9)}`.padStart(22, 'p')
    const [one, other] = (await openSockets(tools, 2)) as [Socket, Socket]
    const ids: string[] = []
    for (const socket of [one, other]) ids.push(JoinReply.parse(await socket.emitWithAck('join', { swarmId })).id)
    const opened = new Promise((resolve) => one.once('relay-opened', resolve))
    for (const [at, socket] of [one, other].entries()) {
      const reply: unknown = await socket.emitWithAck('relay-open', { swarmId, to: ids[1 - at], pair })
      // So many go on at once that there may be no place; that is an answer, too.
      if (JSON.stringify(reply) !== '{}') return void [one, other].map((left) => left.disconnect())
    }
    await opened
    const pieces = 1 + tools.draw(8)
    const heard = new Promise<void>((resolve) => {
      let left = pieces
      other.on('relay', ({ sealed }: { sealed: string }) => {
        other.emit('relay-read', { pair, cost: pieceCost(sealed.length) })
        if (--left === 0) resolve()
      })
    })
    for (let i = 0; i < pieces; i++) one.emit('relay', { pair, sealed: 'x'.repeat(1 + tools.draw(8_000)) })
    if (tools.random() < 0.7) await heard
    if (tools.random() < 0.5) one.emit('relay-stop', { pair })
    for (const socket of [one, other]) socket.disconnect()
  },
}

/** Lines that break at every stage. */
export const resets: SoakPart = {
  name: 'resets',
  async turn({ port, draw }) {
    const upgrade =
      'GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: t\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n' +
      'Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: MDEyMzQ1Njc4OWFiY2RlZg==\r\n\r\n'
    const said = [
      '',
      upgrade.slice(0, draw(upgrade.length)),
      upgrade,
      `${upgrade}\x81\x82\0\0\0\x0040`,
      'nonsense\r\n\r\n',
    ]
    const tcp = connect(port, '127.0.0.1')
    tcp.on('error', () => tcp.destroy())
    await once(tcp, 'connect')
    tcp.write(said[draw(said.length)] ?? '', 'latin1')
    if (draw(2) === 0)
      await Promise.race([once(tcp, 'data'), once(tcp, 'close'), new Promise((go) => setTimeout(go, 20))])
    if (draw(2) === 0) tcp.resetAndDestroy()
    else tcp.destroy()
    // Connections are taken in order: when this one is answered, the tracker has seen the other. Without waiting for
    // it, a busy machine would have more of them queued than the system keeps, and others would wait for seconds.
    await fetch(`http://127.0.0.1:${port}/healthz`, { headers: { connection: 'close' } }).then((one) => one.text())
  },
}

/** Classes whose teachers come back to the same rooms. */
export function rooms(): SoakPart {
  const kept: { code: string; token: string }[] = []
  return {
    name: 'rooms',
    async turn(tools) {
      const [host, ...students] = (await openSockets(tools, 4)) as [Socket, ...Socket[]]
      // Nobody else may have it meanwhile.
      const room = kept.length < KEPT_ROOMS ? undefined : kept.shift()
      const answer: unknown = room ? await host.emitWithAck('lab-host', room) : await host.emitWithAck('lab-create', {})
      const { code, token } = LabHostReply.parse(answer)
      for (const [i, student] of students.entries())
        LabJoinReply.parse(await student.emitWithAck('lab-join', { code, name: `Student ${i}` }))
      await host.emitWithAck('lab-send', { to: 'all', body: 'x'.repeat(1 + tools.draw(20_000)) })
      for (const student of students) await student.emitWithAck('lab-send', { body: 'x'.repeat(1 + tools.draw(6_000)) })
      const stranger = await openSocket(tools, addressOf(tools))
      await stranger.emitWithAck('lab-join', { code: 'AAAAAA', name: 'Stranger' })
      for (const socket of [stranger, host, ...students]) socket.disconnect()
      kept.push({ code, token })
    },
  }
}

/** A mailbox and a visitor; one of them goes in the middle of it. */
export const codes: SoakPart = {
  name: 'codes',
  async turn(tools) {
    const [owner, visitor] = (await openSockets(tools, 2)) as [Socket, Socket]
    const token = String(tools.draw(1_000_000)).padStart(22, 't')
    const { nameplate } = CodeOpenReply.parse(await owner.emitWithAck('code-open', { token }))
    const body = 'x'.repeat(1 + tools.draw(2_000))
    const knocked = new Promise((resolve) => owner.once('code', resolve))
    const { exchange } = CodeKnockReply.parse(await visitor.emitWithAck('code-knock', { nameplate, body }))
    await knocked
    for (const one of [owner, visitor]) if (tools.random() < 0.5) await one.emitWithAck('code-say', { exchange, body })
    for (const one of tools.random() < 0.5 ? [owner, visitor] : [visitor, owner]) one.disconnect()
  },
}

export const pages: SoakPart = {
  name: 'page requests',
  async turn(tools) {
    const agent = new Agent({ keepAlive: true })
    const ask = (path: string) =>
      new Promise<string>((resolve, reject) => {
        const headers = { 'accept-encoding': ['br', 'gzip', ''][tools.draw(3)], 'x-forwarded-for': addressOf(tools) }
        const request = get({ port: tools.port, host: '127.0.0.1', path, agent, headers }, (response) => {
          // Some go away in the middle of it.
          if (tools.draw(8) > 0) return resolve(text(response))
          response.destroy()
          resolve('')
        })
        request.once('error', reject)
      })
    const html = await ask('/')
    for (const [, path = ''] of html.matchAll(/src="(\/[^"]+)"/g)) await ask(path)
    await ask(`/nothing-${tools.draw(1_000_000)}`)
    await ask('/healthz')
    agent.destroy()
  },
}

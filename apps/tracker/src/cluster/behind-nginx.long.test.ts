// Three nodes behind the nginx that deploy/nginx.conf describes: people are spread over them, and a node after the
// other is restarted.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { type RequestOptions, request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { JoinReply, MoreReply } from '@swarmdrop/core/signaling'
import { io, type Socket } from 'socket.io-client'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { afterTest, closeAll } from '../testing/cleanup'
import { hasNginx, NginxServer, NO_NGINX } from '../testing/nginx-server'
import { openTracker, swarmId } from '../testing/peers'
import { hasRedis, NO_REDIS, RedisServer } from '../testing/redis-server'
import type { Tracker } from '../tracker'

afterEach(closeAll)

const deploy = (file: string) => fileURLToPath(new URL(`../../../../deploy/${file}`, import.meta.url))
const PEOPLE = 200
const AWAY_AT_MOST_MS = 3_000

/** One who comes back by itself, as the page does, and joins again; `awayMs`: the longest without introductions. */
function openPerson(port: number) {
  const socket: Socket = io(`http://127.0.0.1:${port}`, {
    transports: ['websocket'],
    forceNew: true,
    reconnectionDelay: 500,
    reconnectionDelayMax: 4_000,
  })
  afterTest(() => socket.disconnect())
  const person = { socket, awayMs: 0, joins: 0 }
  let lostAtMs: number | undefined
  socket.on('connect', async () => {
    JoinReply.parse(await socket.emitWithAck('join', { swarmId: swarmId(1) }))
    person.joins += 1
    if (lostAtMs !== undefined) person.awayMs = Math.max(person.awayMs, performance.now() - lostAtMs)
  })
  socket.on('disconnect', () => {
    lostAtMs = performance.now()
  })
  return person
}

const openPage = () => {
  const webRoot = mkdtempSync(join(tmpdir(), 'swarmdrop-'))
  afterTest(() => rmSync(webRoot, { recursive: true }))
  writeFileSync(join(webRoot, 'index.html'), '<html></html>')
  return webRoot
}

/** One request as anybody may send it; nothing is expected of it. */
const provoke = (port: number, path: string, options: RequestOptions, body = '') =>
  new Promise<void>((resolve) => {
    const asked = request({ host: '127.0.0.1', port, path, ...options }, (answer) => answer.resume())
    for (const event of ['close', 'error', 'upgrade'] as const) asked.once(event, () => resolve())
    asked.end(body)
  })

describe('three nodes behind nginx', () => {
  it('are set aside by nobody’s requests, and not for want of Redis', async ({ skip }) => {
    if (!hasNginx) skip(NO_NGINX)
    if (!hasRedis) skip(NO_REDIS)
    const redis = await RedisServer.open()
    const limits = { requestsPerAddress: 2 }
    const options = { redisUrl: redis.url, trustedProxies: 1, webRoot: openPage(), limits }
    const nodes: Tracker[] = []
    while (nodes.length < 3) nodes.push(await openTracker(options))
    const { port } = await NginxServer.open(nodes.map((node) => node.port))
    const expectPages = async (why: string) => {
      for (let i = 0; i < 4; i++) expect((await fetch(`http://127.0.0.1:${port}/`)).status, why).toBe(200)
    }
    await expectPages('at rest')
    const upgrade = { headers: { Connection: 'Upgrade', Upgrade: 'x' } }
    for (let i = 0; i < 3; i++) await provoke(port, '/', upgrade)
    await expectPages('after upgrades of a page')
    const foreign = `/socket.io/?EIO=4&transport=polling&sid=${'A'.repeat(24)}`
    for (let i = 0; i < 3; i++) await provoke(port, foreign, { method: 'POST' }, 'x'.repeat(200_000))
    await expectPages('after polls of a node that is none')
    await Promise.all(Array.from({ length: 60 }, () => provoke(port, '/', {})))
    await expectPages('after many at once')
    await redis.kill()
    await vi.waitFor(async () => expect((await fetch(`http://127.0.0.1:${port}/readyz`)).status).toBe(503), 10_000)
    for (let i = 0; i < 4; i++) await provoke(port, '/readyz', {})
    await expectPages('without Redis')
  })

  it('are restarted one after the other: nobody is without introductions for more than three seconds', async ({
    skip,
  }) => {
    if (!hasNginx) skip(NO_NGINX)
    if (!hasRedis) skip(NO_REDIS)
    const redis = await RedisServer.open()
    const options = { redisUrl: redis.url, trustedProxies: 1, webRoot: openPage() }
    const nodes: Tracker[] = []
    while (nodes.length < 3) nodes.push(await openTracker(options))
    const { port } = await NginxServer.open(nodes.map((node) => node.port))
    const people = Array.from({ length: PEOPLE }, () => openPerson(port))
    await vi.waitFor(() => expect(people.every(({ joins }) => joins === 1)).toBe(true), 10_000)
    for (const node of nodes) expect(node.counts.sockets).toBeGreaterThan(PEOPLE / 6)

    for (const [number, node] of nodes.entries()) {
      await node.drain(1_000)
      await node.close()
      nodes[number] = await openTracker({ ...options, port: node.port })
      await vi.waitFor(() => expect(people.every(({ socket }) => socket.connected)).toBe(true), 10_000)
    }
    // A question on a line that is lost meanwhile has no answer.
    const sizeSeen = async () => {
      const reply: unknown = await people[0]?.socket.timeout(500).emitWithAck('more', { swarmId: swarmId(1) })
      return MoreReply.parse(reply).size
    }
    await vi.waitFor(async () => expect(await sizeSeen()).toBe(PEOPLE), 10_000)
    expect(people.every(({ joins, socket }) => joins > 1 && socket.connected)).toBe(true)
    expect(Math.max(...people.map(({ awayMs }) => awayMs))).toBeLessThan(AWAY_AT_MOST_MS)
  }, 60_000)
})

describe('one node behind nginx', () => {
  it.skipIf(!hasNginx).each([
    ['on a host of its own', '/'],
    ['below a path', '/drop/'],
  ])('serves pages, polls and WebSockets, and sends away what another app shares (%s)', async (_where, path) => {
    const node = await openTracker({ trustedProxies: 1, webRoot: openPage(), basePath: path.slice(0, -1) })
    const { port } = await NginxServer.openOne(node.port, path)
    const home = `http://127.0.0.1:${port}${path}`
    expect((await fetch(home)).status).toBe(200)
    const shared = await fetch(`${home}share`, { method: 'POST', body: 'a file', redirect: 'manual' })
    expect([shared.status, shared.headers.get('location')]).toEqual([303, `${home}?shared`])
    for (const transport of ['polling', 'websocket']) {
      const socket = io(`http://127.0.0.1:${port}`, {
        path: `${path}socket.io/`,
        transports: [transport],
        forceNew: true,
      })
      afterTest(() => socket.disconnect())
      JoinReply.parse(await socket.timeout(5_000).emitWithAck('join', { swarmId: swarmId(1) }))
    }
    expect(node.counts.sockets).toBe(2)
  })
})

describe('what deploy/ holds', () => {
  it('is a Caddyfile that Caddy takes', ({ skip }) => {
    if (!existsSync('/usr/bin/caddy')) skip('There is no Caddy here.')
    const env = { PATH: process.env.PATH, HOME: tmpdir(), DOMAIN: 'drop.example.org' }
    const said = spawnSync('/usr/bin/caddy', ['validate', '--adapter', 'caddyfile', '--config', deploy('Caddyfile')], {
      env,
    })
    // It looks for the trackers meanwhile, and says that they are not there.
    expect(said.status, String(said.stderr)).toBe(0)
  })

  it('is a unit that systemd takes', ({ skip }) => {
    if (!existsSync('/usr/bin/systemd-analyze')) skip('There is no systemd here.')
    const said = spawnSync('/usr/bin/systemd-analyze', ['verify', deploy('swarmdrop@.service')], { encoding: 'utf8' })
    const complaints = said.stderr
      .split('\n')
      .filter((line) => line.includes('swarmdrop@') && !line.includes('not executable'))
    expect(complaints).toEqual([])
  })
})

// What an operator sees of a tracker, over real HTTP: whether to send people to it, what it counts, and how it ends.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { afterTest, closeAll } from '../testing/cleanup'
import { openPeer, openTracker, swarmId } from '../testing/peers'

afterEach(closeAll)

const swarm = swarmId(1)
const ask = (port: number | undefined, path: string, headers = {}) =>
  fetch(`http://127.0.0.1:${port}${path}`, { headers })

function builtPage(): string {
  const webRoot = mkdtempSync(join(tmpdir(), 'swarmdrop-'))
  afterTest(() => rmSync(webRoot, { recursive: true }))
  writeFileSync(join(webRoot, 'index.html'), '<html></html>')
  return webRoot
}

async function metricsOf(port: number | undefined): Promise<Map<string, number>> {
  const lines = (await (await ask(port, '/metrics')).text()).split('\n').filter((line) => /^\w/.test(line))
  return new Map(lines.map((line) => [line.replace(/ \S+$/, ''), Number(line.replace(/^.* /, ''))]))
}

describe('whether somebody is to be sent here', () => {
  it('is no while the page is not built, though the tracker is alive', async () => {
    const { port } = await openTracker()
    const response = await ask(port, '/readyz')
    expect([response.status, await response.json()]).toEqual([
      503,
      { status: 'not ready', page: false, redis: 'none', draining: false },
    ])
    expect((await ask(port, '/healthz')).status).toBe(200)
  })

  it('is yes when it is, also for an address that has asked for too much', async () => {
    const { port } = await openTracker({
      webRoot: builtPage(),
      limits: { requests: { capacity: 1, perSecond: 0.001 } },
    })
    await ask(port, '/')
    expect((await ask(port, '/')).status).toBe(429)
    const response = await ask(port, '/readyz?exclude=redis')
    expect([response.status, response.headers.get('cache-control')]).toEqual([200, 'no-store'])
  })
})

describe('a tracker that is to end', () => {
  it('is not ready first, takes nobody any more, and sends everybody away, not all at once', async () => {
    const tracker = await openTracker({ webRoot: builtPage() })
    const polling = await openPeer(tracker, {}, { transport: 'polling' })
    const peers = [polling, ...(await Promise.all(Array.from({ length: 9 }, () => openPeer(tracker))))]
    const gone = peers.map((peer) => peer.next('disconnect'))
    const drained = tracker.drain(500)
    expect((await ask(tracker.port, '/readyz?exclude=redis')).status).toBe(503)
    expect(tracker.counts.sockets).toBeGreaterThan(2)
    await vi.waitFor(() => expect(openPeer(tracker)).rejects.toThrow('websocket error'))
    await expect(openPeer(tracker, {}, { transport: 'polling' })).rejects.toThrow('xhr poll error')
    await drained
    expect(new Set(await Promise.all(gone))).toEqual(new Set(['transport close']))
    await vi.waitFor(() => expect(tracker.counts.sockets).toBe(0))
  })
})

describe('the metrics', () => {
  it('count what is held, done and refused, and name nobody', async () => {
    const tracker = await openTracker({ metricsPort: 0 })
    const [a, b] = [await openPeer(tracker), await openPeer(tracker)]
    const { id } = await a.join(swarm)
    await b.join(swarm)
    await b.ask('signal', { swarmId: swarm, to: id, sealed: 'c2VhbGVk' })
    await b.ask('signal', { swarmId: swarm, to: 'x'.repeat(22), sealed: 'c2VhbGVk' })
    await b.ask('lab-create', {})
    await b.ask('join', 'nonsense')
    const metrics = await metricsOf(tracker.metricsPort)
    const wanted = {
      connections: 2,
      sockets: 2,
      swarms: 1,
      members: 2,
      rooms: 1,
      joins_total: 2,
      signals_total: 1,
      relay_bytes_total: 0,
      'refusals_total{code="unknown-peer"}': 1,
      'refusals_total{code="invalid"}': 1,
      'refusals_total{code="rate-limited"}': 0,
    }
    expect(Object.fromEntries(Object.keys(wanted).map((name) => [name, metrics.get(`swarmdrop_${name}`)]))).toEqual(
      wanted,
    )
    expect(metrics.get('swarmdrop_event_loop_delay_seconds{quantile="0.99"}')).toBeGreaterThanOrEqual(0)
    expect(metrics.has('swarmdrop_redis_up')).toBe(false)
    expect([...metrics.keys()].join('\n')).not.toMatch(new RegExp(`${swarm}|${id}|127\\.0\\.0\\.1`))
  })

  it('are on a port of their own, and nowhere unless they are wanted', async () => {
    const tracker = await openTracker({ metricsPort: 0 })
    expect((await ask(tracker.metricsPort, '/')).status).toBe(404)
    expect((await ask(tracker.port, '/metrics')).status).not.toBe(200)
    expect((await openTracker()).metricsPort).toBeUndefined()
  })
})

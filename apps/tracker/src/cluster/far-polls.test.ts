// Peers that poll through a proxy which sends each request to the next node.
import { request as ask, createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, it } from 'vitest'
import { afterTest, closeAll } from '../testing/cleanup'
import { openPeer, swarmId } from '../testing/peers'
import { hasRedis, NO_REDIS } from '../testing/redis-server'
import { openThreeNodes } from '../testing/three-nodes'

afterEach(closeAll)

/** `portOfNext`: of the node that gets the next request. */
async function openProxy(portOfNext: () => number): Promise<{ port: number }> {
  const proxy = createServer((incoming, outgoing) => {
    const { method, url, headers } = incoming
    const onward = ask(
      { port: portOfNext(), host: '127.0.0.1', path: url, method, headers, agent: false },
      (answer) => {
        outgoing.writeHead(answer.statusCode ?? 502, answer.headers)
        answer.pipe(outgoing)
      },
    )
    onward.on('error', () => outgoing.destroy())
    outgoing.on('close', () => onward.destroy())
    incoming.pipe(onward)
  })
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve))
  afterTest(() => {
    proxy.closeAllConnections()
    proxy.close()
  })
  return { port: (proxy.address() as AddressInfo).port }
}

it('sessions go on whichever node a poll comes to, and nobody speaks for one whose id it does not know', async ({
  skip,
}) => {
  if (!hasRedis) skip(NO_REDIS)
  const tracker = await openThreeNodes({ pingIntervalMs: 500 })
  const proxy = await openProxy(() => tracker.port)
  const [a, b] = await Promise.all([0, 1].map(() => openPeer(proxy, {}, { transport: 'polling' })))
  if (!a || !b) throw new Error('Two peers were wanted.')
  const { id } = await a.join(swarmId(1))
  expect((await b.join(swarmId(1))).peers).toEqual([id])
  const sealed = 'x'.repeat(2_000)
  for (let i = 0; i < 10; i++) {
    const heard = a.next('signal')
    expect(await b.ask('signal', { swarmId: swarmId(1), to: id, sealed })).toEqual({})
    expect(await heard).toMatchObject({ sealed })
  }
  const stranger = `${String(a.socket.io.engine.id).slice(0, 4)}${'x'.repeat(18)}`
  for (let node = 0; node < 3; node++) {
    const path = `/socket.io/?EIO=4&transport=polling&sid=${stranger}`
    const said = await fetch(`http://127.0.0.1:${proxy.port}${path}`, { method: 'POST', body: '4' })
    expect(said.status).toBe(400)
  }
  const gone = a.next('disconnect')
  expect([a.socket.connected, b.socket.connected]).toEqual([true, true])
  b.socket.disconnect()
  a.socket.disconnect()
  await gone
}, 30_000)

import { createSocket, type Socket } from 'node:dgram'
import { once } from 'node:events'
import { networkInterfaces } from 'node:os'
import { pino } from 'pino'
import { afterEach, describe, expect, it } from 'vitest'
import { defaultLimits } from './limits'
import { openStunServer, type StunServerOptions } from './stun-server'
import { afterTest, closeAll } from './testing/cleanup'
import { openPeer, openTracker, swarmId } from './testing/peers'
import { bindingRequest, mappedIn } from './testing/stun'

afterEach(closeAll)

const interfaces = Object.values(networkInterfaces()).flatMap((infos) => infos ?? [])
const hasIPv6 = interfaces.some(({ address }) => address === '::1')
const onNetwork = interfaces.find(({ family, internal }) => family === 'IPv4' && !internal)?.address

async function open(options: Partial<StunServerOptions> = {}) {
  const log = pino({ level: 'silent' })
  const server = await openStunServer({ port: 0, host: '::', limits: defaultLimits, log, now: () => 0, ...options })
  afterTest(() => server.close())
  return server
}

async function openClient(address = '127.0.0.1'): Promise<Socket> {
  const client = createSocket(address.includes(':') ? 'udp6' : 'udp4')
  client.bind(0, address)
  await once(client, 'listening')
  afterTest(() => client.close())
  return client
}

/** What comes back, and from where. A connected client is told of nothing that comes from elsewhere. */
async function ask(client: Socket, port: number, address: string, request = bindingRequest()) {
  const answered = once(client, 'message')
  client.send(request, port, address)
  const [answer, { address: from }] = (await answered) as [Buffer, { address: string }]
  return { mapped: mappedIn(answer), from }
}

describe('the STUN server', () => {
  it('tells anyone who asks the address that the question came from, over IPv4 and IPv6', async () => {
    const { port } = await open()
    const client = await openClient()
    expect(await ask(client, port, '127.0.0.1')).toEqual({
      mapped: `127.0.0.1:${client.address().port}`,
      from: '127.0.0.1',
    })
    if (!hasIPv6) return
    const sixth = await openClient('::1')
    expect(await ask(sixth, port, '::1')).toEqual({
      mapped: `[0:0:0:0:0:0:0:1]:${sixth.address().port}`,
      from: '::1',
    })
  })

  it('answers from the address that was asked, as no other is heard through a router', async ({ skip }) => {
    if (onNetwork === undefined) return skip('This machine is on no network.')
    const { port } = await open()
    expect((await ask(await openClient(), port, onNetwork)).from).toBe(onNetwork)
    expect((await ask(await openClient(onNetwork), port, '127.0.0.1')).from).toBe('127.0.0.1')
  })

  it.each(['0.0.0.0', '127.0.0.1'])('answers where it shall listen: %s', async (host) => {
    const { port } = await open({ host })
    expect((await ask(await openClient(), port, '127.0.0.1')).mapped).toMatch(/^127\.0\.0\.1:/)
  })

  it('answers an address so many times, then as often as its rate has it, and others all the same', async () => {
    let now = 0
    const limits = { ...defaultLimits, stun: { capacity: 3, perSecond: 1 } }
    const { port } = await open({ host: '0.0.0.0', limits, now: () => now })
    const client = await openClient()
    const heard: string[] = []
    client.on('message', (answer) => heard.push(mappedIn(answer)))
    for (let i = 0; i < 5; i++) client.send(bindingRequest(), port, '127.0.0.1')

    // Another address of this machine; its answer comes after all those of the first.
    const other = await openClient('127.0.0.9')
    await ask(other, port, '127.0.0.1')
    await ask(other, port, '127.0.0.1')
    expect(heard).toHaveLength(3)

    now = 1_000
    client.send(bindingRequest(), port, '127.0.0.1')
    client.send(bindingRequest(), port, '127.0.0.1')
    await ask(other, port, '127.0.0.1')
    expect(heard).toHaveLength(4)
  })

  it('remembers no more addresses than it may', async () => {
    const server = await open({ host: '0.0.0.0', limits: { ...defaultLimits, addresses: 2 } })
    for (const address of ['127.0.0.1', '127.0.0.2', '127.0.0.3', '127.0.0.4'])
      await ask(await openClient(address), server.port, '127.0.0.1')
    expect(server.remembered).toBe(2)
  })

  it('goes on after what is no request, and says nothing to it', async () => {
    const { port } = await open()
    const client = await openClient()
    const heard: Buffer[] = []
    client.on('message', (answer) => heard.push(answer))
    for (const text of ['', 'GET / HTTP/1.1\r\n\r\n', '\0'.repeat(20), 'x'.repeat(9_000)])
      client.send(text, port, '127.0.0.1')
    await ask(client, port, '127.0.0.1')
    expect(heard).toHaveLength(1)
  })

  it('says that its port is taken, also by another of its kind', async () => {
    const { port } = await open()
    await expect(open({ port })).rejects.toMatchObject({ code: 'EADDRINUSE' })
    await expect(open({ port, host: '127.0.0.1' })).rejects.toMatchObject({ code: 'EADDRINUSE' })
  })
})

describe('the tracker', () => {
  it('tells who joins the port of its STUN server', async () => {
    const tracker = await openTracker({ stunPort: 0 })
    const { stunPort = 0, iceServers } = await (await openPeer(tracker)).join(swarmId(1))
    expect(iceServers).toEqual([])
    expect((await ask(await openClient(), stunPort, '127.0.0.1')).mapped).toMatch(/^127\.0\.0\.1:/)
  })

  it('tells nobody of it where the operator names others, and has none by default', async () => {
    const stunUris = ['stun:stun.example.org']
    const others = await openTracker({ stunPort: 0, ice: { stunUris, turn: undefined } })
    const reply = await (await openPeer(others)).join(swarmId(1))
    expect(reply.iceServers).toEqual([{ urls: stunUris }])
    expect(reply.stunPort).toBeUndefined()
    const none = await openTracker()
    expect((await (await openPeer(none)).join(swarmId(1))).stunPort).toBeUndefined()
  })

  it('goes on without it where its port is taken, and has freed it when it has closed', async () => {
    const first = await openTracker({ stunPort: 0 })
    if (!first.stun || !('port' in first.stun)) throw new Error('no STUN server')
    const { port } = first.stun
    const second = await openTracker({ stunPort: port })
    expect(second.stun).toEqual({ failed: expect.objectContaining({ code: 'EADDRINUSE' }) })
    const reply = await (await openPeer(second)).join(swarmId(1))
    expect(reply).not.toHaveProperty('stunPort')
    await first.close()
    expect((await openTracker({ stunPort: port })).stun).toMatchObject({ port })
  })
})

import { get, type IncomingMessage } from 'node:http'
import { connect } from 'node:net'
import { networkInterfaces } from 'node:os'
import { json, text } from 'node:stream/consumers'
import { afterEach, describe, expect, it } from 'vitest'
import { lanAddresses } from './lan-addresses'
import { pagesForOthers } from './pages-for-others'
import { closeAll } from './testing/cleanup'
import { openTracker } from './testing/peers'

afterEach(closeAll)

const [onNetwork] = lanAddresses(networkInterfaces(), '0.0.0.0')
const publicUrl = 'https://drop.example.org'

type Asking = { host?: string; headers?: Record<string, string> }

/** Who asks at `host`, and what the answer holds. */
async function ask(port: number, { host = '127.0.0.1', headers = {} }: Asking = {}): Promise<unknown> {
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    get({ port, host, path: '/addresses', headers, agent: false }, resolve).on('error', reject)
  })
  expect(response.headers).toMatchObject({ 'cache-control': 'no-store', 'content-type': expect.stringMatching('json') })
  expect(response.headers).not.toHaveProperty('access-control-allow-origin')
  return json(response)
}

describe('where others can open the page', () => {
  it('is told to who asks from this machine: its addresses on its networks, with the port', async () => {
    const { port, addresses } = await openTracker({ host: '::' })
    expect(await ask(port)).toEqual({ addresses })
    expect(addresses).toEqual(lanAddresses(networkInterfaces(), '::').map((address) => `http://${address}:${port}`))
    expect(await ask(port, { headers: { host: `localhost:${port}` } })).toEqual({ addresses })
    expect(await ask(port, { headers: { host: `[::1]:${port}` } })).toEqual({ addresses })
  })

  it('is where the operator says', async () => {
    const { port } = await openTracker({ host: '::', publicUrl: `${publicUrl}/files/` })
    expect(await ask(port)).toEqual({ addresses: [publicUrl] })
  })

  it('is nowhere for a tracker that listens for this machine alone, or whose page is served from here', async () => {
    expect(await ask((await openTracker()).port)).toEqual({ addresses: [] })
    expect(pagesForOthers({ host: '::', port: 1, publicUrl: 'http://localhost:3000' }, networkInterfaces())).toEqual([])
  })

  it('is not told to another machine', async ({ skip }) => {
    if (onNetwork === undefined) return skip('This machine is on no network.')
    const { port } = await openTracker({ host: '::', publicUrl })
    // From this machine, but by its address on the network: as from any other.
    expect(await ask(port, { host: onNetwork })).toEqual({ addresses: [] })
    expect(await ask(port, { host: onNetwork, headers: { host: 'localhost' } })).toEqual({ addresses: [] })
  })

  it.each(['drop.example.org', 'localhost.example.org', '127.0.0.1.example.org', '192.168.1.5', 'a b'])(
    'is not told to a page of another name that leads here: %j',
    async (host) => {
      const { port } = await openTracker({ host: '::', publicUrl })
      expect(await ask(port, { headers: { host } })).toEqual({ addresses: [] })
    },
  )

  it('is not told to those for whom an nginx on this machine asks, which as it comes says nothing of them', async () => {
    const { port } = await openTracker({ host: '::', publicUrl })
    const socket = connect(port, '127.0.0.1')
    socket.write(`GET /addresses HTTP/1.0\r\nHost: 127.0.0.1:${port}\r\nConnection: close\r\n\r\n`)
    expect(await text(socket)).toMatch(/\r\n\r\n\{"addresses":\[\]\}$/)
  })

  it.each(['x-forwarded-for', 'X-Real-IP', 'Forwarded', 'Via'])(
    'is not told to those for whom a proxy on this machine asks (%s)',
    async (name) => {
      const { port } = await openTracker({ host: '::', publicUrl, trustedProxies: 1 })
      expect(await ask(port, { headers: { [name]: '127.0.0.1' } })).toEqual({ addresses: [] })
    },
  )
})

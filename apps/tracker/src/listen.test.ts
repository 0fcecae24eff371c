import { createServer, type Server } from 'node:net'
import { afterEach, expect, it } from 'vitest'
import { listen } from './listen'
import { afterTest, closeAll } from './testing/cleanup'

afterEach(closeAll)

function newServer(): Server {
  const server = createServer()
  afterTest(() => server.close())
  return server
}

/** A server on a machine that answers so to one who wants IPv6. */
function serverWithout(code: string): Server {
  const server = newServer()
  const really = server.listen.bind(server) as (port: number, host: string) => Server
  server.listen = ((port: number, host: string) => {
    if (!host.includes(':')) return really(port, host)
    process.nextTick(() => server.emit('error', Object.assign(new Error(code), { code })))
    return server
  }) as Server['listen']
  return server
}

it.each(['EAFNOSUPPORT', 'EADDRNOTAVAIL'])('listens on IPv4 alone where the machine has no IPv6 (%s)', async (code) => {
  const server = serverWithout(code)
  expect(await listen(server, 0, '::')).toBe('0.0.0.0')
  expect(server.address()).toMatchObject({ address: '0.0.0.0' })
})

it('does not listen elsewhere than on the address that is named, nor past a port that is taken', async () => {
  await expect(listen(serverWithout('EADDRNOTAVAIL'), 0, '::1')).rejects.toMatchObject({ code: 'EADDRNOTAVAIL' })
  const taken = newServer()
  await listen(taken, 0, '127.0.0.1')
  const { port } = taken.address() as { port: number }
  await expect(listen(newServer(), port, '127.0.0.1')).rejects.toMatchObject({ code: 'EADDRINUSE' })
  await expect(listen(serverWithout('EADDRINUSE'), 0, '::')).rejects.toMatchObject({ code: 'EADDRINUSE' })
})

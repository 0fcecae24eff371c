import { type ChildProcess, spawn } from 'node:child_process'
import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { networkInterfaces } from 'node:os'
import { setTimeout } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { afterEach, describe, expect, it } from 'vitest'
import { afterTest, closeAll } from './testing/cleanup'
import { openPeer, openTracker } from './testing/peers'

afterEach(closeAll)

const hasIPv6 = Object.values(networkInterfaces()).some((infos) => infos?.some(({ address }) => address === '::1'))

const main = fileURLToPath(new URL('./main.ts', import.meta.url))

function run(env: Record<string, string>) {
  const child: ChildProcess = spawn(process.execPath, ['--import', 'tsx', main], {
    env: { PATH: '', STUN_PORT: '0', ...env },
  })
  afterTest(() => child.kill('SIGKILL'))
  const output = { stdout: '', stderr: '' }
  child.stdout?.on('data', (data) => {
    output.stdout += data
  })
  child.stderr?.on('data', (data) => {
    output.stderr += data
  })
  return { child, output, exited: once(child, 'close').then(([code]) => code) }
}

async function runUntilReady(env: Record<string, string>) {
  const running = run({ PORT: '0', ...env })
  while (!running.output.stdout.includes('Swarmdrop ready on '))
    await once(running.child.stdout ?? running.child, 'data')
  const port = Number(/http:\/\/localhost:(\d+)/.exec(running.output.stdout)?.[1])
  return { ...running, port }
}

describe('the command', () => {
  it.each(['SIGINT', 'SIGTERM'] as const)(
    'answers once it says that it is ready, and ends cleanly on %s',
    async (signal) => {
      const { child, output, exited, port } = await runUntilReady({})
      expect(await (await fetch(`http://localhost:${port}/healthz`)).json()).toEqual({ status: 'ok' })
      const peer = await openPeer({ port })
      const gone = peer.next('disconnect')
      child.kill(signal)
      expect(await exited).toBe(0)
      expect(await gone).toBe('transport close')
      expect(output.stderr).toBe('')
    },
  )

  it('says where others open it: where the operator says, if anywhere', async () => {
    const { output } = await runUntilReady({ PUBLIC_URL: 'https://drop.example.org/' })
    while (!output.stdout.trimEnd().endsWith('\nhttps://drop.example.org')) await setTimeout(10)
    expect(output.stdout).toContain('\nOthers open:\n  https://drop.example.org\n')
  })

  it('says what to do in one line when the port is in use', async () => {
    const { port } = await openTracker()
    const { output, exited } = run({ PORT: String(port) })
    expect(await exited).toBe(1)
    expect(output).toEqual({
      stdout: '',
      stderr: `Port ${port} is in use. Stop what uses it, or choose another: PORT=${port + 1} npm start\n`,
    })
  })

  it('listens on IPv4 and IPv6 by default, for pages and for sockets', async ({ skip }) => {
    const { port } = await runUntilReady({})
    for (const host of ['127.0.0.1', ...(hasIPv6 ? ['[::1]'] : [])]) {
      expect((await fetch(`http://${host}:${port}/healthz`)).status).toBe(200)
      const page = { origin: `http://${host}:${port}` }
      expect((await (await openPeer({ port, host }, page)).join('s'.repeat(22))).id).toMatch(/^[\w-]{22}$/)
    }
    if (!hasIPv6) skip('This machine has no IPv6.')
  })

  it('says in a sentence that the port for STUN is in use, and goes on', async () => {
    const taken = createSocket('udp4').bind(0, '0.0.0.0')
    await once(taken, 'listening')
    afterTest(() => taken.close())
    const { output, port } = await runUntilReady({ STUN_PORT: String(taken.address().port), HOST: '0.0.0.0' })
    while (!output.stdout.includes('STUN_URIS')) await setTimeout(10)
    expect(output.stdout).toContain(`UDP port ${taken.address().port} is in use, so this server tells no browser its`)
    expect(output.stderr).toContain('no STUN server')
    expect((await fetch(`http://localhost:${port}/healthz`)).status).toBe(200)
  })

  it.each([
    [{ PORT: 'eighty' }, 'PORT is "eighty"'],
    [{ HOST: '203.0.113.77' }, 'HOST is "203.0.113.77"'],
    [{ STUN_URIS: 'stun://x' }, 'STUN_URIS holds "stun://x"'],
  ])('says in one line what is wrong with %j', async (env, message) => {
    const { output, exited } = run({ PORT: '0', ...env })
    expect(await exited).toBe(1)
    expect(output.stdout).toBe('')
    expect(output.stderr).toContain(message)
    expect(output.stderr.trimEnd()).not.toContain('\n')
  })

  it('logs neither addresses nor ids at info', async () => {
    const { child, output, exited, port } = await runUntilReady({ LOG_LEVEL: 'info' })
    const peer = await openPeer({ port })
    const { id } = await peer.join('s'.repeat(22))
    const gone = peer.next('disconnect')
    peer.socket.emit('signal', { sealed: 'x'.repeat(100_000) })
    await gone
    child.kill('SIGTERM')
    await exited
    expect(output.stderr).toContain('listening')
    expect(output.stderr).not.toMatch(new RegExp(`127\\.0\\.0\\.1|${id}|ssss|xxxx`))
  })
})

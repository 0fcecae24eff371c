// A coturn of a test's own, at this machine's own address. Knows nothing of who asks it.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { connect, createServer } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import { coturn } from '../../tooling/network-tools.mjs'

/** `flags`: how it knows its users, as coturn's own command line has it. */
export async function openCoturn(address: string, flags: string[]) {
  const port = await freePort(address)
  const place = [`listening-ip=${address}`, `relay-ip=${address}`, `listening-port=${port}`, 'realm=test']
  const quiet = ['no-tls', 'no-dtls', 'no-cli', 'log-file=stdout', 'pidfile=/dev/null']
  const command = ['-n', ...[...place, ...quiet, ...flags].map((flag) => `--${flag}`)]
  const child = spawn(coturn('turnserver') ?? '', command, { stdio: ['ignore', 'pipe', 'pipe'] })
  let said = ''
  for (const output of [child.stdout, child.stderr]) output.on('data', (text) => (said += String(text)))
  const ended = once(child, 'exit')
  while (!(await answers(address, port))) {
    if (child.exitCode !== null) throw new Error(`coturn ended before it was ready. It said:\n${said}`)
    await wait(20)
  }
  return {
    uri: `turn:${address}:${port}`,
    close: async () => {
      child.kill('SIGKILL')
      await ended
    },
  }
}

async function freePort(address: string): Promise<number> {
  const server = createServer().listen(0, address)
  await once(server, 'listening')
  const { port } = server.address() as { port: number }
  await new Promise((closed) => server.close(closed))
  return port
}

async function answers(address: string, port: number): Promise<boolean> {
  const socket = connect(port, address)
  try {
    await once(socket, 'connect')
    return true
  } catch {
    return false
  } finally {
    socket.destroy()
  }
}

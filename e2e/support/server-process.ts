// coturn and nginx, on machines of the open network. Knows nothing of who uses them.
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import type { Server } from './homes'

export type CoturnSettings = Record<'STUN_URIS' | 'TURN_URIS' | 'TURN_STATIC_AUTH_SECRET', string>

const START_WITHIN_MS = 10_000
const LOOK_AGAIN_MS = 20

export class ServerProcess {
  readonly #child: ChildProcess

  private constructor(child: ChildProcess) {
    this.#child = child
  }

  /** Starts a server. Resolves when it listens on its TCP port. */
  static async #start(
    { namespace }: Pick<Server, 'namespace'>,
    port: number,
    command: string[],
  ): Promise<ServerProcess> {
    const [program = '', ...args] = [...namespace.within, ...command]
    const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'] })
    let said = ''
    for (const output of [child.stdout, child.stderr]) output.on('data', (text) => (said += String(text)))
    const givenUpAt = performance.now() + START_WITHIN_MS
    while (!isListening(namespace.pid, port)) {
      const isOver = child.exitCode !== null || performance.now() > givenUpAt
      if (isOver) throw new Error(`${command[0]} does not listen on port ${port}. It said:\n${said}`)
      await wait(LOOK_AGAIN_MS)
    }
    return new ServerProcess(child)
  }

  /** A coturn as an operator sets it up for a tracker; `settings` is what the tracker is told of it. */
  static async coturn(server: Server): Promise<{ process: ServerProcess; settings: CoturnSettings }> {
    const at = `${server.address}:${COTURN_PORT}`
    const secret = 'of-this-test'
    const flags = ['use-auth-secret', `static-auth-secret=${secret}`, 'realm=homes', `listening-ip=${server.address}`]
    const quiet = ['no-tls', 'no-dtls', 'no-cli', 'log-file=stdout', 'pidfile=/dev/null']
    const command = ['turnserver', '-n', ...[...flags, ...quiet].map((flag) => `--${flag}`)]
    return {
      process: await ServerProcess.#start(server, COTURN_PORT, command),
      settings: {
        STUN_URIS: `stun:${at}`,
        TURN_URIS: `turn:${at}?transport=udp,turn:${at}?transport=tcp`,
        TURN_STATIC_AUTH_SECRET: secret,
      },
    }
  }

  /**
   * An nginx in front of what listens on `behind` on the same machine, as it comes: without the headers by which a
   * WebSocket is asked for, if `place` does not say otherwise. `directory`: for what it writes.
   */
  static async nginx(
    server: Pick<Server, 'namespace'>,
    port: number,
    behind: number,
    directory: string,
    place = PLAIN,
  ): Promise<ServerProcess> {
    const configuration = join(directory, 'nginx.conf')
    writeFileSync(configuration, nginxConfiguration(port, behind, directory, place))
    return ServerProcess.#start(server, port, ['nginx', '-p', directory, '-e', 'stderr', '-c', configuration])
  }

  async kill(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return
    const gone = once(this.#child, 'exit')
    this.#child.kill('SIGKILL')
    await gone
  }
}

const COTURN_PORT = 3478

/** What an nginx passes on: below which path, whether without it, and whether WebSockets too. */
export type NginxPlace = { path: string; strips: boolean; upgrades: boolean }
const PLAIN: NginxPlace = { path: '/', strips: false, upgrades: false }

export const hasCoturn = (): boolean => existsSync('/usr/bin/turnserver')
export const hasNginx = (): boolean => existsSync('/usr/sbin/nginx')

/** One process, nothing of it outside of the directory, and its user is the only one that there is in a namespace. */
const nginxConfiguration = (port: number, behind: number, directory: string, place: NginxPlace) => `
user root root;
daemon off;
master_process off;
pid ${directory}/nginx.pid;
error_log stderr;
events {}
http {
  access_log off;
  client_body_temp_path ${directory}/body;
  proxy_temp_path ${directory}/proxy;
  fastcgi_temp_path ${directory}/fastcgi;
  uwsgi_temp_path ${directory}/uwsgi;
  scgi_temp_path ${directory}/scgi;
  server {
    listen ${port};
    location ${place.path} {
      proxy_pass http://127.0.0.1:${behind}${place.strips ? '/' : ''};
      ${place.upgrades ? 'proxy_http_version 1.1; proxy_set_header Upgrade $http_upgrade; proxy_set_header Connection upgrade;' : ''}
      proxy_set_header Host $http_host;
    }
  }
}
`

/** Whether a process listens on a port, as Linux lists it: the port in hexadecimal digits, nobody remote, the state. */
function isListening(pid: number | undefined, port: number): boolean {
  const local = port.toString(16).toUpperCase().padStart(4, '0')
  return new RegExp(`:${local} 0{8}:0{4} 0A`).test(readFileSync(`/proc/${pid}/net/tcp`, 'utf8'))
}

// An nginx of a test's own in front of one node or several, as the files of deploy/ describe it. Knows nothing of what
// they are.
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as after } from 'node:timers/promises'
import { afterTest } from './cleanup'
import { freePort } from './redis-server'

const PROGRAM = '/usr/sbin/nginx'
const configuration = (file: string) => readFileSync(new URL(`../../../../deploy/${file}`, import.meta.url), 'utf8')
export const NO_NGINX = 'There is no nginx here.'
export const hasNginx = existsSync(PROGRAM)

export class NginxServer {
  readonly #child: ChildProcess
  readonly #folder: string

  private constructor(
    readonly port: number,
    child: ChildProcess,
    folder: string,
  ) {
    this.#child = child
    this.#folder = folder
  }

  /** Opens an nginx in front of these nodes, which ends with the test. */
  static async open(nodes: readonly number[]): Promise<NginxServer> {
    const server = await NginxServer.launch(nodes)
    afterTest(() => server.kill())
    return server
  }

  /** Starts an nginx in front of the nodes on these three ports, of which one has to be there. The caller ends it. */
  static launch(nodes: readonly number[]): Promise<NginxServer> {
    return NginxServer.#launch(configuration('nginx.conf'), nodes, '/')
  }

  /** Opens an nginx in front of one node, below `path`: `/`, or as `/drop/`. It ends with the test. */
  static async openOne(node: number, path: string): Promise<NginxServer> {
    const below = configuration('nginx-one.conf')
      .replaceAll(/location (= )?\//g, `location $1${path}`)
      .replace('return 303 /', `return 303 ${path}`)
    const server = await NginxServer.#launch(below, [node], path)
    afterTest(() => server.kill())
    return server
  }

  static async #launch(server: string, nodes: readonly number[], path: string): Promise<NginxServer> {
    const folder = mkdtempSync(join(tmpdir(), 'swarmdrop-nginx-'))
    const port = await freePort()
    const file = join(folder, 'nginx.conf')
    writeFileSync(file, settings(server, port, nodes, folder))
    const child = spawn(PROGRAM, ['-c', file, '-p', folder], { stdio: ['ignore', 'ignore', 'inherit'] })
    while (!(await isAnswering(`http://127.0.0.1:${port}${path}healthz`))) {
      if (child.exitCode !== null) throw new Error('nginx ended before it was ready.')
      await after(5)
    }
    return new NginxServer(port, child, folder)
  }

  async kill(): Promise<void> {
    const gone = once(this.#child, 'exit')
    this.#child.kill('SIGTERM')
    await gone
    rmSync(this.#folder, { recursive: true, force: true })
  }
}

/** The file as it comes, but for where it listens, without TLS, and the ports of the nodes. */
function settings(text: string, port: number, nodes: readonly number[], folder: string): string {
  const server = text
    .replace('listen 443 ssl', `listen 127.0.0.1:${port}`)
    .replace(/\tssl_certificate.*\n/g, '')
    .replace(/127\.0\.0\.1:300(\d)/g, (_all, number: string) => `127.0.0.1:${nodes[Number(number) - 1]}`)
  const paths = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((of) => `${of}_temp_path ${folder}/${of};`)
  return `user root root; daemon off; pid ${folder}/pid; error_log stderr crit; worker_processes 1;
    events { worker_connections 1024; } http { access_log off; ${paths.join(' ')} ${server} }`
}

const isAnswering = (url: string): Promise<boolean> =>
  fetch(url).then(
    ({ ok }) => ok,
    () => false,
  )

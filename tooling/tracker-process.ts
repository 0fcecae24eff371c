// A tracker of our own, as a process that can be killed and started again on its port.
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { root } from './project.mjs'

export class TrackerProcess {
  #child: ChildProcess | undefined

  /** The system's choice at first. */
  #port = '0'

  readonly #settings: Record<string, string>
  readonly #within: string[]

  private constructor(settings: Record<string, string>, within: string[]) {
    this.#settings = settings
    this.#within = within
  }

  /**
   * `settings`: of its environment. `within`: what to put before its command, where it runs in a network of its own.
   */
  static async onFreePort(settings: Record<string, string> = {}, within: string[] = []): Promise<TrackerProcess> {
    const tracker = new TrackerProcess(settings, within)
    await tracker.start()
    return tracker
  }

  get url(): string {
    return `http://${this.#settings.HOST ?? 'localhost'}:${this.port}/`
  }

  get port(): number {
    return Number(this.#port)
  }

  /** Starts the tracker. Resolves when it says that it is ready. */
  async start(): Promise<void> {
    const command = [...this.#within, process.execPath, '--import', 'tsx', 'apps/tracker/src/main.ts']
    const child = spawn(command[0] ?? '', command.slice(1), {
      cwd: root,
      env: { ...process.env, HOST: '127.0.0.1', STUN_PORT: '0', ...this.#settings, PORT: this.#port },
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    this.#child = child
    let said = ''
    for await (const text of child.stdout.setEncoding('utf8').iterator({ destroyOnReturn: false })) {
      said += String(text)
      const port = /ready on \S+:(\d+)\n/.exec(said)?.[1]
      if (port === undefined) continue
      this.#port = port
      // It may have more to say than that, and must find an ear.
      return void child.stdout.resume()
    }
    throw new Error('The tracker ended before it was ready.')
  }

  /** Lets the tracker hang: its connections stand, and it says nothing. */
  suspend(): void {
    this.#child?.kill('SIGSTOP')
  }

  /** Ends the tracker at once, without any farewell. */
  async kill(): Promise<void> {
    const child = this.#child
    if (!child || child.exitCode !== null || child.signalCode !== null) return
    const gone = once(child, 'exit')
    child.kill('SIGKILL')
    await gone
  }
}

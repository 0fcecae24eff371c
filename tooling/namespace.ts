// A network of Linux of our own: what runs in it sees no other. It is gone when we are. Knows nothing of how networks
// are connected.
import { type ChildProcess, type ChildProcessByStdio, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, writeFileSync } from 'node:fs'
import type { Readable } from 'node:stream'
import { type Browser, chromium, type LaunchOptions } from '@playwright/test'
import { chromiumLaunchOptions } from './chromium.mjs'

/** `trusted`: of a page that has by plain HTTP what pages have by HTTPS: digests, and a disk. */
type Looks = { hidesAddresses: boolean; trusted?: string }

export class Namespace {
  readonly #holder: ChildProcess

  private constructor(holder: ChildProcess) {
    this.#holder = holder
  }

  /** A network of its own. Rejects where this user may not make any: in many containers, and anywhere but on Linux. */
  static async make(): Promise<Namespace> {
    if (process.platform !== 'linux' || !existsSync('/usr/bin/nsenter')) throw new Error('There is no nsenter here.')
    return new Namespace(await hold(['unshare', '--user', '--map-root-user', '--net']))
  }

  /** Another one, which can be connected to this one. */
  async another(): Promise<Namespace> {
    return new Namespace(await hold([...this.within, 'unshare', '--net']))
  }

  get pid(): number | undefined {
    return this.#holder.pid
  }

  /** What to put before a command, so that it runs here. It dies with the process that starts it. */
  get within(): string[] {
    const enter = ['nsenter', `--target=${this.pid}`, '--user', '--net', '--preserve-credentials']
    return [...enter, 'setpriv', '--pdeathsig', 'KILL']
  }

  /** Runs to its end. Throws where it fails. */
  run(command: readonly string[], input = ''): void {
    const [program = '', ...args] = [...this.within, ...command]
    execFileSync(program, args, { input, stdio: 'pipe' })
  }

  /** Commands of `ip`, one a line. */
  ip(commands: string): void {
    this.run(['ip', '-batch', '-'], commands)
  }

  spawn(command: readonly string[]): ChildProcessByStdio<null, Readable, Readable> {
    const [program = '', ...args] = [...this.within, ...command]
    return spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'] })
  }

  /** Starts a program. Resolves when it says “ready”. Rejects with its last words where it ends before. */
  async start(command: readonly string[]): Promise<ChildProcess> {
    const child = this.spawn(command)
    let said = ''
    for (const output of [child.stdout, child.stderr]) output.on('data', (text) => (said += String(text)))
    const ended = once(child, 'close')
    while (!said.includes('ready')) {
      const isOver = await Promise.race([once(child.stdout, 'data').then(() => false), ended.then(() => true)])
      if (isOver && !said.includes('ready')) throw new Error(`${command[0]} ended: ${said.trim()}`)
    }
    return child
  }

  /** A Chromium here. `wrapper`: a path for the script that starts it. */
  async launch(wrapper: string, looks: Looks): Promise<Browser> {
    return chromium.launch(this.chromiumOptions(wrapper, looks))
  }

  /** What Playwright's `launch` needs to start Chromium here. */
  chromiumOptions(wrapper: string, { hidesAddresses, trusted }: Looks): LaunchOptions {
    const { executablePath = chromium.executablePath(), args } = chromiumLaunchOptions('shell')
    const shown = hidesAddresses ? [] : ['--disable-features=WebRtcHideLocalIpsWithMdns']
    const secure =
      trusted === undefined ? [] : [`--unsafely-treat-insecure-origin-as-secure=${new URL(trusted).origin}`]
    // Here everybody is root.
    const here = ['--no-sandbox', ...shown, ...secure]
    return { executablePath: this.wrapped(executablePath, wrapper), args: [...args, ...here] }
  }

  /** The path of a script, written to `wrapper`, that starts the program here. */
  wrapped(program: string, wrapper: string): string {
    writeFileSync(wrapper, `#!/bin/sh\nexec ${[...this.within, program].join(' ')} "$@"\n`, { mode: 0o755 })
    return wrapper
  }

  close(): void {
    this.#holder.stdin?.end()
  }
}

/** A process that holds a namespace until its input ends, as it does when we die; it says a line when it is there. */
async function hold(command: string[]): Promise<ChildProcess> {
  const [program = '', ...args] = [...command, 'sh', '-c', 'echo here; cat']
  const child = spawn(program, args, { stdio: ['pipe', 'pipe', 'ignore'] })
  const outcome = await Promise.race([
    once(child.stdout, 'data').then(() => 'here'),
    once(child, 'close').then(() => 'closed'),
    once(child, 'error').then(() => 'failed'),
  ])
  if (outcome !== 'here') throw new Error(`${program} could not make a network of its own.`)
  return child
}

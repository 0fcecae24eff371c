// Two machines' networks with one cable between them that can be pulled, in namespaces of Linux of a test's own. Knows
// nothing of what runs in them.
import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, writeFileSync } from 'node:fs'
import { type Browser, chromium } from '@playwright/test'
import { chromiumLaunchOptions } from '../../tooling/chromium.mjs'

type Side = 'near' | 'far'
const ADDRESSES: Record<Side, string> = { near: '10.77.0.1', far: '10.77.0.2' }

/** A process that holds a namespace until its input ends; it says a line when it is there. */
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

const inNetworkOf = ({ pid }: ChildProcess) => [
  'nsenter',
  `--target=${pid}`,
  '--user',
  '--net',
  '--preserve-credentials',
]

export class TwoNetworks {
  private constructor(private readonly sides: Record<Side, ChildProcess>) {}

  /** Undefined where this user may not make networks: in many containers, and anywhere but on Linux. */
  static async open(): Promise<TwoNetworks | undefined> {
    if (process.platform !== 'linux' || !existsSync('/usr/bin/nsenter')) return undefined
    try {
      const near = await hold(['unshare', '--user', '--map-root-user', '--net'])
      const far = await hold([...inNetworkOf(near), 'unshare', '--net'])
      const networks = new TwoNetworks({ near, far })
      networks.ip('near', `link add cable type veth peer name cable netns ${far.pid}`)
      for (const side of ['near', 'far'] as const) {
        networks.ip(side, `addr add ${ADDRESSES[side]}/24 dev cable`)
        networks.ip(side, 'link set lo up')
        networks.ip(side, 'link set cable up')
      }
      // Chromium takes for its own address the one by which it would reach the Internet.
      networks.ip('near', `route add default via ${ADDRESSES.far}`)
      networks.ip('far', `route add default via ${ADDRESSES.near}`)
      return networks
    } catch {
      return undefined
    }
  }

  address(side: Side): string {
    return ADDRESSES[side]
  }

  /** What to put before a command, so that it runs there. */
  within(side: Side): string[] {
    return inNetworkOf(this.sides[side])
  }

  /** A Chromium there. `wrapper`: a path for the script that starts it. */
  async launch(side: Side, wrapper: string): Promise<Browser> {
    const { executablePath = chromium.executablePath(), args } = chromiumLaunchOptions()
    const command = [...this.within(side), executablePath].join(' ')
    writeFileSync(wrapper, `#!/bin/sh\nexec ${command} "$@"\n`, { mode: 0o755 })
    // In a namespace of its own everybody is root, and nobody answers mDNS.
    const there = ['--no-sandbox', '--disable-features=WebRtcHideLocalIpsWithMdns']
    return chromium.launch({ executablePath: wrapper, args: [...args, ...there] })
  }

  /** Both ends see that the cable is out, as of a network that is switched off. */
  pull(): void {
    this.ip('far', 'link set cable down')
  }

  plug(): void {
    this.ip('far', 'link set cable up')
  }

  close(): void {
    for (const holder of Object.values(this.sides)) holder.stdin?.end()
  }

  private ip(side: Side, order: string): void {
    const [program = '', ...args] = [...this.within(side), 'ip', ...order.split(' ')]
    execFileSync(program, args, { stdio: 'pipe' })
  }
}

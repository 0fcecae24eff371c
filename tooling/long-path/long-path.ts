// Networks of Linux that lie far from each other: so many ends, each with an uplink of its own, on one machine and
// without root. Knows nothing of what runs at the ends.
import type { ChildProcess } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Namespace } from '../namespace'
import { compile } from './compile'

export type PathShape = {
  /** The time from any end to any other. */
  oneWayMs: number
  /** The rate of each end's uplink; 0 is no limit. What comes down to an end has none. */
  bytesPerSecond: number
  /** The queue of each uplink; what finds it full is dropped. */
  queueBytes: number
  lossPerMillion: number
}

export type PathEnd = { namespace: Namespace; address: string }

/** A path that cannot be made; the message is a sentence for the person. */
export class NoLongPath extends Error {}

/** Below that of most networks, as tunnels and home routers have it. */
const MTU = 1400

export class LongPath {
  readonly #carrier: ChildProcess

  private constructor(
    readonly ends: readonly PathEnd[],
    carrier: ChildProcess,
  ) {
    this.#carrier = carrier
  }

  /** Opens a path, which is gone when we are. Rejects with `NoLongPath` where this machine does not allow it. */
  static async open(shape: PathShape, count = 2): Promise<LongPath> {
    const ends: PathEnd[] = []
    const folder = mkdtempSync(join(tmpdir(), 'long-path-'))
    try {
      const first = await Namespace.make()
      for (let number = 1; number <= count; number++) {
        const namespace = number === 1 ? first : await first.another()
        ends.push({ namespace, address: `10.77.0.${number}` })
      }
      const { oneWayMs, bytesPerSecond, queueBytes, lossPerMillion } = shape
      const figures = [oneWayMs, bytesPerSecond, queueBytes, lossPerMillion].map(String)
      const where = ends.map(({ namespace, address }) => `${namespace.pid}=${address}`)
      const carrier = await first.start([compile('path', folder), ...figures, ...where])
      ends.forEach(connect)
      return new LongPath(ends, carrier)
    } catch (error) {
      for (const { namespace } of ends) namespace.close()
      throw new NoLongPath(`No long path can be made here: ${String(error instanceof Error ? error.message : error)}`)
    } finally {
      rmSync(folder, { recursive: true })
    }
  }

  close(): void {
    this.#carrier.kill('SIGKILL')
    for (const { namespace } of this.ends) namespace.close()
  }
}

function connect({ namespace, address }: PathEnd): void {
  // Chromium takes for its own address the one by which it would reach the Internet.
  const route = 'route add default dev path'
  const queue = `mtu ${MTU} txqueuelen 5000`
  namespace.ip(`link set lo up\naddr add ${address}/24 dev path\nlink set path ${queue} up\n${route}`)
  // Each connection learns the path by itself, as the first of two homes does.
  namespace.run(['sh', '-c', 'echo 1 > /proc/sys/net/ipv4/tcp_no_metrics_save'])
}

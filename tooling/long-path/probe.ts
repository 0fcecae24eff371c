// What TCP (cubic) brings from one end of a long path to another, and how long a ping takes there. Knows nothing of
// browsers.
import type { ChildProcess } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { compile } from './compile'
import type { PathEnd } from './long-path'

/** What Linux counts of a device, the bytes first. */
const COLUMN = { in: 1, out: 9 }

const packetsOf = ({ namespace }: PathEnd, way: keyof typeof COLUMN): number => {
  const counts = /path:(.*)/.exec(readFileSync(`/proc/${namespace.pid}/net/dev`, 'utf8'))?.[1] ?? ''
  return Number(counts.trim().split(/\s+/)[COLUMN[way]])
}

export class PathProbe {
  readonly #folder = mkdtempSync(join(tmpdir(), 'path-probe-'))
  readonly #program = compile('probe', this.#folder)
  readonly #running: ChildProcess[] = []
  #roundTripsMs: number[] = []
  #missing = 0

  readonly #ends: readonly PathEnd[]
  readonly #from: PathEnd
  readonly #to: PathEnd

  private constructor(ends: readonly PathEnd[], from: PathEnd, to: PathEnd) {
    this.#ends = ends
    this.#from = from
    this.#to = to
  }

  /** The first of the ends sends in `tcpSeconds`, and pings; the last answers. */
  static async start(ends: readonly PathEnd[]): Promise<PathProbe> {
    const [from] = ends
    const to = ends.at(-1)
    if (!from || !to) throw new Error('A path has two ends.')
    const probe = new PathProbe(ends, from, to)
    probe.#running.push(await from.namespace.start([probe.#program, 'serve', from.address]))
    const ping = from.namespace.spawn([probe.#program, 'ping', to.address])
    ping.stdout.setEncoding('utf8').on('data', (lines: string) => {
      for (const line of lines.trim().split('\n')) probe.#roundTripsMs.push(Number(line))
    })
    probe.#running.push(ping)
    return probe
  }

  /** The seconds from the open connection to the last byte, with the ask for it. */
  async tcpSeconds(bytes: number): Promise<number> {
    const taker = this.#to.namespace.spawn([this.#program, 'take', this.#from.address, String(bytes)])
    let said = ''
    for await (const text of taker.stdout.setEncoding('utf8')) said += String(text)
    if (!(Number(said) > 0)) throw new Error('TCP brought nothing over the path.')
    return Number(said)
  }

  /** The round trips of the pings that were answered since the last call; one is sent every 50 ms. */
  takeRoundTripsMs(): number[] {
    return this.#roundTripsMs.splice(0)
  }

  /** Packets that have left an end and not come to another since it was asked last: lost, or found the queue full. */
  takeDropped(): number {
    const sum = (way: 'in' | 'out') => this.#ends.reduce((total, end) => total + packetsOf(end, way), 0)
    const missing = sum('out') - sum('in')
    const dropped = missing - this.#missing
    this.#missing = missing
    return dropped
  }

  close(): void {
    for (const process of this.#running) process.kill('SIGKILL')
    rmSync(this.#folder, { recursive: true })
  }
}

// What strangers do to a tracker over plain TCP, and an honest one who looks on. Knows nothing of what a test shows.
import { once } from 'node:events'
import { get } from 'node:http'
import { connect, type Socket } from 'node:net'
import { setTimeout as after } from 'node:timers/promises'
import { afterTest } from './cleanup'

/** Connections that say `text` and read nothing. Resolves when all stand, or are refused. */
export async function sayWithoutReading(port: number, connections: number, text: string): Promise<Socket[]> {
  const lines = Array.from({ length: connections }, () => {
    const tcp = connect(port, '127.0.0.1')
    tcp.pause()
    tcp.on('error', () => tcp.destroy())
    tcp.write(text)
    return tcp
  })
  afterTest(() => lines.forEach((tcp) => void tcp.destroy()))
  await Promise.all(lines.map((tcp) => Promise.race([once(tcp, 'connect'), once(tcp, 'close')])))
  return lines
}

/** How many of them the tracker has not ended. What it has ended shows only to who reads. */
export async function stillOpen(lines: Socket[]): Promise<number> {
  for (const tcp of lines) tcp.resume()
  await after(300)
  return lines.filter((tcp) => !tcp.destroyed && !tcp.readableEnded).length
}

/** Asks how the tracker is, by a connection of its own each time. Milliseconds. */
export async function askHealth(port: number): Promise<number> {
  const startedAt = performance.now()
  await new Promise<void>((resolve, reject) => {
    get({ port, host: '127.0.0.1', path: '/healthz', agent: false }, (response) => {
      response.resume().once('end', resolve)
    }).once('error', reject)
  })
  return performance.now() - startedAt
}

/** Asks ten times, one after the other; how long each took. */
export async function askHealthOften(port: number): Promise<number[]> {
  const taken: number[] = []
  for (let i = 0; i < 10; i++) {
    taken.push(await askHealth(port))
    await after(100)
  }
  return taken
}

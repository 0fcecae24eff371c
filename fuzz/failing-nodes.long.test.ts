// Nodes that are restarted or die under peers that are at something: real nodes over a real Redis behind a real nginx,
// real lines to them, and links without WebRTC. What is under way goes on.
import { randomBytes } from 'node:crypto'
import { Bitfield } from '@swarmdrop/core'
import { simulate } from '@swarmdrop/core/simulation'
import { type Clock, LiveSwarm, SocketLine, type SwarmPorts, Timers } from '@swarmdrop/peer'
import { LabHost, LabParticipant, LabResults } from '@swarmdrop/peer/lab'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { forkTracker } from '../apps/tracker/src/soak/fork-tracker'
import { afterTest, closeAll } from '../apps/tracker/src/testing/cleanup'
import { hasNginx, NginxServer, NO_NGINX } from '../apps/tracker/src/testing/nginx-server'
import { openTracker } from '../apps/tracker/src/testing/peers'
import { hasRedis, NO_REDIS, RedisServer } from '../apps/tracker/src/testing/redis-server'
import type { Tracker } from '../apps/tracker/src/tracker'
import { sha256 } from '../packages/peer/src/testing/sha256'
import { ServingStore, testShare } from '../packages/peer/src/testing/test-share'
import { VirtualWorld } from '../packages/peer/src/testing/virtual-device'
import { VirtualStore } from '../packages/peer/src/testing/virtual-disk'
import { smallSettings } from '../packages/peer/src/testing/virtual-lab'
import { VirtualLinks } from '../packages/peer/src/testing/virtual-links'

beforeEach(({ skip }) => {
  if (!hasRedis) skip(NO_REDIS)
  if (!hasNginx) skip(NO_NGINX)
})
afterEach(closeAll)

const NODES = 3

class RealClock implements Clock {
  #timer: NodeJS.Timeout | undefined

  now = () => performance.now()
  wallMs = () => Date.now()
  setAlarm(atMs: number, ring: () => void): void {
    this.clearAlarm()
    this.#timer = setTimeout(ring, Math.max(0, Math.ceil(atMs - this.now())))
  }
  clearAlarm = () => clearTimeout(this.#timer)
}

/** Peers at the nodes behind this nginx, on devices that otherwise are those of virtual time. */
function townAt({ port }: NginxServer) {
  const time = new Timers(new RealClock())
  const links = new VirtualLinks(time, { latencyMs: 1 })
  const world = new VirtualWorld()
  return (name: string) => {
    const device = world.device(name)
    const ports: SwarmPorts = {
      ...device.ports,
      time,
      random: { bytes: (length) => new Uint8Array(randomBytes(length)), uniform: Math.random },
      openLink: links.of(name),
      newLine: () => {
        const line = new SocketLine(`http://127.0.0.1:${port}`, time)
        afterTest(() => line.close())
        return line
      },
    }
    return { device, ports }
  }
}

const nothing = () => {}

describe('a transfer', () => {
  it('goes on while three nodes are restarted one after the other, and who comes between them gets it too', async () => {
    const redis = await RedisServer.open()
    const options = { redisUrl: redis.url, trustedProxies: 1 }
    const nodes: Tracker[] = []
    while (nodes.length < NODES) nodes.push(await openTracker(options))
    const personAt = townAt(await NginxServer.open(nodes.map((node) => node.port)))
    const share = await testShare({ chunks: 60 })
    const { content, pages, bytes } = share
    const failed = (error: Error) => expect.unreachable(error.message)
    // At this it takes half a minute, and the restarts less.
    const sending = { downloading: false, uploading: true, uploadBytesPerSecond: bytes.length / 30 }
    const start = { content, pages: [...pages], held: Bitfield.full(content.layout.chunkCount) }
    const sender = new LiveSwarm(
      personAt('sender').ports,
      { contentId: content.id, start, store: new ServingStore(share), ...sending },
      { changed: nothing, storeFailed: failed },
    )
    const all = [sender]
    const kept: Map<number, Uint8Array<ArrayBuffer>>[] = []
    const come = (name: string) => {
      const { device, ports } = personAt(name)
      const chunks = new Map<number, Uint8Array<ArrayBuffer>>()
      kept.push(chunks)
      const contentKnown = () => one.useStore(new VirtualStore(device.disk, content.layout, chunks, nothing, nothing))
      const one: LiveSwarm = new LiveSwarm(
        ports,
        { contentId: content.id, downloading: true, uploading: true },
        { changed: nothing, contentKnown, storeFailed: failed },
      )
      all.push(one)
      one.start()
    }
    sender.start()
    for (let i = 0; i < 10; i++) come(`first ${i}`)
    const isUnderWay = () => all.slice(1).every((one) => one.snapshot().downloadedBytes > 0)
    await vi.waitFor(() => expect(isUnderWay()).toBe(true), 10_000)

    for (const [number, node] of nodes.entries()) {
      await node.drain(500)
      await node.close()
      come(`later ${number}`)
      nodes[number] = await openTracker({ ...options, port: node.port })
    }
    expect(all.filter(({ isComplete }) => isComplete)).toEqual([sender])
    sender.dispatch({ type: 'limits-changed', uploadBytesPerSecond: undefined, downloadBytesPerSecond: undefined })
    await vi.waitFor(() => expect(all.every(({ isComplete }) => isComplete)).toBe(true), 20_000)
    for (const chunks of kept) {
      const inOrder = [...chunks].sort(([a], [b]) => a - b).map(([, chunk]) => chunk)
      expect(Buffer.concat(inOrder).equals(bytes)).toBe(true)
    }
    for (const one of all) one.close()
  })
})

describe('a lab run', () => {
  it('goes on when the node dies that holds its room', async () => {
    const redis = await RedisServer.open()
    const open = () => forkTracker({ webRoot: 'no-such-folder', redisUrl: redis.url, trustedProxies: 1 })
    const nodes = await Promise.all([open(), open(), open()])
    afterTest(() => nodes.forEach((node) => void node.end()))
    const personAt = townAt(await NginxServer.open(nodes.map((node) => node.port)))
    const teacher = personAt('teacher')
    const results = new LabResults(teacher.device.memory('results'))
    const host = new LabHost({
      swarm: teacher.ports,
      sha256,
      memory: teacher.device.memory('host'),
      results,
      simulate: async (experiment) => simulate(experiment).result,
      simulationsAtOnce: 1,
      timestamp: () => '2026-01-02T03:04:05.000Z',
    })
    host.start()
    void host.openRoom()
    const shown = () => host.getSnapshot()
    await vi.waitFor(() => expect(shown().room.state).toBe('open'), 10_000)
    const { room } = shown()
    const code = room.state === 'open' ? room.code : ''
    const participants = ['Ada', 'Bob'].map((name) => {
      const { device, ports } = personAt(name)
      const { openRunChunks } = device
      const memory = device.memory('seat')
      const one = new LabParticipant({ swarm: ports, sha256, memory, removal: memory, openRunChunks }, { code, name })
      one.start()
      return one
    })
    host.change({ ...smallSettings, serverUploadBytesPerSecond: 20_000 })
    await vi.waitFor(() => expect(shown().participants).toHaveLength(2), 10_000)
    void host.run()
    await vi.waitFor(() => expect(shown().phase).toBe('running'), 15_000)

    const held = await Promise.all(nodes.map((node) => node.held()))
    nodes[held.findIndex(({ counts }) => counts.rooms > 0)]?.end()
    await vi.waitFor(() => expect(['done', 'failed']).toContain(shown().phase), 40_000)
    expect([shown().phase, shown().problem]).toEqual(['done', undefined])
    expect(results.all[0]?.measured.peers.map(({ downloadedBytes }) => downloadedBytes)).toEqual([160_000, 160_000])
    for (const one of [host, ...participants]) one.close()
  }, 80_000)
})

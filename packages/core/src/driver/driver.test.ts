import { afterEach, describe, expect, it } from 'vitest'
import type { Content } from '../content/index'
import { Bitfield } from '../content/index'
import { Swarm } from '../swarm/index'
import { joinedIfRight, sameBytes, seededRandom, testContent } from '../testing/test-content'
import { decodeMessage, encodeMessage, type Message } from '../wire/index'
import { LOW_MARK_BYTES, SwarmDriver } from './driver'
import { type ChunkStore, StoreError } from './ports'

const source = testContent(6)
const chunkCount = source.chunks.length
const drivers: SwarmDriver[] = []
afterEach(() => {
  for (const driver of drivers.splice(0)) driver.close()
})

/** Lets every promise that is ready run. */
async function settle(): Promise<void> {
  for (let i = 0; i < 200; i++) await Promise.resolve()
}

class MemoryStore implements ChunkStore {
  readonly chunks = new Map<number, Uint8Array>()
  fails: unknown

  constructor(full: boolean) {
    if (full) source.chunks.forEach((bytes, chunk) => {
      this.chunks.set(chunk, bytes)
    })
  }

  async write(chunk: number, blocks: readonly Uint8Array[], digest: Uint8Array): Promise<'stored' | 'wrong-digest'> {
    if (this.fails) throw this.fails
    const bytes = joinedIfRight(blocks, digest)
    if (bytes) this.chunks.set(chunk, bytes)
    return bytes ? 'stored' : 'wrong-digest'
  }

  async read(chunk: number, offset: number, length: number): Promise<Uint8Array> {
    if (this.fails) throw this.fails
    return (this.chunks.get(chunk) as Uint8Array).slice(offset, offset + length)
  }
}

/** A driver with ports that the test can look into. `deliver` gets each frame that goes out. */
function drive({ seed = false, deliver = (_to: string, _frame: Uint8Array) => {} } = {}) {
  const swarm = new Swarm(
    {
      contentId: source.content.id,
      ...(seed && { start: { content: source.content, pages: [...source.pages], held: Bitfield.full(chunkCount) } }),
      downloading: true,
      uploading: true,
      policy: { blockBytes: 1_024, handOutOnce: false },
      now: 0,
    },
    seededRandom(1),
  )
  const world = {
    swarm,
    now: 0,
    buffered: 0,
    alarm: undefined as { at: number; ring: () => void } | undefined,
    sent: [] as { to: string; message: Message }[],
    dropped: [] as { peer: string; reason: string; ban: boolean }[],
    store: new MemoryStore(seed),
    changes: 0,
    peersWanted: 0,
    contents: [] as Content[],
    failures: [] as StoreError[],
  }
  const driver = new SwarmDriver(
    swarm,
    {
      link: {
        send: (to, frame) => {
          const decoded = decodeMessage(frame)
          if (decoded.ok) world.sent.push({ to, message: decoded.message })
          deliver(to, frame)
        },
        bufferedBytes: () => world.buffered,
        drop: (peer, reason, ban) => world.dropped.push({ peer, reason, ban }),
      },
      clock: {
        now: () => world.now,
        setAlarm: (at, ring) => {
          world.alarm = { at, ring }
        },
        clearAlarm: () => {
          world.alarm = undefined
        },
      },
    },
    {
      changed: () => world.changes++,
      contentKnown: (content) => world.contents.push(content),
      peersWanted: () => world.peersWanted++,
      storeFailed: (error) => world.failures.push(error),
    },
    world.store,
  )
  drivers.push(driver)
  return Object.assign(world, { driver })
}

/** A seed with an interested neighbour, `a`, played by the test. */
function seedServingA() {
  const seed = drive({ seed: true })
  seed.driver.dispatch({ type: 'peer-joined', peer: 'a' })
  seed.driver.receive('a', encodeMessage({ type: 'hello', version: 1 }))
  seed.driver.receive('a', encodeMessage({ type: 'interested' }))
  return seed
}

const requestFrame = (chunk: number) => encodeMessage({ type: 'request', chunk, offset: 0, length: 1_024 })
const types = (world: { sent: { message: Message }[] }) => world.sent.map(({ message }) => message.type)

describe('driver', () => {
  it('[DRIVER-1] runs two swarms to the end over links that deliver at once, and never one within itself', async () => {
    let depth = 0
    const pair: Record<string, ReturnType<typeof drive>> = {}
    const deliverTo = (to: string, from: string) => (_to: string, frame: Uint8Array) => pair[to]?.driver.receive(from, frame)
    pair.seed = drive({ seed: true, deliver: deliverTo('leecher', 'seed') })
    pair.leecher = drive({ deliver: deliverTo('seed', 'leecher') })
    for (const { swarm } of Object.values(pair)) {
      const handle = swarm.handle.bind(swarm)
      let inside = false
      swarm.handle = (event, now) => {
        if (inside) depth++
        inside = true
        const actions = handle(event, now)
        inside = false
        return actions
      }
    }
    pair.seed.driver.dispatch({ type: 'peer-joined', peer: 'leecher' })
    pair.leecher.driver.dispatch({ type: 'peer-joined', peer: 'seed' })
    // What the seed said before the leecher knew it is lost: it says it again.
    pair.seed.driver.dispatch({ type: 'peer-left', peer: 'leecher' })
    pair.leecher.driver.dispatch({ type: 'peer-left', peer: 'seed' })
    const late: (() => void)[] = []
    late.push(() => pair.leecher?.driver.dispatch({ type: 'peer-joined', peer: 'seed' }))
    for (const run of late) run()
    await settle()
    expect(depth).toBe(0)
  })
})

// A swarm in which most of those whom the tracker names cannot be reached, in virtual time: what a newcomer has of it.
import { afterEach, describe, expect, it } from 'vitest'
import {
  chunksOf,
  phaseOf,
  receiveAt,
  sendFrom,
  type TestReceiver,
  type TestShare,
  testShare,
} from '../testing/test-share'
import { type VirtualDevice, VirtualWorld } from '../testing/virtual-device'

const share = await testShare({ chunks: 4 })

const opened: { close(): void }[] = []
afterEach(() => {
  for (const transfer of opened.splice(0)) transfer.close()
})

/**
 * `silent`: they went without a word, and nobody answers under their names. `deaf`: they answer, and no link to them
 * opens; when they have found that out they try again, as everybody does.
 */
type Dead = { silent?: number; deaf?: number }

/** Some who have the file, and many who are no use. */
async function hall(seed: number, { silent = 0, deaf = 0 }: Dead, alive = 5) {
  const world = new VirtualWorld(seed)
  for (let i = 0; i < silent; i++) world.tracker.fakePeers.push(`silent-${i}`.padEnd(22, '-'))
  for (let i = 0; i < deaf; i++) {
    const name = `deaf-${i}`
    world.links.blocked.add(name)
    opened.push(await receiveAt(world.device(name), share))
  }
  for (let i = 0; i < alive; i++) opened.push(sendFrom(world.device(`alive-${i}`), share))
  await world.time.run(1_000)
  return world
}

/** The time from opening the link to the first chunk; Download is pressed as soon as it can be. */
async function msToFirstChunk(world: VirtualWorld, device: VirtualDevice, withinMs: number): Promise<number> {
  const { time } = world
  const openedAt = time.now()
  const receiver = await enter(device, share)
  await time.run(withinMs, () => phaseOf(receiver) === 'ready')
  if (phaseOf(receiver) === 'ready') receiver.side.download()
  await time.run(withinMs - (time.now() - openedAt), () => chunksOf(receiver) > 0)
  return chunksOf(receiver) > 0 ? time.now() - openedAt : Number.POSITIVE_INFINITY
}

async function enter(device: VirtualDevice, content: TestShare): Promise<TestReceiver> {
  const receiver = await receiveAt(device, content)
  opened.push(receiver)
  return receiver
}

const SEEDS = [1, 2, 3]
/** Six hundred pairs sign what they say to each other. */
const MANY_PAIRS_MS = 120_000

describe('of forty whom the tracker names, thirty-five', () => {
  it('[SIGNAL-6] are gone, and the first chunk is there within five seconds', async () => {
    for (const seed of SEEDS) {
      const world = await hall(seed, { silent: 35 })
      expect(await msToFirstChunk(world, world.device('newcomer'), 30_000), `seed ${seed}`).toBeLessThan(5_000)
    }
  })

  it('[SIGNAL-6] answer and cannot be reached, and the first chunk is there within five seconds', {
    timeout: MANY_PAIRS_MS,
  }, async () => {
    const world = await hall(1, { deaf: 35 })
    expect(await msToFirstChunk(world, world.device('newcomer'), 30_000)).toBeLessThan(5_000)
  })
})

describe('of three hundred whom the tracker names, two hundred and ninety-five', () => {
  it('[SIGNAL-6] are gone, and one of the others is found within half a minute', async () => {
    const took: number[] = []
    for (const seed of SEEDS) {
      const world = await hall(seed, { silent: 295 })
      took.push(await msToFirstChunk(world, world.device('newcomer'), 30_000))
    }
    console.info(`found after ${took.map((ms) => (ms / 1000).toFixed(1)).join(', ')} s`)
    expect(Math.max(...took)).toBeLessThan(30_000)
  })
})

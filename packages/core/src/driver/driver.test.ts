import { describe, expect, it } from 'vitest'
import { DrivenSwarm, settle } from '../testing/driven-swarm'
import { sameBytes, testContent } from '../testing/test-content'
import { encodeMessage, type Message } from '../wire/index'
import { StoreError } from './ports'

const source = testContent(6)
const noSpace = new StoreError('no-space', 'The disk is full. Make room, then press Continue.')

const request = (chunk: number): Message => ({ type: 'request', chunk, offset: 0, length: 1_024 })
const say = (swarm: DrivenSwarm, ...messages: Message[]) => {
  for (const message of messages) swarm.driver.receive('a', encodeMessage(message))
}

/** A seed that serves `a`, who is played by the test. */
function servingA(): DrivenSwarm {
  const seed = new DrivenSwarm(source, { seed: true })
  seed.driver.dispatch({ type: 'peer-joined', peer: 'a', dialled: false })
  say(seed, { type: 'hello', version: 1 }, { type: 'interested' })
  return seed
}

/** A seed and a leecher, joined by links that deliver in order. */
function joined(leecher = new DrivenSwarm(source)) {
  const seed = new DrivenSwarm(source, { seed: true })
  seed.deliver = (_to, frame) => queueMicrotask(() => leecher.driver.receive('seed', frame))
  leecher.deliver = (_to, frame) => queueMicrotask(() => seed.driver.receive('leecher', frame))
  seed.driver.dispatch({ type: 'peer-joined', peer: 'leecher', dialled: false })
  leecher.driver.dispatch({ type: 'peer-joined', peer: 'seed', dialled: false })
  return { seed, leecher }
}

describe('driver', () => {
  it('[DRIVER-1] carries a whole transfer out on its ports', async () => {
    const { seed, leecher } = joined()
    await settle()
    expect(source.chunks.every((bytes, chunk) => sameBytes(leecher.store.chunks.get(chunk), bytes))).toBe(true)
    expect(leecher.contents.map(({ id }) => id)).toEqual([source.content.id])
    expect([...seed.dropped, ...leecher.dropped, ...leecher.failures]).toEqual([])
  })

  it('[DRIVER-1] bans through its link one whose chunk is wrong', async () => {
    const { seed, leecher } = joined()
    for (const chunk of seed.store.chunks.keys()) seed.store.chunks.set(chunk, new Uint8Array(4_096))
    await settle()
    expect(leecher.dropped[0]).toEqual({ peer: 'seed', ban: true, reason: expect.stringContaining('did not match') })
    expect(leecher.store.chunks.size).toBe(0)
  })

  it('[DRIVER-2] is never re-entered: what comes up while an action is carried out waits for its turn', () => {
    const seed = servingA()
    const order: string[] = []
    seed.deliver = () => {
      order.push('out')
      if (order.length < 6) say(seed, request(0)) // Refused, as it is choked by now: sent within sending.
      order.push('back')
    }
    say(seed, { type: 'not-interested' })
    expect(order).toEqual(['out', 'back', 'out', 'back', 'out', 'back', 'out', 'back'])
  })

  it('[DRIVER-2] tells its owner of a change once for all that followed from one event', () => {
    const seed = servingA()
    const before = seed.changes
    seed.deliver = () => seed.driver.dispatch({ type: 'wake' })
    say(seed, { type: 'not-interested' })
    expect(seed.handledOf('wake')).toHaveLength(1)
    expect(seed.changes).toBe(before + 1)
  })

  it('[DRIVER-2] goes on after an action that failed', () => {
    const seed = servingA()
    seed.deliver = () => {
      throw new Error('the link is broken')
    }
    expect(() => say(seed, { type: 'not-interested' })).toThrow('the link is broken')
    seed.deliver = () => {}
    say(seed, { type: 'interested' })
    expect(seed.count('unchoke')).toBe(2)
  })

  it('[DRIVER-3] reports after each block what waits on its link, and after other messages where they pile up', async () => {
    const seed = servingA()
    seed.bufferedBytes = 5_000
    say(seed, request(0))
    await settle()
    expect(seed.count('block')).toBe(1)
    expect(seed.handledOf('send-drained')).toEqual([{ type: 'send-drained', peer: 'a', bufferedBytes: 5_000 }])
    say(seed, { type: 'not-interested' })
    expect(seed.handledOf('send-drained')).toHaveLength(1)
    seed.bufferedBytes = 2_097_153
    say(seed, { type: 'interested' })
    expect(seed.handledOf('send-drained').at(-1)).toEqual({ type: 'send-drained', peer: 'a', bufferedBytes: 2_097_153 })
  })

  it('[SERVE-6] has a neighbour dropped on whose link more waits than one that reads could leave', () => {
    const seed = servingA()
    seed.bufferedBytes = 4_194_305
    say(seed, { type: 'not-interested' })
    expect(seed.dropped).toEqual([{ peer: 'a', reason: 'does not read what it is sent', ban: false }])
  })

  it('[DRIVER-4] reports a chunk that could not be kept, in words for a person, and drops nobody for it', async () => {
    const leecher = new DrivenSwarm(source)
    leecher.store.failure = noSpace
    // As an owner does: nothing is fetched until there is room.
    leecher.onStoreFailed = () =>
      leecher.driver.dispatch({ type: 'activity-changed', downloading: false, uploading: false })
    joined(leecher)
    await settle()
    expect(leecher.failures[0]).toBe(noSpace)
    expect(leecher.dropped).toEqual([])
    leecher.store.failure = undefined
    leecher.driver.dispatch({ type: 'activity-changed', downloading: true, uploading: true })
    await settle()
    expect(leecher.store.chunks.size).toBe(6)
  })

  it('[DRIVER-4] reports a block that could not be read, and rejects the request', async () => {
    const seed = servingA()
    seed.store.failure = new Error('no such file')
    say(seed, request(0))
    await settle()
    expect(seed.failures.map(({ code, message }) => [code, message])).toEqual([
      ['unavailable', "The file's storage failed: Error: no such file"],
    ])
    expect(seed.count('reject')).toBe(1)
  })

  it('[DRIVER-4] says so if there is no store yet, and uses one that it is given', async () => {
    const leecher = new DrivenSwarm(source, { hasStore: false })
    const { seed } = joined(leecher)
    await settle()
    expect(leecher.failures[0]?.message).toMatch(/no place to keep the file/)
    leecher.driver.useStore(leecher.store)
    leecher.driver.dispatch({ type: 'wake' })
    await settle()
    expect(leecher.store.chunks.size).toBe(6)
    expect(seed.dropped).toEqual([])
  })

  it('[DRIVER-5] sets its alarm for the next thing to do, and does it', () => {
    const seed = servingA()
    expect(seed.alarm?.at).toBe(seed.swarm.nextWake.at)
    for (let rings = 0; seed.now < 60_000 && rings < 100; rings++) seed.ringAlarm()
    expect(seed.now).toBeGreaterThanOrEqual(60_000)
    expect(seed.peersWanted).toBeGreaterThan(1)
    expect(seed.count('keep-alive')).toBeGreaterThan(1)
  })

  it('[DRIVER-5] drops whatever comes after it was closed, and no alarm rings', async () => {
    const seed = servingA()
    say(seed, request(0))
    seed.store.failure = noSpace
    say(seed, request(1))
    const { changes } = seed
    const handled = seed.swarm.handled.length
    seed.driver.close()
    await settle()
    say(seed, request(2))
    seed.driver.dispatch({ type: 'wake' })
    expect(seed.swarm.handled).toHaveLength(handled)
    expect([seed.changes, seed.failures, seed.alarm]).toEqual([changes, [], undefined])
  })

  it('[DRIVER-1] has a neighbour dropped for a frame that is no message', () => {
    const seed = servingA()
    seed.driver.receive('a', Uint8Array.of(99))
    expect(seed.dropped).toEqual([{ peer: 'a', reason: 'a frame of unknown kind 99', ban: false }])
  })
})

// What devices call themselves reaches those whom they are connected to, and nobody else; and does no harm.
import { deriveSwarmKeys, drawAttemptId, Sealer, TabKey } from '@swarmdrop/core/signaling'
import { beforeAll, expect, it } from 'vitest'
import { receiveAt, sendFrom, type TestShare, testShare } from '../testing/test-share'
import { type VirtualDevice, VirtualWorld } from '../testing/virtual-device'
import { PeerNames, withName } from './peer-names'

let share: TestShare
beforeAll(async () => {
  share = await testShare({ chunks: 2 })
})

function named(device: VirtualDevice, name: string | undefined): VirtualDevice {
  device.ports.deviceName = () => name
  return device
}

/** A sender and a receiver that call themselves so; whom each sees. */
async function meeting(senders: string | undefined, receivers: string | undefined) {
  const world = new VirtualWorld()
  const sender = sendFrom(named(world.device('home'), senders), share)
  const receiver = await receiveAt(named(world.device('laptop'), receivers), share)
  const hasMet = () => receiver.inspect().neighbours.length > 0 && sender.inspect().neighbours.length > 0
  await world.time.run(10_000, hasMet)
  expect(hasMet()).toBe(true)
  const seen = [sender, receiver].map((transfer) => transfer.inspect().neighbours.map(({ name }) => name))
  return { world, seen }
}

it('[NAME-1] tells both sides what the other is called', async () => {
  const { seen } = await meeting('Ana’s phone', 'Chrome on Android')
  expect(seen).toEqual([['Chrome on Android'], ['Ana’s phone']])
})

it('[NAME-1] is said by anyone who wants to, and one who says nothing is connected to all the same', async () => {
  const { seen } = await meeting(undefined, 'Chrome on Android')
  expect(seen).toEqual([['Chrome on Android'], [undefined]])
})

it('[NAME-2] is shown only as far as it is fit to be', async () => {
  const { seen } = await meeting('evil\u202Egpj.exe', 'x'.repeat(100_000))
  expect(seen).toEqual([['x'.repeat(40)], ['evilgpj.exe']])
})

it('[NAME-1] is nothing that the tracker ever sees', async () => {
  const { world } = await meeting('Ana’s phone', 'Chrome on Android')
  const all = JSON.stringify(world.tracker.heard)
  expect(world.tracker.heard.length).toBeGreaterThan(1)
  for (const part of ['Ana', 'Chrome', 'Android']) {
    expect(all).not.toContain(part)
    expect(all).not.toContain(Buffer.from(part).toString('base64url').slice(0, -1))
  }
})

it('[NAME-1] is passed over by the proof: a page from before takes the offer for what it is', () => {
  const draw = (length: number) => new Uint8Array(length).fill(9)
  const tab = new TabKey(draw)
  const to = { from: 'a', to: 'b', attempt: drawAttemptId(draw) }
  const offer = { type: 'offer', sdp: 'v=0' } as const
  const { proof } = tab.message(to, withName(offer, 'Ana'))
  expect(proof).toBe(tab.message(to, offer).proof)
  // Its own seal holds a name too.
  const sealer = new Sealer(deriveSwarmKeys(share.content.id).key, 'a', draw)
  expect(sealer.seal('b', tab.message(to, withName(offer, 'Ana')))).not.toContain('Ana')
})

it('[NAME-2] remembers the last word of as many as there can be links, and no more', () => {
  const names = new PeerNames()
  const say = (peer: string, name: string | undefined) => names.hear(peer, withName({ type: 'offer', sdp: '' }, name))
  for (let peer = 0; peer < 300; peer++) say(`peer ${peer}`, `name ${peer}`)
  expect(names.of('peer 0')).toBeUndefined()
  expect(names.of('peer 299')).toBe('name 299')
  say('peer 299', 'other')
  expect(names.of('peer 299')).toBe('other')
  say('peer 299', undefined)
  expect(names.of('peer 299')).toBe('other')
  names.hear('peer 299', { type: 'answer', sdp: '', name: 'of a lane', lane: 1 })
  names.hear('peer 299', { type: 'end' })
  expect(names.of('peer 299')).toBe('other')
  names.hear('peer 299', { type: 'answer', sdp: '', name: '\u200B' })
  expect(names.of('peer 299')).toBeUndefined()
})

// A tracker that tampers with sealed signals lets nobody in, and learns nothing. Each attack stands beside its control: the
// same tracker, relaying honestly, connects the same people.
import { randomBytes } from 'node:crypto'
import type { BrowserContext, Page } from '@playwright/test'
import { deriveSwarmKeys, drawAttemptId, parseLinkId, Sealer } from '@swarmdrop/core'
import { randomFile } from '../tooling/files'
import { CHUNK_BYTES } from './support/files'
import { HostileTracker, type Relay, type Signal } from './support/hostile-tracker'
import {
  expectSaved,
  openLink,
  share,
  snapshot,
  startDownload,
  waitForNeighbours,
  waitForPhase,
} from './support/people'
import { test as base, expect } from './support/test'

declare global {
  interface Window {
    /** How often this page has taken another side's word for where and with whom to connect. */
    acceptedDescriptions: number
  }
}

const test = base.extend<{ tracker: HostileTracker }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads what a fixture needs from the pattern
  tracker: async ({}, use) => {
    const tracker = await HostileTracker.start()
    await use(tracker)
    await tracker.close()
  },
  // Named first, the tracker is closed last: a page whose tracker is gone complains.
  context: async ({ tracker: _, context }, use) => {
    await context.addInitScript(() => {
      window.acceptedDescriptions = 0
      const { prototype } = RTCPeerConnection
      prototype.setRemoteDescription = new Proxy(prototype.setRemoteDescription, {
        apply(accept, connection, description) {
          window.acceptedDescriptions++
          return Reflect.apply(accept, connection, description)
        },
      })
    })
    await use(context)
  },
})

const acceptedBy = (page: Page) => page.evaluate(() => window.acceptedDescriptions)

async function visit(context: BrowserContext, link: string): Promise<Page> {
  const page = await context.newPage()
  await page.goto(link)
  return page
}

/** One character in the middle of what is sealed is another. */
function withOneCharacterChanged(text: string): string {
  const at = Math.floor(text.length / 2)
  return `${text.slice(0, at)}${text[at] === 'A' ? 'B' : 'A'}${text.slice(at + 1)}`
}

test('a tracker that relays what it is given connects people', async ({ page, context, tracker }, testInfo) => {
  const path = randomFile(testInfo.outputPath('sent/secret.bin'), CHUNK_BYTES)
  const link = await share(page, path, 'file', tracker.url)
  const receiver = await visit(context, link)
  await waitForPhase(receiver, 'ready')
  await startDownload(receiver)
  await waitForPhase(receiver, 'complete')
  await expectSaved(receiver, path)
  expect(await acceptedBy(page)).toBe(1)
  expect(await acceptedBy(receiver)).toBe(1)
})

const attacks: [string, (tracker: HostileTracker) => Relay][] = [
  [
    'changes a character of every signal',
    () => (signal) => [{ ...signal, sealed: withOneCharacterChanged(signal.sealed) }],
  ],
  [
    'hands every signal to somebody for whom it is not',
    (tracker) => (signal) =>
      tracker.members.filter((id) => id !== signal.from && id !== signal.to).map((to) => ({ ...signal, to })),
  ],
  [
    'says that every signal is from somebody else',
    (tracker) => (signal) =>
      [...tracker.members, ...tracker.fakePeers]
        .filter((id) => id !== signal.from && id !== signal.to)
        .map((from) => ({ ...signal, from })),
  ],
  ['sends every signal back to whom it came from', () => (signal) => [{ ...signal, from: signal.to, to: signal.from }]],
  [
    'gives everybody the signals of an earlier meeting',
    (tracker) => {
      const earlier = [...tracker.heard]
      return ({ swarmId, from, to }) => earlier.map(({ sealed }) => ({ swarmId, from, to, sealed }))
    },
  ],
]

for (const [what, attack] of attacks) {
  test(`a tracker that ${what} lets nobody in`, async ({ page, context, tracker }, testInfo) => {
    const link = await share(page, randomFile(testInfo.outputPath('sent/secret.bin'), CHUNK_BYTES), 'file', tracker.url)
    // An honest meeting first, so that there is something to misuse.
    const early = await visit(context, link)
    await waitForPhase(early, 'ready')
    await early.close()
    await waitForNeighbours(page, 0)
    const accepted = await acceptedBy(page)

    tracker.addFakePeer()
    tracker.relay = attack(tracker)
    const victims = [await visit(context, link), await visit(context, link)]
    await expect.poll(() => tracker.members.length).toBe(3)
    const reached = () => tracker.members.filter((id) => tracker.deliveredTo(id) > 0).length
    await expect.poll(reached, 'the attack has reached people').toBeGreaterThanOrEqual(2)
    for (const victim of victims) expect((await snapshot(victim)).neighbours).toEqual([])

    // Signals are read in their order: who connects now proves that those before were read, and refused.
    const attacked = new Set(tracker.members)
    tracker.relay = (signal) => (attacked.has(signal.from) && attacked.has(signal.to) ? [] : [signal])
    const newcomer = await context.newPage()
    await openLink(newcomer, link)
    await waitForNeighbours(newcomer, 3)
    expect(await acceptedBy(page)).toBe(accepted + 1)
    for (const victim of victims) {
      expect(await acceptedBy(victim)).toBe(1)
      expect((await snapshot(victim)).neighbours).toHaveLength(1)
    }
  })
}

test('whom a tracker keeps apart is told that nobody is there', async ({ page, context, tracker }, testInfo) => {
  const link = await share(page, randomFile(testInfo.outputPath('sent/secret.bin'), CHUNK_BYTES), 'file', tracker.url)
  tracker.relay = (signal) => [{ ...signal, sealed: withOneCharacterChanged(signal.sealed) }]
  const victim = await visit(context, link)
  await expect(victim.getByText('Nobody who has it is online.')).toBeVisible()
  await expect(page.getByText('Waiting for someone to open the link.')).toBeVisible()
})

test('signals of a peer that has gone, played again, call nobody back', async ({
  page,
  context,
  tracker,
}, testInfo) => {
  const link = await share(page, randomFile(testInfo.outputPath('sent/secret.bin'), CHUNK_BYTES), 'file', tracker.url)
  const early = await context.newPage()
  await openLink(early, link)
  await early.close()
  await waitForNeighbours(page, 0)

  const [sender] = tracker.members
  const replayed = tracker.heard.filter(({ to }) => to === sender)
  expect(replayed.length).toBeGreaterThan(1)
  for (const signal of [...replayed, ...replayed.toReversed()]) tracker.deliver(signal)

  await openLink(await context.newPage(), link)
  expect(await acceptedBy(page), 'one for each who was really there').toBe(2)
  expect((await snapshot(page)).neighbours).toHaveLength(1)
})

test('whoever knows the swarm but not the link is not answered', async ({ page, context, tracker }, testInfo) => {
  const link = await share(page, randomFile(testInfo.outputPath('sent/secret.bin'), CHUNK_BYTES), 'file', tracker.url)
  const parsed = parseLinkId(link.slice(link.indexOf('#')))
  if (!parsed.ok) throw new Error(parsed.reason)
  const { swarmId, key } = deriveSwarmKeys(parsed.id)
  await expect.poll(() => tracker.members.length).toBe(1)
  const [sender = ''] = tracker.members
  const outsider = await context.newPage()
  await outsider.goto(tracker.url)
  /** A real browser's offer, as a peer would make it. */
  const offer = await outsider.evaluate(async () => {
    const connection = new RTCPeerConnection()
    connection.createDataChannel('swarmdrop')
    return (await connection.createOffer()).sdp
  })
  const draw = (length: number) => new Uint8Array(randomBytes(length))
  const offerSealedWith = (anyKey: Uint8Array): Signal => {
    const from = tracker.addFakePeer()
    const message = { attempt: drawAttemptId(draw), tab: drawAttemptId(draw), signal: { type: 'offer', sdp: offer } }
    return { swarmId, from, to: sender, sealed: new Sealer(anyKey, from, draw).seal(sender, message) }
  }
  const answersTo = (peer: string) => tracker.heard.filter(({ to }) => to === peer).length

  const forged = offerSealedWith(draw(32))
  tracker.deliver(forged)
  const unsealed = {
    ...forged,
    sealed: Buffer.from(JSON.stringify({ type: 'offer', sdp: offer })).toString('base64url'),
  }
  tracker.deliver(unsealed)
  // With the link's own key the same offer is answered: nothing else is wrong with it.
  const authentic = offerSealedWith(key)
  tracker.deliver(authentic)
  await expect.poll(() => answersTo(authentic.from)).toBeGreaterThan(0)
  expect(answersTo(forged.from)).toBe(0)
  expect(await acceptedBy(page)).toBe(1)
})

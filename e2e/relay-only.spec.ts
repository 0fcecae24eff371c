// Whoever hides their address shows it to nobody in the swarm: connections go through the tracker's relay or not at all. (Where
// the tracker names no relay, there is no switch: one-to-one.spec.ts.)
import type { BrowserContext, Page } from '@playwright/test'
import { randomFile } from '../tooling/files'
import { CHUNK_BYTES } from './support/files'
import { share, snapshot, waitForNeighbours, waitForPhase } from './support/people'
import { test as base, expect } from './support/test'
import { TrackerProcess } from './support/tracker-process'

declare global {
  interface Window {
    /** The policy of each connection that this page has made, and all candidates that it found for them. */
    policies: (string | undefined)[]
    candidates: string[]
  }
}

const test = base.extend<{ tracker: TrackerProcess }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads what a fixture needs from the pattern
  tracker: async ({}, use) => {
    // Nobody listens there: what goes through it goes nowhere.
    const settings = { TURN_URIS: 'turn:127.0.0.1:9?transport=udp', TURN_STATIC_AUTH_SECRET: 'secret' }
    const tracker = await TrackerProcess.onFreePort(settings)
    await use(tracker)
    await tracker.kill()
  },
  context: async ({ tracker: _, context }, use) => {
    await use(context)
    await context.close()
  },
})

async function watchConnections(context: BrowserContext): Promise<void> {
  await context.addInitScript(() => {
    window.policies = []
    window.candidates = []
    window.RTCPeerConnection = new Proxy(RTCPeerConnection, {
      construct(target, [configuration]: [RTCConfiguration]) {
        window.policies.push(configuration.iceTransportPolicy)
        const connection = new target(configuration)
        connection.addEventListener('icecandidate', ({ candidate }) => {
          if (candidate?.candidate) window.candidates.push(candidate.candidate)
        })
        return connection
      },
    })
  })
}

const relaySwitch = (page: Page) => page.getByTestId('relay-only')

test('the switch hides the address at once, over a reload and until it is switched off', async ({
  page,
  newPerson,
  tracker,
}, testInfo) => {
  const link = await share(page, randomFile(testInfo.outputPath('sent/a.bin'), CHUNK_BYTES), 'file', tracker.url)
  const person = await newPerson()
  await watchConnections(person)
  const receiver = await person.newPage()
  await receiver.goto(link)
  await waitForPhase(receiver, 'ready')
  expect((await snapshot(receiver)).relay).toBe('available')
  expect(await receiver.evaluate(() => window.candidates.length)).toBeGreaterThan(0)

  const made = await receiver.evaluate(() => window.policies.length)
  await receiver.evaluate(() => {
    window.candidates = []
  })
  await relaySwitch(receiver).check()
  await waitForNeighbours(receiver, 0)
  await expect.poll(() => receiver.evaluate(() => window.policies.length)).toBeGreaterThan(made)
  expect(new Set((await receiver.evaluate(() => window.policies)).slice(made))).toEqual(new Set(['relay']))

  await receiver.reload()
  await expect(relaySwitch(receiver)).toBeChecked()
  await expect.poll(() => receiver.evaluate(() => window.policies)).toContain('relay')
  expect(await receiver.evaluate(() => window.policies)).not.toContain('all')
  expect(await receiver.evaluate(() => window.candidates)).toEqual([])

  await relaySwitch(receiver).uncheck()
  await waitForPhase(receiver, 'ready')
  expect((await snapshot(receiver)).neighbours).toHaveLength(1)
})

// Anyone who hides their address shows it to nobody in the swarm: connections go through the TURN server that the
// tracker names, or where it names none, through the tracker's own; or not at all.
import type { BrowserContext, Page } from '@playwright/test'
import { randomFile } from '../tooling/files'
import { TrackerProcess } from '../tooling/tracker-process'
import { CHUNK_BYTES } from './support/files'
import {
  expectSaved,
  lookInside,
  share,
  snapshot,
  startDownload,
  waitForNeighbours,
  waitForPhase,
} from './support/people'
import { test as base, expect } from './support/test'

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
    const settings = {
      TURN_URIS: 'turn:127.0.0.1:9?transport=udp',
      TURN_STATIC_AUTH_SECRET: 'secret',
      RELAY_BYTES_PER_SECOND: '0',
    }
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
      construct(target, [configuration]: [RTCConfiguration], derived) {
        window.policies.push(configuration.iceTransportPolicy)
        const connection: RTCPeerConnection = Reflect.construct(target, [configuration], derived)
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

test('where no TURN server is named it all goes through this one, sealed, and the page says so', async ({
  page,
  newPerson,
  baseURL,
}, testInfo) => {
  const path = randomFile(testInfo.outputPath('sent/a.bin'), 3 * CHUNK_BYTES)
  const link = await share(page, path, 'file', baseURL ?? '')
  const person = await newPerson()
  await watchConnections(person)
  const receiver = await person.newPage()
  await receiver.goto(link)
  await waitForPhase(receiver, 'ready')
  const made = await receiver.evaluate(() => window.policies.length)
  await relaySwitch(receiver).check()
  await expect(receiver.getByText('Through the server, encrypted: your address stays hidden.')).toBeVisible()
  await startDownload(receiver)
  await waitForPhase(receiver, 'complete')
  expect(await receiver.evaluate(() => window.policies.length)).toBe(made)
  for (const tab of [page, receiver]) expect((await snapshot(tab)).neighbours.map(({ way }) => way)).toEqual(['server'])
  await lookInside(page)
  await expect(
    page
      .getByText('Getting it from you. Through the server, encrypted')
      .or(page.getByText('Has everything. Through the server, encrypted')),
  ).toBeVisible()
  await expectSaved(receiver, path)
})

test('somebody is there and no way leads there: both pages say so, with what to try', async ({
  page,
  newPerson,
  tracker,
}, testInfo) => {
  const link = await share(page, randomFile(testInfo.outputPath('sent/a.bin'), CHUNK_BYTES), 'file', tracker.url)
  await relaySwitch(page).check()
  const receiver = await (await newPerson()).newPage()
  await receiver.goto(link)
  for (const tab of [page, receiver]) {
    await expect(tab.getByTestId('connection-problem')).toContainText(/^Somebody is there, but/, { timeout: 10_000 })
    expect((await snapshot(tab)).connectionProblem).toMatch(/^Somebody is there, but/)
    expect((await snapshot(tab)).swarmSize).toBe(2)
  }
  await expect(receiver.getByText('Nobody who has it')).toHaveCount(0)
})

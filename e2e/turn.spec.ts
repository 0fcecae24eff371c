// A real TURN server (coturn), by a shared secret and by a user's password, over UDP and TCP: who hides their address
// shares and fetches through it, and hears when it refuses or is not there.
import { mergeTests, type Page } from '@playwright/test'
import { randomFile } from '../tooling/files'
import { coturn } from '../tooling/network-tools.mjs'
import { TrackerProcess } from '../tooling/tracker-process'
import { openCoturn } from './support/coturn'
import { CHUNK_BYTES } from './support/files'
import { expect, test as withFirefox } from './support/firefox'
import { test as withLan } from './support/lan'
import { expectSaved, share, startDownload, waitForPhase } from './support/people'

type Tracker = (settings: Record<string, string>) => Promise<TrackerProcess>

const test = mergeTests(withFirefox, withLan).extend<{
  address: string
  openTurn: (flags: string[]) => ReturnType<typeof openCoturn>
  openTracker: Tracker
}>({
  address: async ({ lan }, use, testInfo) => {
    testInfo.skip(coturn('turnserver') === undefined, 'There is no coturn on this machine.')
    await use(new URL(lan).hostname)
  },
  openTurn: async ({ address }, use) => {
    const opened: { close(): Promise<void> }[] = []
    await use(async (flags) => {
      const server = await openCoturn(address, flags)
      opened.push(server)
      return server
    })
    for (const server of opened) await server.close()
  },
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads what a fixture needs from the pattern
  openTracker: async ({}, use) => {
    const opened: TrackerProcess[] = []
    await use(async (settings) => {
      const tracker = await TrackerProcess.onFreePort(settings)
      opened.push(tracker)
      return tracker
    })
    for (const tracker of opened) await tracker.kill()
  },
  // Pages are closed before their tracker goes.
  context: async ({ openTracker: _, context }, use) => {
    await use(context)
    await context.close()
  },
})

const BY_SECRET = ['use-auth-secret', 'static-auth-secret=north']

const hide = (page: Page) => page.getByTestId('relay-only').check()
const turnHeard = () => window.swarmdrop.snapshot()[0]?.turn
const turnOf = (page: Page) => page.evaluate(turnHeard)

// By a shared secret, a file goes through one in across-homes.spec.ts.
test("a file goes through it by a user's password, over TCP", async ({
  page,
  newPerson,
  openTurn,
  openTracker,
}, testInfo) => {
  const { uri } = await openTurn(['lt-cred-mech', 'user=school:south'])
  const tracker = await openTracker({
    TURN_URIS: `${uri}?transport=tcp`,
    TURN_USERNAME: 'school',
    TURN_PASSWORD: 'south',
  })
  const path = randomFile(testInfo.outputPath('sent/a.bin'), 3 * CHUNK_BYTES)
  const link = await share(page, path, 'file', tracker.url)
  await hide(page)
  const receiver = await (await newPerson()).newPage()
  await receiver.goto(link)
  await hide(receiver)
  await waitForPhase(receiver, 'ready')
  await startDownload(receiver)
  await waitForPhase(receiver, 'complete')
  await expectSaved(receiver, path)
  expect([await turnOf(page), await turnOf(receiver)]).toEqual(['given', 'given'])
})

test('anyone who hides behind it hears that it refuses a wrong secret', async ({
  page,
  newPerson,
  openTurn,
  openTracker,
}, testInfo) => {
  const { uri } = await openTurn(BY_SECRET)
  const tracker = await openTracker({ TURN_URIS: uri, TURN_STATIC_AUTH_SECRET: 'south' })
  const link = await share(page, randomFile(testInfo.outputPath('sent/a.bin'), CHUNK_BYTES), 'file', tracker.url)
  await hide(page)
  const receiver = await (await newPerson()).newPage()
  await receiver.goto(link)
  for (const side of [page, receiver]) await expect.poll(() => turnOf(side), { timeout: 10_000 }).toBe('refused')
})

test('anyone who hides behind it hears that it is not there', async ({
  page,
  newPerson,
  openTurn,
  openTracker,
}, testInfo) => {
  const { uri, close } = await openTurn(BY_SECRET)
  await close()
  const tracker = await openTracker({ TURN_URIS: uri, TURN_STATIC_AUTH_SECRET: 'north' })
  const link = await share(page, randomFile(testInfo.outputPath('sent/a.bin'), CHUNK_BYTES), 'file', tracker.url)
  await hide(page)
  const receiver = await (await newPerson()).newPage()
  await receiver.goto(link)
  for (const side of [page, receiver]) await expect.poll(() => turnOf(side), { timeout: 10_000 }).toBe('unreachable')
})

test('Firefox hears that it refuses a wrong secret', async ({ page, firefox, openTurn, openTracker }, testInfo) => {
  const { uri } = await openTurn(BY_SECRET)
  const tracker = await openTracker({ TURN_URIS: uri, TURN_STATIC_AUTH_SECRET: 'south' })
  const link = await share(page, randomFile(testInfo.outputPath('sent/a.bin'), CHUNK_BYTES), 'file', tracker.url)
  const receiver = await firefox.newTab()
  await receiver.page.goto(link)
  await expect.poll(() => receiver.page.evaluate(turnHeard), { timeout: 10_000 }).toBe('refused')
})

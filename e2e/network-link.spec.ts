// Who opens the page at localhost gets a link that others on the network can open; a switch makes it one for this
// computer only.
import { randomFile } from '../tooling/files'
import { TrackerProcess } from '../tooling/tracker-process'
import { CHUNK_BYTES } from './support/files'
import { openRoom } from './support/lab'
import { expect, test as withLan } from './support/lan'
import { openLink, share, snapshot } from './support/people'

const test = withLan.extend<{ openTracker: (settings: Record<string, string>) => Promise<TrackerProcess> }>({
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

test('a link made at localhost is one for the network, its QR code too, until it is switched to this computer', async ({
  page,
  newPerson,
  lan,
}, testInfo) => {
  const path = randomFile(testInfo.outputPath('sent/handout.bin'), CHUNK_BYTES)
  const link = await share(page, path)
  const field = page.getByTestId('share-link')
  const code = page.getByRole('img', { name: 'QR code of the link' }).locator('path')
  const forNetwork = link.replace(/^http:\/\/localhost:\d+\//, lan)
  expect(link).toMatch(/^http:\/\/localhost:/)
  await expect(field).toHaveValue(forNetwork)
  await expect(field).toBeFocused()
  await expect(
    page.getByText(`The link opens for everyone on your network, at ${new URL(lan).hostname}.`),
  ).toBeVisible()
  const codeForNetwork = await code.getAttribute('d')

  const receiver = await (await newPerson()).newPage()
  await openLink(receiver, forNetwork)
  await expect(receiver.getByTestId('content-name')).toHaveText('handout.bin')
  // A service worker would show the page of a server that was stopped or rebuilt meanwhile.
  expect(await page.evaluate(async () => (await navigator.serviceWorker.getRegistrations()).length)).toBe(0)

  await page.bringToFront()
  const choice = page.getByTestId('network-switch')
  await choice.check()
  await expect(field).toHaveValue(link)
  await expect(choice).toBeFocused()
  expect(await code.getAttribute('d')).not.toBe(codeForNetwork)
  expect((await snapshot(page)).link).toBe(link)
  await choice.uncheck()
  await expect(field).toHaveValue(forNetwork)
  expect((await snapshot(page)).link).toBe(link)
})

test("a room's link is one for the network too", async ({ page, lan }) => {
  const roomCode = await openRoom(page)
  await expect(page.getByTestId('lab-link')).toHaveValue(`${lan}lab#${roomCode}`)
  await page.getByTestId('network-switch').check()
  await expect(page.getByTestId('lab-link')).toHaveValue(new RegExp(`^http://localhost:\\d+/lab#${roomCode}$`))
})

test('where the operator names the page’s address, the link has it', async ({ page, openTracker }, testInfo) => {
  const tracker = await openTracker({ PUBLIC_URL: 'https://drop.example.org' })
  const at = tracker.url.replace('127.0.0.1', 'localhost')
  const link = await share(page, randomFile(testInfo.outputPath('sent/a.bin'), CHUNK_BYTES), 'file', at)
  await expect(page.getByTestId('share-link')).toHaveValue(link.replace(at, 'https://drop.example.org/'))
  await expect(page.getByText('The link opens for everyone, at drop.example.org.')).toBeVisible()
})

test('where the server listens for this computer alone, the page says so', async ({ page, openTracker }, testInfo) => {
  const { url } = await openTracker({ HOST: '127.0.0.1' })
  const link = await share(page, randomFile(testInfo.outputPath('sent/a.bin'), CHUNK_BYTES), 'file', url)
  await expect(page.getByTestId('share-link')).toHaveValue(link)
  await expect(page.getByText('The link opens on this computer only: the server cannot be reached')).toBeVisible()
  await expect(page.getByTestId('network-switch')).toHaveCount(0)
})

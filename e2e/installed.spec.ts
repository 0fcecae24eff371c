// The installed page: it opens without its server, takes what other apps share, and becomes a newer one only when
// nothing is going on.

import { readFileSync } from 'node:fs'
import type { Page } from '@playwright/test'
import { randomFile } from '../tooling/files'
import { testChromium } from '../tooling/test-chromium'
import { CHUNK_BYTES, digestsBelow, sha256 } from './support/files'
import { becomeInstalled, expect, shareFromApp, test } from './support/installed'
import { fetchAll, fetchPart, linkOn, save, setLimit, share, waitForPhase } from './support/people'
import { unzip } from './support/unzip'

// The shell has no service workers.
test.use({ launchOptions: testChromium('whole') })

// The browser says so itself.
test.use({ allowedComplaint: /WebSocket connection to|Failed to load resource: net::ERR_/ })

const buildOf = (page: Page) => page.evaluate(() => document.documentElement.dataset.build)

/** How far one is that is not in charge yet; undefined: there is none. */
const newerIs = (page: Page) =>
  page.evaluate(async () => {
    const { waiting, installing } = (await navigator.serviceWorker.getRegistration()) ?? {}
    return (waiting ?? installing)?.state
  })

/** The browser looks by itself, soon after a page of ours was opened. */
const lookForNewer = (page: Page) =>
  page.evaluate(async () => (await navigator.serviceWorker.getRegistration())?.update())

/**
 * On a busy machine the older one may be stopped, and started again for a request, at the moment when it is told to go.
 * Then it goes when it is stopped the next time: by a browser after half a minute with nothing to do, but not while a
 * debugger, as here, looks on.
 */
async function untilTakenOver(page: Page): Promise<void> {
  const session = await page.context().newCDPSession(page)
  await session.send('ServiceWorker.enable')
  let tries = 0
  await expect(async () => {
    if (tries++ > 0) await session.send('ServiceWorker.stopAllWorkers')
    await expect.poll(() => newerIs(page), { timeout: 5_000 }).toBeUndefined()
  }).toPass({ timeout: 60_000 })
  await session.detach()
}

/** Playwright's pages all believe that they are seen, and nobody sees what a system shows. */
const lookElsewhere = (page: Page) =>
  page.evaluate(() => {
    Object.defineProperty(document, 'visibilityState', { value: 'hidden' })
    const notices: string[] = []
    const show = (Shown: typeof Notification, [title, options]: [string, NotificationOptions?]) => {
      notices.push(title)
      return new Shown(title, options)
    }
    window.Notification = new Proxy(Notification, { construct: (shown, given) => show(shown, given as never) })
    Object.assign(window, { notices })
  })

const noticesOf = (page: Page) => page.evaluate(() => Reflect.get(window, 'notices'))

test('files of another app are shared, and what was fetched opens and is saved without a server', async ({
  site,
}, testInfo) => {
  const path = randomFile(testInfo.outputPath('sent/a.bin'), 2 * CHUNK_BYTES)
  const sender = await (await site.newPerson()).newPage()
  // Without a worker, nothing is taken, and nothing goes to the server.
  await shareFromApp(sender, site.home, [path])
  await expect(sender.getByRole('alert').getByText('did not arrive')).toBeVisible()
  await becomeInstalled(sender, site.home)
  await shareFromApp(sender, site.home, [path])
  const link = await linkOn(sender)
  expect(link.startsWith(`${site.home}#`)).toBe(true)
  expect(sender.url()).toBe(site.home)

  const receiver = await (await site.newPerson()).newPage()
  // Of a link alone, the page is installed once all of it is here.
  await fetchAll(receiver, link)
  await receiver.evaluate(() => navigator.serviceWorker.ready)
  await site.stop()
  await receiver.goto(site.home)
  await receiver.getByTestId('recent-transfer').getByRole('link', { name: 'Open' }).click()
  await waitForPhase(receiver, 'complete')
  expect((await save(receiver)).digest).toBe(sha256(readFileSync(path)))

  await shareFromApp(receiver, site.home, [], `Look: ${link}`)
  await waitForPhase(receiver, 'complete')
  await shareFromApp(receiver, site.home, [], 'Milk, bread')
  await expect(receiver.getByTestId('note')).toHaveValue('Milk, bread')
})

test('of two installed pages, one finds a newer build in the middle of a transfer, and waits with it until it has told of its end', async ({
  site,
}, testInfo) => {
  const paths = ['a', 'b'].map((name) => randomFile(testInfo.outputPath(`sent/${name}.bin`), 12 * CHUNK_BYTES))
  const sender = await (await site.newPerson()).newPage()
  await becomeInstalled(sender, site.home)
  const link = await share(sender, paths, 'file', site.home)

  const receivers = await site.newPerson()
  await receivers.grantPermissions(['notifications'])
  const [receiver, beside] = [await receivers.newPage(), await receivers.newPage()]
  await becomeInstalled(beside, site.home)
  await fetchPart(receiver, link, 1_000, 4)
  // However long the rest takes, it stays about there.
  await setLimit(receiver, 'download', '50')
  await site.deployNewer()
  await lookForNewer(receiver)
  await expect.poll(() => newerIs(receiver)).toBe('installed')

  // Another tab, with nothing to do, offers the newer build its place, and it is not taken.
  await beside.goto(site.home)
  expect(await buildOf(beside)).toBeUndefined()
  await receiver.bringToFront()
  await receiver.getByTestId('tell-when-done').check()
  await lookElsewhere(receiver)
  await setLimit(receiver, 'download', '')
  await waitForPhase(receiver, 'complete')
  await expect.poll(() => noticesOf(receiver)).toEqual(['Your download is complete'])
  expect(await newerIs(receiver)).toBe('installed')
  // What makes a ZIP is loaded only now, and the server has it no longer.
  const { path } = await save(receiver)
  unzip(path, testInfo.outputPath('unpacked'))
  expect(digestsBelow(testInfo.outputPath('unpacked'))).toEqual(digestsBelow(testInfo.outputPath('sent')))

  await beside.close()
  for (const idle of [receiver, sender]) {
    await idle.goto(site.home)
    await lookForNewer(idle)
    await untilTakenOver(idle)
    await idle.reload()
    expect(await buildOf(idle)).toBe('newer')
  }
})

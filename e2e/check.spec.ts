// The connection check in real Chromium: everything works on localhost, the tracker is down, WebRTC is missing. Nothing
// moves while it runs, and the report tells no whole address.
import type { Page } from '@playwright/test'
import { testChromium } from '../tooling/test-chromium'
import { TrackerProcess } from '../tooling/tracker-process'
import { expectNoObjection } from './support/look'
import { expect, test as plain } from './support/test'

const test = plain.extend<{ tracker: TrackerProcess }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads what a fixture needs from the pattern
  tracker: async ({}, use) => {
    const tracker = await TrackerProcess.onFreePort()
    await use(tracker)
    await tracker.kill()
  },
})

// The shell’s clipboard does not take what a page copies.
test.use({ launchOptions: testChromium('whole') })

/** Within the time that the check has, and what a busy machine adds. */
const untilDone = (page: Page) =>
  expect(page.getByTestId('check')).toHaveAttribute('data-phase', 'done', { timeout: 20_000 })

const line = (page: Page, id: string) => page.locator(`[data-testid=check-line][data-line=${id}]`)

/** "good server": of each line. */
const tones = (page: Page) =>
  page
    .getByTestId('check-line')
    .evaluateAll((lines) =>
      lines.map((one) => `${(one as HTMLElement).dataset.line} ${(one as HTMLElement).dataset.tone}`),
    )

const heights = (page: Page) =>
  page.evaluate(() =>
    [
      ...document.querySelectorAll('[data-testid=check-line], [data-testid=check-verdict], [data-testid=check] button'),
    ].map((part) => {
      const { top, height, width } = part.getBoundingClientRect()
      return [top, height, width].map(Math.round).join(' ')
    }),
  )

test('on localhost all works; the report is copied, and the check is repeated by keyboard', async ({
  page,
  context,
}) => {
  await page.goto('/')
  await page.getByRole('link', { name: 'Connection check' }).click()
  await untilDone(page)
  await expect(page.getByRole('heading', { name: 'Files will reach you directly' })).toBeVisible()
  await expect(page.getByTestId('check-verdict')).toHaveAttribute('data-tone', 'good')
  const found = await tones(page)
  expect(found).toEqual(
    expect.arrayContaining(
      ['webrtc', 'server', 'own', 'direct', 'storage', 'secure', 'clock'].map((id) => `${id} good`),
    ),
  )
  expect(found.filter((tone) => /running|bad|weak/.test(tone))).toEqual([])
  await expect(line(page, 'server')).toContainText('Reached by WebSocket')
  await expect(line(page, 'turn')).toContainText('Not there, which is fine')
  await expect(
    page.getByRole('status').filter({ hasText: 'Check done. Files will reach you directly.' }),
  ).toBeAttached()

  await page.getByTestId('check-copy').click()
  await expect(page.getByTestId('check-copy')).toHaveText('Copied')
  const paste = await context.newPage()
  await paste.goto('data:text/html,<textarea></textarea>')
  await paste.getByRole('textbox').press('ControlOrMeta+v')
  const report = await paste.getByRole('textbox').inputValue()
  await page.bringToFront()
  expect(report).toBe(await page.getByTestId('check-report').textContent())
  expect(report).toContain('Files will reach you directly.')
  expect(report).toContain('+ Server: Works. Reached by WebSocket')

  await page.getByTestId('check-again').focus()
  // It may be over before anybody looks.
  const check = page.getByTestId('check')
  await check.evaluate((element) => {
    const mark = () => element.getAttribute('data-phase') === 'running' && element.setAttribute('data-has-run', '')
    new MutationObserver(mark).observe(element, { attributeFilter: ['data-phase'] })
  })
  await page.keyboard.press('Enter')
  await expect(check).toHaveAttribute('data-has-run')
  await untilDone(page)
  await expect(page.getByTestId('check-again')).toBeFocused()
})

test.describe('with the tracker away', () => {
  test.use({ allowedComplaint: /ERR_CONNECTION_REFUSED/ })

  test('it says so within its time, in every look, and nothing has moved', async ({ page, tracker }) => {
    for (const width of [1280, 320]) {
      await page.setViewportSize({ width, height: 800 })
      await page.goto(`${tracker.url}check`)
      await untilDone(page)
      await tracker.kill()
      // What is refused at once would be over before anybody has looked.
      let goOn = () => {}
      const looked = new Promise<void>((resolve) => {
        goOn = resolve
      })
      await page.route('**/healthz', (route) => looked.then(() => route.continue()))
      await page.getByTestId('check-again').click()
      await expect(line(page, 'server')).toHaveAttribute('data-tone', 'running')
      const before = await heights(page)
      goOn()
      await untilDone(page)
      expect(await heights(page)).toEqual(before)
      await expect(page.getByRole('heading', { name: 'Nobody can find you from here' })).toBeVisible()
      await expect(line(page, 'server')).toContainText('It does not answer.')
      await expect(line(page, 'public')).toContainText('It needs the server.')
      await expect(line(page, 'direct')).toHaveAttribute('data-tone', 'good')
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width)
      await expectNoObjection(page, 'the tracker away')
      await page.unrouteAll({ behavior: 'ignoreErrors' })
      await tracker.start()
    }
  })
})

test('without WebRTC it says what to do, and that the server is there all the same', async ({ page }) => {
  await page.addInitScript(() => Reflect.deleteProperty(window, 'RTCPeerConnection'))
  await page.goto('/check')
  await untilDone(page)
  await expect(page.getByRole('heading', { name: 'This browser cannot send or receive' })).toBeVisible()
  await expect(page.getByTestId('check-verdict')).toContainText(
    'Open the page in a current Chrome, Edge, Firefox or Safari.',
  )
  await expect(line(page, 'server')).toHaveAttribute('data-tone', 'good')
  await expect(line(page, 'direct')).toContainText('It needs WebRTC.')
})

test.describe('where something blocks WebSockets', () => {
  test.use({ allowedComplaint: /the server responded with a status of 403/ })

  test('it goes by polling and says so; and where that is refused too, with what', async ({ page }) => {
    await page.addInitScript(() => {
      window.WebSocket = new Proxy(WebSocket, {
        construct: () => {
          throw new Error('blocked')
        },
      })
    })
    await page.goto('/check')
    await untilDone(page)
    const server = line(page, 'server')
    await expect(server).toContainText('WebSockets are blocked here; by HTTP polling an answer takes')
    await expect(server).toHaveAttribute('data-tone', 'weak')
    await expect(page.getByTestId('check-verdict')).toContainText('WebSockets are blocked, so connecting takes longer.')
    await expect(line(page, 'through-server')).toHaveAttribute('data-tone', 'good')

    await page.route('**/socket.io/**', (route) => route.fulfill({ status: 403 }))
    await page.getByTestId('check-again').click()
    await untilDone(page)
    await expect(server).toContainText('WebSockets are blocked here, and it refuses HTTP polling (403).')
    await expect(page.getByRole('heading', { name: 'Nobody can find you from here' })).toBeVisible()
  })
})

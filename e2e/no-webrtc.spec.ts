// A browser without WebRTC is told so, on both pages.
import { notice } from './support/people'
import { expect, test } from './support/test'

test('without WebRTC home and link page say what is missing, and what to do', async ({ page }) => {
  await page.addInitScript(() => Reflect.deleteProperty(window, 'RTCPeerConnection'))
  for (const address of ['/', `/#${'A'.repeat(43)}`]) {
    await page.goto(address)
    await expect(notice(page)).toContainText('This browser cannot connect to others')
    await expect(notice(page)).toContainText('Open the page in a current Chrome, Edge, Firefox or Safari.')
  }
})
